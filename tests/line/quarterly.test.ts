import { beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '#app/domain/core/calendar.ts';
import { refundPayload } from '#tests/factories/shopify-payloads.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { at, order, ORDER_ID } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answer, arrived, hear, invitationsOf } from './scenes.ts';
import { buttonOf, get } from './survey-mails.ts';

const database = useTestDatabase();

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

describe('the quarterly question', () => {
  const relationship = () => invitationsOf(line, 'relationship');
  beforeEach(async () => {
    await hear(line, { topic: 'orders/paid', payload: order() });
    await line.playTo(at('2026-04-17T00:00:00'));
    expect(line.mails.map((mail) => mail.at)).toEqual([at('2026-04-16T08:00:00')]);
  });

  it('comes again after 90 days, and stops after two without an answer', async () => {
    await line.playTo(at('2026-07-20T00:00:00'));
    expect(line.mails.map((mail) => mail.at)).toEqual([at('2026-04-16T08:00:00'), at('2026-07-15T08:00:00')]);
    await line.playTo(at('2026-12-31T00:00:00'));
    expect(line.mails).toHaveLength(2);
    expect(await relationship()).toMatchObject([
      { status: 'sent' },
      { status: 'sent' },
      { status: 'suppressed', reason: 'silent' },
    ]);
  });

  it('speaks the language of the order that it began with, as its page does, and names no order', async () => {
    await line.rows(`UPDATE orders SET locale = 'de' RETURNING order_id`);
    await line.rows(`UPDATE customer SET locale = 'fr' RETURNING id`);
    await line.playTo(at('2026-07-20T00:00:00'));
    const mail = line.mails.at(-1)!;
    expect(mail.subject).toBe('Was halten Sie von Line Test?');
    expect(mail.text).toContain('Seit Ihrer letzten Bestellung ist etwas Zeit vergangen.');
    expect(await get(line, buttonOf(mail))).toMatchObject({ outcome: 'open', view: { locale: 'de' } });
  });

  it('goes on when the order that it began with is refunded', async () => {
    await answer(line, { rating: 8 });
    await hear(line, arrived(5_000, at('2026-04-12T10:00:00')), {
      topic: 'refunds/create',
      payload: refundPayload({
        id: '790',
        orderId: ORDER_ID,
        createdAt: at('2026-04-20T09:00:00'),
        lines: [],
        amountMinor: 13_630,
      }),
    });
    await line.playTo(at('2026-07-20T00:00:00'));
    expect((await relationship()).filter((row) => row['order_id'] === ORDER_ID)).toMatchObject([
      { status: 'sent' },
      { status: 'sent' },
      { status: 'scheduled' },
    ]);
  });

  it('waits for the merchant’s own cap, also where the cap was made longer after it was planned', async () => {
    await line.rows(`UPDATE shop SET settings = '{"caps":{"npsDays":180}}'`);
    const again = { id: '5000', name: '#5000', lines: [{ id: '5001', unitPriceMinor: 1_000 }] };
    const bought = at('2026-07-10T09:00:00');
    await answer(line, { rating: 8 });
    await line.playTo(bought);
    await hear(line, {
      topic: 'orders/paid',
      payload: order({ ...again, createdAt: bought, updatedAt: bought }),
    });
    await line.playTo(at('2027-07-20T00:00:00'));
    const sent = line.mails
      .filter((mail) => mail.subject.startsWith('How is'))
      .map((mail) => mail.at.getTime());
    expect(sent).toHaveLength(3);
    expect(Math.min(sent[1]! - sent[0]!, sent[2]! - sent[1]!)).toBeGreaterThanOrEqual(180 * DAY_MS);
    const own = (await relationship()).filter((row) => row['order_id'] === '5000');
    expect(own).toMatchObject([{ status: 'suppressed', reason: 'nps_cap' }]);
  });

  it('goes on for who answers, until a year without an order', async () => {
    await answer(line, { rating: 8 });
    for (const day of ['2026-07-16', '2026-10-14', '2027-01-13', '2027-06-30']) {
      await line.playTo(at(`${day}T00:00:00`));
      if (line.mails.length < 5) await answer(line, { rating: 8 });
    }
    expect((await relationship()).map((row) => [row['status'], row['reason']])).toEqual([
      ['sent', null],
      ['sent', null],
      ['sent', null],
      ['sent', null],
      ['suppressed', 'not_active'],
    ]);
  });

  it('misses a turn for another survey or a case, and comes back the next quarter', async () => {
    await answer(line, { rating: 8 });
    await line.settle();
    await line.moveTo(at('2026-07-10T12:00:00'));
    await hear(line, arrived(5_000, at('2026-07-10T10:00:00')));
    await line.playTo(at('2026-07-20T00:00:00'));
    expect((await relationship()).map((row) => [row['status'], row['reason']])).toContainEqual([
      'suppressed',
      'survey_cap',
    ]);
    await line.playTo(at('2026-10-20T00:00:00'));
    const sent = line.mails.filter((mail) => /recommend|How is/.test(mail.subject + mail.text));
    expect(sent.length).toBeGreaterThanOrEqual(2);
    const times = line.mails.map((mail) => mail.at.getTime());
    for (let index = 1; index < times.length; index += 1)
      expect(times[index]! - times[index - 1]!).toBeGreaterThanOrEqual(14 * DAY_MS);
  });
});
