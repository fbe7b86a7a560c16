import { describe, expect, it } from 'vitest';
import { isNarrowed, responseFilter, responseParams, wholeView } from './response-filter.ts';

const read = (query: string) => responseFilter(new URLSearchParams(query));

describe('the filter of the responses page', () => {
  it.each([
    ['', wholeView('all')],
    ['view=low', wholeView('low')],
    ['view=nonsense&survey=Drop%20table&route=up&period=12&surface=%00', wholeView('all')],
    [
      'view=comment&survey=delivery&surface=checkout&route=low&reward=with&period=7&search=%20late%20',
      {
        view: 'comment',
        kind: 'delivery',
        surface: 'checkout',
        route: 'low',
        rewarded: true,
        days: 7,
        search: 'late',
      },
    ],
    ['period=all', { ...wholeView('all'), days: null }],
    ['reward=without', { ...wholeView('all'), rewarded: false }],
    ['reward=maybe', wholeView('all')],
    [`search=${'x'.repeat(300)}`, { ...wholeView('all'), search: 'x'.repeat(100) }],
    ['search=a%00b', { ...wholeView('all'), search: 'ab' }],
  ])('of %j', (query, expected) => {
    expect(read(query)).toEqual(expected);
  });

  it.each([
    'view=all',
    'view=low&period=all',
    'reward=without',
    'view=quarantined&survey=usage&search=50%25+off%26',
  ])('comes back from its own address: %s', (query) => {
    const filter = read(query);
    expect(responseFilter(responseParams(filter))).toEqual(filter);
  });

  it('knows whether anything was chosen beside the view', () => {
    expect(isNarrowed(read('view=low&period=90'))).toBe(false);
    expect(isNarrowed(read('view=low&period=30'))).toBe(true);
    expect(isNarrowed(read('search=x'))).toBe(true);
  });
});
