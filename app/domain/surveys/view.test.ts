import { expect, it } from 'vitest';
import { IDENTITIES } from './contract.ts';
import { PRESETS } from './presets.ts';
import { thanksFor } from './view.ts';

it.each(IDENTITIES)(
  'promises a call after a low answer only where somebody can be called: %s',
  (identity) => {
    const context = { locale: 'en', brandName: 'Moss', targetHours: 4 };
    const { text } = thanksFor({ ...PRESETS.delivery, identity }, 'low', context);
    expect(/within 4 hours/.test(text)).toBe(identity === 'identified');
    expect(text).not.toContain('{');
  },
);

it('promises no call to whom nobody will ever know', () => {
  const context = { locale: 'en', brandName: 'Moss', targetHours: 4, unproven: true };
  const { text } = thanksFor(PRESETS.post_purchase, 'low', context);
  expect(text).toBe(thanksFor(PRESETS.post_purchase, 'middle', context).text);
  expect(text).not.toContain('4 hours');
});
