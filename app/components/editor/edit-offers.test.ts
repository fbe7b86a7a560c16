import { expect, it } from 'vitest';
import { parseDefinition, type Definition } from '../../domain/surveys/definition.ts';
import { PRESETS } from '../../domain/surveys/presets.ts';
import {
  amountOf,
  amountText,
  changeOffer,
  chooseReward,
  switchIncentive,
  switchReview,
} from './edit-offers.ts';
import { faultAt } from './fault-at.ts';
import { gapsIn } from './text-places.ts';

const faultsOf = (definition: Definition) => {
  const parsed = parseDefinition(JSON.parse(JSON.stringify(definition)));
  return { faults: parsed.outcome === 'ok' ? [] : parsed.errors };
};

it('an incentive begins with words in every language, and is fine as it is', () => {
  const made = switchIncentive(PRESETS.delivery, true);
  expect(faultsOf(made).faults).toEqual([]);
  expect(made.languages.flatMap((language) => gapsIn(made, language))).toEqual([]);
  expect(switchIncentive(made, false)).toEqual(PRESETS.delivery);
});

it('a review request has words, and needs an address', () => {
  const made = switchReview(PRESETS.delivery, true);
  expect(made.languages.flatMap((language) => gapsIn(made, language))).toEqual([]);
  expect(faultAt(faultsOf(made), 'reviewAsk.url')).toBe('Must start with https://.');
  expect(faultsOf(changeOffer(made, 'reviewAsk', { url: 'https://example.com/r' })).faults).toEqual([]);
  expect(switchReview(made, false)).toEqual(PRESETS.delivery);
});

it('another kind of reward begins with its usual amount', () => {
  const made = switchIncentive(PRESETS.delivery, true);
  for (const kind of ['percent_off', 'amount_off', 'points'] as const) {
    const chosen = chooseReward(made, kind);
    expect(chosen.incentive?.reward.kind).toBe(kind);
    expect(faultsOf(chosen).faults).toEqual([]);
  }
});

it.each([
  [{ budget: undefined }, 'budget', 'Enter a value.'],
  [{ budget: 0 }, 'budget', 'Must be at least 1.'],
  [{ budget: 1.5 }, 'budget', 'Must be a whole number.'],
  [{ validDays: 1000 }, 'validDays', 'Must be at most 730.'],
  [{ reward: { kind: 'percent_off', percent: 101 } }, 'reward.percent', 'Must be at most 100.'],
  [{ reward: { kind: 'amount_off' } }, 'reward.amountMinor', 'Enter a value.'],
])('%j is refused at %s: %s', (fields, path, sentence) => {
  const made = changeOffer(switchIncentive(PRESETS.delivery, true), 'incentive', fields);
  expect(faultAt(faultsOf(made), `incentive.${path}`)).toBe(sentence);
});

it.each([
  ['5', 'EUR', 500],
  ['5.5', 'EUR', 550],
  ['500', 'JPY', 500],
  ['five', 'EUR', undefined],
  ['', 'EUR', undefined],
])('"%s" %s is %s', (text, currency, minor) => expect(amountOf(text, currency)).toBe(minor));

it('amounts are shown as they are written', () => {
  expect(amountText(550, 'EUR')).toBe('5.50');
  expect(amountText(undefined, 'EUR')).toBe('');
});
