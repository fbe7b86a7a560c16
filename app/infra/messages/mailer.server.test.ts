import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailer } from './mailer.server.ts';
import type { Mailer, OutgoingMail } from './mailer.server.ts';

const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const mail: OutgoingMail = {
  to: 'ada@example.com',
  fromName: 'Moss & Fern',
  replyTo: 'help@moss.example.com',
  subject: 'How was it?',
  html: '<p>Grüße</p>',
  text: 'Grüße',
  actionId: '0198a000-0000-7000-8000-000000000001',
  date: new Date('2026-03-06T09:00:00Z'),
};

function mailerFor(port: number): Mailer {
  const mailer = createMailer({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    mailFrom: 'care@shop.example.com',
  });
  cleanups.push(() => mailer.close());
  return mailer;
}

async function smtpServer(
  options: SMTPServerOptions = {},
): Promise<{ mailer: Mailer; inbox: Email[]; sessions: () => number }> {
  const inbox: Email[] = [];
  let sessions = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onConnect: (_session, done) => {
      sessions += 1;
      done();
    },
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((email) => {
          inbox.push(email);
          done();
        });
      });
    },
    ...options,
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  cleanups.push(() => new Promise<void>((closed) => server.close(closed)));
  return {
    mailer: mailerFor((server.server.address() as AddressInfo).port),
    inbox,
    sessions: () => sessions,
  };
}

/** A server that speaks just enough SMTP and breaks the line at the given command. */
async function breakingServer(breakAt: 'greeting' | 'MAIL' | 'DATA' | 'body'): Promise<Mailer> {
  const server: Server = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    if (breakAt === 'greeting') return void socket.destroy();
    socket.write('220 test\r\n');
    let inBody = false;
    socket.on('data', (data) => {
      const line = data.toString();
      if (inBody) {
        if (line.endsWith('\r\n.\r\n')) socket.destroy();
        return;
      }
      const verb = line.slice(0, 4).trim().toUpperCase();
      if (verb === breakAt) return void socket.destroy();
      if (verb === 'DATA') inBody = true;
      socket.write(verb === 'DATA' ? '354 go on\r\n' : '250 fine\r\n');
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  cleanups.push(() => new Promise<void>((closed) => void server.close(() => closed())));
  return mailerFor((server.address() as AddressInfo).port);
}

const refusal = (responseCode: number) =>
  Object.assign(new Error('mailbox of ada@example.com'), { responseCode });

describe('createMailer', () => {
  it('sends both parts with an id derived from the action', async () => {
    const { mailer, inbox } = await smtpServer();
    const outcome = await mailer.send(mail);
    expect(outcome).toEqual({ kind: 'sent', messageId: `<${mail.actionId}@shop.example.com>` });
    expect(inbox[0]).toMatchObject({
      messageId: `<${mail.actionId}@shop.example.com>`,
      subject: 'How was it?',
      from: { name: 'Moss & Fern', address: 'care@shop.example.com' },
      replyTo: [{ address: 'help@moss.example.com' }],
    });
    expect(inbox[0]?.text?.trim()).toBe('Grüße');
    expect(inbox[0]?.html?.trim()).toBe('<p>Grüße</p>');
    const headers = new Map(inbox[0]?.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('x-aftercare-action-id')).toBe(mail.actionId);
    expect(headers.has('list-unsubscribe')).toBe(false);
  });

  it('offers one-click unsubscribing where an address for it is given', async () => {
    const { mailer, inbox } = await smtpServer();
    await mailer.send({
      ...mail,
      unsubscribeUrl: 'https://app.example.com/u/a/b',
      listId: 'surveys.a.app.example.com',
    });
    const headers = new Map(inbox[0]?.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('list-unsubscribe')).toBe('<https://app.example.com/u/a/b>');
    expect(headers.get('list-id')).toBe('<surveys.a.app.example.com>');
    expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  });

  it('keeps connections: 12 messages at once use at most 4', async () => {
    const { mailer, inbox, sessions } = await smtpServer();
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, index) => mailer.send({ ...mail, actionId: `action-${index}` })),
    );
    expect(outcomes.every((outcome) => outcome.kind === 'sent')).toBe(true);
    expect(inbox).toHaveLength(12);
    expect(sessions()).toBeLessThanOrEqual(4);
  });

  it('lets nobody add a header or a recipient', async () => {
    const { mailer, inbox } = await smtpServer();
    const injected = 'Hi\r\nBcc: eve@example.com\r\n\r\nbody';
    await mailer.send({
      ...mail,
      subject: injected,
      fromName: injected,
      replyTo: 'a@example.com\r\nBcc: eve@example.com',
      unsubscribeUrl: 'https://app.example.com/u/a>\r\nBcc: eve@example.com',
    });
    expect(inbox[0]).toMatchObject({
      subject: 'Hi Bcc: eve@example.com body',
      to: [{ address: 'ada@example.com' }],
    });
    expect(inbox[0]?.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(inbox[0]?.replyTo).toBeUndefined();
    for (const to of [
      'ada@example.com, eve@example.com',
      'ada@example.com\nBcc: e@example.com',
      '<a@b.c>',
      '',
      'ada',
    ]) {
      expect(await mailer.send({ ...mail, to })).toMatchObject({ kind: 'rejected' });
    }
    expect(inbox).toHaveLength(1);
  });

  it.each([
    ['an unknown recipient', 550, 'rejected'],
    ['a full mailbox or greylisting', 451, 'not_sent'],
  ])('%s (%i) is %s, and the reason names no address', async (_name, code, kind) => {
    const { mailer } = await smtpServer({ onRcptTo: (_address, _session, done) => done(refusal(code)) });
    const outcome = await mailer.send(mail);
    expect(outcome).toEqual({ kind, reason: expect.stringContaining(String(code)) });
    expect(JSON.stringify(outcome)).not.toContain('ada@');
  });

  it.each([
    [554, 'rejected'],
    [452, 'not_sent'],
  ])('a refusal of the body with %i is %s', async (code, kind) => {
    const onData: SMTPServerOptions['onData'] = (stream, _session, done) => {
      stream.resume();
      stream.on('end', () => done(refusal(code)));
    };
    const { mailer } = await smtpServer({ onData });
    expect(await mailer.send(mail)).toMatchObject({ kind });
  });

  it.each([
    ['greeting', 'not_sent'],
    ['MAIL', 'not_sent'],
    ['DATA', 'not_sent'],
    ['body', 'unknown'],
  ] as const)('a connection lost at %s is %s', async (breakAt, kind) => {
    expect(await (await breakingServer(breakAt)).send(mail)).toMatchObject({ kind });
  });

  it('nobody listening is not_sent', async () => {
    const free = createServer();
    await new Promise<void>((ready) => free.listen(0, '127.0.0.1', ready));
    const { port } = free.address() as AddressInfo;
    await new Promise<void>((closed) => void free.close(() => closed()));
    expect(await mailerFor(port).send(mail)).toMatchObject({ kind: 'not_sent' });
  });
});
