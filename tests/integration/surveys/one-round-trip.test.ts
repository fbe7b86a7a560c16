import { beforeEach, describe, expect, it } from 'vitest';
import type { Pool } from 'pg';
import { submitByLink } from '#app/services/submit-answer.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { aLink, anOrder, aShop, surveyDeps } from './survey-shop.ts';
import type { SurveyDeps } from './survey-shop.ts';

const database = useTestDatabase();
let deps: SurveyDeps;
let shop: Awaited<ReturnType<typeof aShop>>;
let link: { token: string; invitationId: string };
let statements: string[];

/** The same pool, with every statement written down, those of transactions too. */
function counted(pool: Pool): Pool {
  const note = (given: unknown) => void statements.push(String((given as { name?: string }).name ?? given));
  return new Proxy(pool, {
    get(target, key) {
      if (key === 'connect')
        return async () => {
          statements.push('connect');
          return target.connect();
        };
      if (key !== 'query') return Reflect.get(target, key) as unknown;
      return (given: unknown, values?: unknown) => {
        note(given);
        return (target.query as (given: unknown, values?: unknown) => unknown)(given, values);
      };
    },
  });
}

beforeEach(async () => {
  statements = [];
  deps = surveyDeps(counted(database.pool));
  shop = await aShop(database.pool);
  await anOrder(database.pool, shop.shopId, shop.customerId, '1001', {
    placed: '2026-03-01',
    delivered: '2026-03-05',
  });
  link = await aLink(database.pool, deps, {
    ...shop,
    ...{ orderId: '1001', kind: 'delivery', edition: 'delivery.1' },
  });
  statements = [];
});

const rows = async (sql: string) => (await database.pool.query(sql)).rows;
const submit = (answers: unknown, over: object = {}) =>
  submitByLink(deps, {
    ...{ shopId: shop.shopId, token: link.token, client: null },
    ...{ edition: 'delivery.1', submission: { answers }, ...over },
  });

describe('the usual answer through a mailed link', () => {
  it('is stored by one statement, with all that its page needs', async () => {
    const done = await submit({ rating: '2', comment_low: 'The box was wet.' });
    expect(statements).toEqual(['answer_by_link']);
    expect(done).toMatchObject({
      ...{ outcome: 'stored', route: 'low', brand: { name: 'Moss & Fern', colour: '#0a7d4f' } },
      view: { kind: 'delivery', edition: 'delivery.1', locale: 'en' },
    });
    expect(await rows('SELECT answer_key, rating, comment FROM survey_response')).toEqual([
      { answer_key: 'delivery:1001:0', rating: 2, comment: 'The box was wet.' },
    ]);
    expect(deps.jobs).toHaveLength(1);
  });

  it('takes one for each step too', async () => {
    await submit({ rating: '2' }, { isStep: true });
    await submit({ rating: '2', comment_low: 'Wet.' });
    expect(statements).toEqual(['answer_by_link', 'answer_by_link']);
    expect(await rows('SELECT revision, unfinished FROM survey_response')).toEqual([
      { revision: 2, unfinished: false },
    ]);
  });

  it('speaks the language of the order', async () => {
    await database.pool.query("UPDATE orders SET locale = 'pt_BR'");
    expect(await submit({ rating: 4 })).toMatchObject({ outcome: 'stored', view: { locale: 'pt-BR' } });
    expect(statements).toHaveLength(1);
  });
});

describe('anything else looks at the link first, and ends as it always did', () => {
  it.each([
    ['a page of before editions', { edition: null }, 'stored'],
    ['a page of before presets named their kind', { edition: 'preset.1' }, 'stored'],
    ['a page of another survey', { edition: 'usage.1' }, 'stored'],
    ['a token that is none', { token: 'x' }, 'not_found'],
    ['a link of nobody', { token: 'A'.repeat(22) }, 'not_found'],
    ['an edition that never was', { edition: 'delivery.99' }, 'stored'],
  ])('%s', async (_name, over, outcome) => {
    expect(await submit({ rating: 5 }, over)).toMatchObject({ outcome });
    expect(await rows('SELECT kind, metric FROM survey_response')).toEqual(
      outcome === 'stored' ? [{ kind: 'delivery', metric: 'csat_delivery' }] : [],
    );
  });

  it.each([
    ['UPDATE survey_link SET used_at = now()', 'already_answered'],
    ["UPDATE survey_link SET expires_at = '2026-01-01'", 'expired'],
    ['UPDATE customer SET redacted_at = now()', 'redacted'],
    ["UPDATE shop SET status = 'uninstalled'", 'shop_uninstalled'],
  ])('%s', async (before, outcome) => {
    await database.pool.query(before);
    expect(await submit({ rating: 5 })).toMatchObject({ outcome });
    expect(await rows('SELECT id FROM survey_response')).toEqual([]);
    expect(await rows('SELECT recent_ratings FROM survey_link')).toEqual([{ recent_ratings: {} }]);
  });

  it('what is wrong is said in the language of the order', async () => {
    await database.pool.query("UPDATE orders SET locale = 'de'");
    expect(await submit({ rating: 11 })).toMatchObject({ outcome: 'invalid', view: { locale: 'de' } });
  });
});
