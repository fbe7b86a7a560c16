import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodemailer, { type Transporter } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestStore, type RunningStore } from '../testing.ts';
import { Mailbox } from './mailbox.ts';

// Whole servers start here: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let store: RunningStore;
let transport: Transporter;
beforeAll(async () => {
  store = await startTestStore();
  transport = nodemailer.createTransport({ host: '127.0.0.1', port: store.smtpPort, ignoreTLS: true });
});
afterAll(async () => {
  transport.close();
  await store.devStore.close();
});

const send = (actionId: string, to: string, subject: string) =>
  transport.sendMail({
    from: '"Bäckerei" <care@shop.example>',
    to,
    subject,
    text: 'Rate us: https://app.example/s/abc?x=1&y=2',
    html: '<a href="https://app.example/s/abc?x=1&amp;y=2">Rate</a> <a href="https://app.example/stop">Stop</a>',
    headers: { 'X-Aftercare-Action-Id': actionId },
  });
interface ListedMail {
  id: number;
  to: string;
  from: string;
  subject: string;
  links: string[];
}
const list = async (query = '') =>
  (await (await fetch(`${store.url}/mailbox.json${query}`)).json()) as ListedMail[];

describe('mailbox', () => {
  it('lists what arrived by SMTP, with its links, by recipient and since an id', async () => {
    await send('a1', 'Ada@Example.com', 'Wie war’s? 🎁');
    await send('a2', 'bob@example.com', 'Second');
    const [mail] = await list('?to=ada@example.com');
    expect(mail).toMatchObject({
      to: 'ada@example.com',
      from: expect.stringContaining('Bäckerei'),
      subject: 'Wie war’s? 🎁',
      links: ['https://app.example/s/abc?x=1&y=2', 'https://app.example/stop'],
    });
    expect((await list()).map((one) => one.subject)).toEqual(['Second', 'Wie war’s? 🎁']);
    expect((await list(`?since=${mail?.id}`)).map((one) => one.subject)).toEqual(['Second']);
    expect(await list('?since=2999-01-01T00:00:00Z')).toEqual([]);
  });

  it('tells copies of one action from distinct mails', async () => {
    const count = async () =>
      (await (await fetch(`${store.url}/mailbox/stats`)).json()) as {
        received: number;
        distinctActions: number;
      };
    const before = await count();
    await send('b1', 'carl@example.com', 'Once');
    await send('b1', 'carl@example.com', 'Once');
    const after = await count();
    expect(after.received - before.received).toBe(2);
    expect(after.distinctActions - before.distinctActions).toBe(1);
  });

  it('shows a mail without letting its HTML run, and says when there is none', async () => {
    const [mail] = await list('?to=ada@example.com');
    const page = await (await fetch(`${store.url}/mailbox/${mail?.id}`)).text();
    expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
    expect(page).toContain('Rate us: https://app.example/s/abc?x=1&#38;y=2');
    const body = await fetch(`${store.url}/mailbox/${mail?.id}/body`);
    expect(body.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await fetch(`${store.url}/mailbox/99999`)).status).toBe(404);
  });

  it('refuses as many mails as it was told', async () => {
    await store.post('/control/mail', { refuseNext: 1 });
    await expect(send('c1', 'dora@example.com', 'Later')).rejects.toMatchObject({ responseCode: 451 });
    await send('c1', 'dora@example.com', 'Later');
    expect(await list('?to=dora@example.com')).toHaveLength(1);
  });
});

describe('the spool', () => {
  const source = (n: number) =>
    Buffer.from(`Subject: mail ${n}\r\nMessage-ID: <${n}@x>\r\n\r\nBody ${n}\r\n`);

  it('keeps mails over a restart and goes on numbering', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dev-store-test-'));
    try {
      const first = new Mailbox(folder);
      first.add(source(1), ['a@x']);
      first.add(source(2), ['b@x']);
      await first.close();
      const second = new Mailbox(folder);
      expect(second.add(source(3), ['a@x']).id).toBe(3);
      const mails = second.list({ to: 'a@x' }, 10);
      expect(mails.map((mail) => second.source(mail).toString())).toEqual([
        source(3).toString(),
        source(1).toString(),
      ]);
      await second.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('forgets the oldest above its cap, but still counts them', async () => {
    const mailbox = new Mailbox(null, 2);
    for (const n of [1, 2, 3]) mailbox.add(source(n), ['a@x']);
    expect(mailbox.list({}, 10).map((mail) => mail.subject)).toEqual(['mail 3', 'mail 2']);
    expect(mailbox.stats()).toMatchObject({ received: 3, distinctActions: 3 });
    await mailbox.close();
  });
});
