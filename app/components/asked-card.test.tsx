import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { AskedKindView, WhyAskedView } from '../services/show-customer.ts';
import { AskedCard } from './asked-card.tsx';

const delivery: AskedKindView = { kind: 'delivery', last: null, next: null, ifDue: { outcome: 'send' } };
const asked: WhyAskedView = {
  ...{ barred: null, timeZone: 'Europe/Berlin', habit: null, sendHour: 10 },
  kinds: [delivery],
};
const last = {
  ...{ status: 'sent' as const, at: '2026-03-06T09:00:00Z', order: '#1001', reason: null },
  ...{ answered: false, answeredAt: null },
};
const next = { dueAt: '2026-03-18T09:00:00Z', order: '#1002', reason: null };

function linesOf(over: Partial<WhyAskedView>): string[] {
  const html = renderToStaticMarkup(
    <AppProvider i18n={en}>
      <AskedCard asked={{ ...asked, ...over }} timeZone="Europe/Berlin" />
    </AppProvider>,
  );
  // The badge tells screen readers its tone before its text.
  return [...html.matchAll(/<(p|h3|span)[^>]*>([^<]+)</g)]
    .map((match) => match[2]!.replaceAll('&#x27;', "'"))
    .filter((text) => text !== 'Success' && text !== 'Critical');
}

function kind(over: Partial<AskedKindView>): string[] {
  const lines = linesOf({ kinds: [{ ...delivery, ...over }] });
  return lines.slice(lines.indexOf('Delivery survey') + 1);
}

it('says whether one may ask, and at which hour', () => {
  expect(linesOf({ kinds: [] })).toEqual([
    'May be asked by e-mail',
    'Surveys go out at 10:00 (Europe/Berlin). No usual hour is known yet.',
    'No survey is sent by e-mail: all are switched off in the settings.',
  ]);
  expect(linesOf({ kinds: [], habit: { hour: 19, acts: 7 } })[1]).toBe(
    'Surveys of new orders go out at 19:00 (Europe/Berlin), the usual hour of 7 orders and answers of the last 12 months.',
  );
  expect(linesOf({ kinds: [], barred: 'unsubscribed' }).slice(0, 2)).toEqual([
    'May not be asked by e-mail',
    'The customer unsubscribed from e-mails.',
  ]);
});

it.each<[string, Partial<AskedKindView>, string[]]>([
  [
    'nothing yet',
    {},
    ['Nothing was decided yet.', 'None is planned.', 'If one were due now, it would be sent.'],
  ],
  [
    'sent and answered, the next one planned with nothing against it',
    { last: { ...last, answered: true, answeredAt: '2026-03-07T09:00:00Z' }, next },
    [
      'Sent on 6 Mar 2026, 10:00 about #1001. Answered on 7 Mar 2026.',
      'Planned for 18 Mar 2026, 10:00 about #1002.',
    ],
  ],
  [
    'planned, and the limit is not over by then',
    { next, ifDue: { outcome: 'defer', reason: 'survey_cap', until: '2026-03-20T09:00:00Z' } },
    [
      'Nothing was decided yet.',
      'Planned for 18 Mar 2026, 10:00 about #1002. As things stand today, it will then be put off to 20 Mar 2026, 10:00, because the customer was asked too recently: the limit of surveys per person is reached.',
    ],
  ],
  [
    'planned, and something lasting stands against it',
    { next, ifDue: { outcome: 'hold', reason: 'survey_off', until: null } },
    [
      'Nothing was decided yet.',
      'Planned for 18 Mar 2026, 10:00 about #1002. As things stand today, it will not be sent, because this survey is switched off in the settings.',
    ],
  ],
  [
    'answered without the person',
    { last: { ...last, answered: true } },
    ['Sent on 6 Mar 2026, 10:00 about #1001. Answered.', 'If one were due now, it would be sent.'],
  ],
  [
    'put off: the reason is said once',
    {
      last: { ...last, status: 'deferred', reason: 'quiet_hours' },
      next: { dueAt: '2026-03-07T07:00:00Z', order: '#1001', reason: 'quiet_hours' },
    },
    [
      "Put off on 6 Mar 2026, 10:00 about #1001. It is night in the customer's time zone.",
      'Looked at again on 7 Mar 2026, 08:00 about #1001.',
    ],
  ],
  [
    'put off, and once more for the same',
    {
      last: { ...last, status: 'deferred', reason: 'open_case' },
      next: { ...next, reason: 'open_case' },
      ifDue: { outcome: 'defer', reason: 'open_case', until: '2026-03-19T09:00:00Z' },
    },
    [
      'Put off on 6 Mar 2026, 10:00 about #1001. The customer has an open case; a survey now would add to the trouble.',
      'Looked at again on 18 Mar 2026, 10:00 about #1002. As things stand today, it will be put off once more.',
    ],
  ],
  [
    'not sent',
    {
      last: { ...last, status: 'suppressed', reason: 'not_targeted', order: null },
      ifDue: { outcome: 'hold', reason: 'survey_cap', until: '2026-03-20T09:00:00Z' },
    },
    [
      'Not sent, decided on 6 Mar 2026, 10:00. None of the published surveys of this kind is meant for this order.',
      'If one were due now, it would not be sent before 20 Mar 2026, 10:00, because the customer was asked too recently: the limit of surveys per person is reached.',
    ],
  ],
  [
    'of unknown fate',
    { last: { ...last, reason: 'unknown' } },
    [
      'May have been sent on 6 Mar 2026, 10:00 about #1001. No answer yet.',
      'If one were due now, it would be sent.',
    ],
  ],
])('%s', (_name, over, expected) => {
  expect(kind(over)).toEqual(expected);
});

it('does not repeat for each kind why nobody may ask', () => {
  const ifDue = { outcome: 'hold' as const, reason: 'unsubscribed', until: null };
  const lines = linesOf({ barred: 'unsubscribed', kinds: [{ ...delivery, last, ifDue }] });
  expect(lines.filter((line) => line.includes('unsubscribed'))).toHaveLength(1);
});

it('does not call planned what nobody may be sent, without saying so', () => {
  const ifDue = { outcome: 'hold' as const, reason: 'unsubscribed', until: null };
  const lines = linesOf({ barred: 'unsubscribed', kinds: [{ ...delivery, next, ifDue }] });
  expect(lines.at(-1)).toBe(
    'Planned for 18 Mar 2026, 10:00 about #1002. As things stand today, it will not be sent, for the reason above.',
  );
  expect(lines.filter((line) => line.includes('unsubscribed'))).toHaveLength(1);
});

it('keeps the capital of a name within a sentence', () => {
  const ifDue = { outcome: 'hold' as const, reason: 'invalid_email', until: null };
  expect(kind({ ifDue }).at(-1)).toBe(
    "If one were due now, it would not be sent, because Shopify marks the customer's e-mail address as invalid.",
  );
});
