import { expect, it } from 'vitest';
import { staffDomainsOf } from './staff-domains.ts';
import { checkSettings } from './settings.ts';

it.each<[string | null, string[]]>([
  [null, []],
  ['nord.example', ['nord.example']],
  ['Nord.example, shop.nord.example; nord.example', ['nord.example', 'shop.nord.example']],
])('%j names %j', (text, domains) => {
  expect(checkSettings({ staffEmailDomains: text })).toMatchObject({ outcome: 'ok' });
  expect(staffDomainsOf(text)).toEqual(domains);
});

it.each(['nord', '@nord.example', 'ana@nord.example', 'nord.example,', '', 7])('%j is no domain', (text) => {
  expect(checkSettings({ staffEmailDomains: text })).toMatchObject({
    outcome: 'invalid',
    errors: [{ field: 'staffEmailDomains' }],
  });
});
