import { expect, it } from 'vitest';
import { nextStep } from './words.ts';

it.each([
  [null, false, 'Wait for more data'],
  [null, true, 'Invite back'],
  ['thriving', false, 'Ask for a referral'],
  ['thriving', true, 'Invite back'],
  ['healthy', true, 'Invite back'],
  ['at_risk', true, 'Check in personally'],
  ['critical', true, 'Reach out now'],
  ['lost', true, 'Repair, then win back'],
] as const)('next step with band %s and high risk %s: %s', (band, highRisk, step) => {
  expect(nextStep({ band, highRisk })).toBe(step);
});
