import { beforeEach, expect, it } from 'vitest';
import { publish } from '#tests/factories/own-surveys.ts';
import { fact } from '#tests/factories/survey-conditions.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import { createLine, type LineHarness } from '#tests/fakes/line.ts';
import { ADA, at, BLANKET, MUG } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { answer, asked, invitationsOf, START } from './scenes.ts';
import { pagesIn } from './survey-mails.ts';

/** Surveys that the merchant published, from the mail to what follows from the answer. */
const database = useTestDatabase();
let line: LineHarness;
const CSI = 'SELECT csi FROM customer WHERE email = $1';
beforeEach(async () => {
  line = await createLine(database, START);
});
const own = (questions: Record<string, unknown>[], over: Record<string, unknown> = {}) =>
  publish(database.pool, line.shopId, survey(questions, { kind: 'delivery', ...over }));

it('their first question stands in the mail', async () => {
  await own(
    [{ id: 'why', type: 'choice', options: options('gift', 'self'), other: { text: 'choice.other' } }],
    {
      needsRating: false,
    },
  );
  await asked(line);
  const [mail] = line.mails;
  const chosen = pagesIn(mail!).map(({ searchParams }) => searchParams.get('why'));
  // First the link that no person sees, last the button.
  expect(chosen).toEqual([expect.any(String), 'gift', 'self', null]);
});

it('speaks one language in the mail and on its page, also to whoever has another', async () => {
  await own([{ id: 'rating', type: 'csat' }], { languages: ['de'], defaultLanguage: 'de' });
  await asked(line);
  expect(line.mails[0]!.html).toContain('<html dir="ltr" lang="de">');
});

it('an order for which none is meant is not asked, and staff see why', async () => {
  await own([{ id: 'rating', type: 'csat' }], { target: fact('country', 'is', 'DE') });
  await asked(line);
  expect(line.mails).toEqual([]);
  expect(await invitationsOf(line)).toMatchObject([{ status: 'suppressed', reason: 'not_targeted' }]);
});

it('an answer without a rating is scored nowhere and opens no case', async () => {
  await own([{ id: 'why', type: 'choice', options: options('gift', 'self') }], { needsRating: false });
  await asked(line);
  await line.moveTo(at('2026-03-06T10:00:00'));
  expect(await answer(line, { why: 'gift' })).toMatchObject({ outcome: 'stored', route: 'middle' });
  await line.settle();
  expect(await line.rows('SELECT status FROM event WHERE source = $1', ['answer'])).toEqual([
    { status: 'processed' },
  ]);
  expect(await line.rows('SELECT id FROM support_case')).toEqual([]);
  expect(await line.rows(CSI, [ADA.email])).toEqual([{ csi: null }]);
});

it('ratings of lines enter the index as one mean per order, and the worst of them routes', async () => {
  await own([{ id: 'lines', type: 'line_rating', metric: 'csat_product' }]);
  await asked(line);
  await line.moveTo(at('2026-03-06T10:00:00'));
  const sent = { [`lines.${BLANKET}`]: 5, [`lines.${MUG}`]: 2 };
  expect(await answer(line, sent)).toMatchObject({ outcome: 'stored', route: 'low' });
  await line.settle();
  // (100 + 25) / 2 on the scale of 0 to 100; halves are rounded up to one decimal.
  expect(await line.rows(CSI, [ADA.email])).toEqual([{ csi: '62.5' }]);
  expect(await line.rows('SELECT title FROM support_case')).toMatchObject([
    { title: expect.stringMatching(/CSAT 2 of 5/) },
  ]);
});
