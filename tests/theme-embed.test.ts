// @vitest-environment jsdom
/** When the app embed offers the survey: the rule by itself, as a table. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Facts {
  isLeaving: boolean;
  page: string;
  path: string;
  seconds: number;
  idleSeconds: number;
  views: number;
  days: number;
  cart: number;
}
type Rules = Record<'exit' | 'views' | 'product' | 'help' | 'cart' | 'days', number | boolean> & {
  pages: string[];
};

createRequire(import.meta.url)(join(import.meta.dirname, '../extensions/theme-survey/assets/embed.js'));
const { momentOf } = (
  window as unknown as { aftercareEmbed: { momentOf: (rules: Rules, facts: Facts) => string | undefined } }
).aftercareEmbed;

const ALL: Rules = { exit: true, views: 3, product: 60, help: 45, pages: ['help'], cart: 2, days: 7 };
const NONE: Rules = { exit: false, views: 0, product: 0, help: 0, pages: ['help'], cart: 0, days: 0 };
const QUIET: Facts = {
  ...{ isLeaving: false, page: 'index', path: '/', seconds: 10, idleSeconds: 0 },
  ...{ views: 0, days: 0, cart: 0 },
};

const TABLE: [string, Partial<Facts>, string | undefined][] = [
  ['nothing happens', {}, undefined],
  ['somebody leaves', { isLeaving: true }, 'exit'],
  ['somebody leaves with a filled cart', { isLeaving: true, cart: 2 }, 'cart'],
  ['nobody moves for two minutes with a filled cart', { idleSeconds: 120, cart: 1 }, 'cart'],
  ['nobody moves for less', { idleSeconds: 119, cart: 1 }, undefined],
  ['nobody moves, and the cart is empty', { idleSeconds: 600 }, undefined],
  ['a product is seen the third time', { page: 'product', views: 3 }, 'views'],
  ['it is seen the second time', { page: 'product', views: 2 }, undefined],
  ['another page is seen', { page: 'index', views: 3 }, undefined],
  ['a product is looked at for a minute', { page: 'product', seconds: 60 }, 'product'],
  ['another page is read for a minute', { seconds: 60 }, undefined],
  ['a help page is read for long', { path: '/de/pages/help-centre', seconds: 45 }, 'help'],
  ['it is read for less', { path: '/pages/help', seconds: 44 }, undefined],
  ['the first visit was a week ago', { days: 7 }, 'days'],
  ['it was not yet', { days: 6.9 }, undefined],
];

it.each(TABLE)('when %s (%o): %s', (_what, facts, moment) => {
  expect(momentOf(ALL, { ...QUIET, ...facts })).toBe(moment);
});

it.each(TABLE)('never when %s and it is switched off', (_what, facts) => {
  expect(momentOf(NONE, { ...QUIET, ...facts })).toBeUndefined();
});
