import type { Server } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Mailbox } from './mailbox.ts';

const MAX_MAIL_BYTES = 10_000_000;

/** An SMTP server without authentication that puts every mail into the mailbox. */
export class MailReceiver {
  readonly #server: SMTPServer;
  #refusals = 0;

  constructor(mailbox: Mailbox) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: MAX_MAIL_BYTES,
      rejectOversized: true,
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('error', callback);
        stream.on('end', () => {
          if (this.#refusals > 0) {
            this.#refusals -= 1;
            callback(
              Object.assign(new Error('The mailbox was told to refuse this mail for now.'), {
                responseCode: 451,
              }),
            );
            return;
          }
          if (stream.sizeExceeded) return callback(null);
          const recipients = session.envelope.rcptTo.map((recipient) => recipient.address);
          const entry = mailbox.add(Buffer.concat(chunks), recipients);
          callback(null, `Stored as ${entry.id}`);
        });
      },
    });
    // A client that hangs up in the middle is its own business.
    this.#server.on('error', () => undefined);
  }

  /** The next `count` mails are refused with 451, as by a provider in trouble. */
  refuseNext(count: number): void {
    this.#refusals = count;
  }

  /** @throws the listen error (EADDRINUSE, EACCES), for the caller to turn into a sentence. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const server: Server = this.#server.server;
      server.once('error', reject);
      this.#server.listen(port, host, () => {
        server.off('error', reject);
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
