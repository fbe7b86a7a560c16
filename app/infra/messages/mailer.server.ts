import nodemailer from 'nodemailer';
import type { Readable } from 'node:stream';
import type { Config } from '../env.server.ts';
import { isMailAddress } from './mail-address.ts';

/** One message to one person. `subject` and `fromName` are plain text, `actionId` the action that sends it. */
export interface OutgoingMail {
  to: string;
  /** Shown as the sender's name; the address is always the configured one. */
  fromName: string;
  replyTo?: string | null;
  subject: string;
  html: string;
  text: string;
  actionId: string;
  /** Business time. */
  date: Date;
  /** Given for surveys and marketing: adds List-Unsubscribe and one-click (RFC 8058). */
  unsubscribeUrl?: string;
  /** Which kind of mail of which shop, like a domain name (RFC 2919): mail clients and providers sort by it. */
  listId?: string;
}

/**
 * What became of a message. `not_sent` is certain not to have been accepted and may be
 * tried again; `rejected` is final; `unknown` may have arrived and is never resent by itself.
 */
export type MailOutcome =
  | { kind: 'sent'; messageId: string }
  | { kind: 'rejected'; reason: string }
  | { kind: 'not_sent'; reason: string }
  | { kind: 'unknown'; reason: string };

export interface Mailer {
  send(mail: OutgoingMail): Promise<MailOutcome>;
  /** Ends the pooled connections; messages in flight are finished. */
  close(): void;
}

/**
 * SMTP with up to 4 kept connections. The pool's own re-sending is off: a message goes
 * on the wire at most once per call, and the caller decides by the outcome.
 */
export function createMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom'>): Mailer {
  const sender = config.mailFrom;
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  const transport = nodemailer.createTransport({
    url: config.smtpUrl,
    pool: true,
    maxConnections: 4,
    maxMessages: 1_000,
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  // Which messages the server was given any byte of: what tells "not sent" from "may have arrived".
  const bodies = new Map<string, Readable>();
  transport.use('stream', (mail, done) => {
    const create = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = (options) => {
      const body = create(options);
      bodies.set(String(mail.data.messageId), body);
      return body;
    };
    done();
  });

  return {
    async send(mail) {
      if (!isMailAddress(mail.to))
        return { kind: 'rejected', reason: 'The customer has no usable e-mail address.' };
      const messageId = `<${mail.actionId}@${domain}>`;
      try {
        await transport.sendMail({
          from: { name: oneLine(mail.fromName), address: sender },
          to: { name: '', address: mail.to },
          replyTo:
            mail.replyTo && isMailAddress(mail.replyTo) ? { name: '', address: mail.replyTo } : undefined,
          subject: oneLine(mail.subject),
          html: mail.html,
          text: mail.text,
          messageId,
          date: mail.date,
          headers: {
            'X-Aftercare-Action-Id': oneLine(mail.actionId),
            ...listHeaders(mail),
          },
        });
        return { kind: 'sent', messageId };
      } catch (error) {
        return failedOutcome(error, bodies.get(messageId)?.readableDidRead ?? false);
      } finally {
        bodies.delete(messageId);
      }
    },
    close: () => transport.close(),
  };
}

/**
 * Reasons name the code of the failure only: a server's reply may repeat the recipient's
 * address, which must not reach logs or rows.
 */
function failedOutcome(error: unknown, bodyStarted: boolean): MailOutcome {
  const { code = 'unknown error', responseCode } = (error ?? {}) as { code?: string; responseCode?: number };
  const aboutMessage = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (aboutMessage && (responseCode === undefined || responseCode >= 500)) {
    return { kind: 'rejected', reason: `The mail server refused the message (${responseCode ?? code}).` };
  }
  if (responseCode !== undefined) {
    return { kind: 'not_sent', reason: `The mail server did not take the message now (${responseCode}).` };
  }
  if (bodyStarted) {
    return { kind: 'unknown', reason: `The connection broke while the message was handed over (${code}).` };
  }
  return { kind: 'not_sent', reason: `The mail server could not be reached (${code}).` };
}

function listHeaders({ unsubscribeUrl: url, listId }: OutgoingMail): Record<string, string> {
  if (!url) return {};
  // URL.href has every space, quote and angle bracket encoded.
  return {
    'List-Unsubscribe': `<${new URL(url).href}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    ...(listId && { 'List-ID': `<${listId}>` }),
  };
}

/** Header text on one line: control characters become spaces. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 250);
}
