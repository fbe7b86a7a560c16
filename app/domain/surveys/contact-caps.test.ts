import { expect, it } from 'vitest';
import { asked, ago, base, brief, invitation, NOON } from '#tests/factories/contacts.ts';
import type { InvitationState } from '../core/state.ts';
import { mailedByOrder } from './contact-caps.ts';
import type { LedgerEntry } from './contact-caps.ts';
import type { ContactInput } from './eligibility.ts';
import { decideContact } from './eligibility.ts';

it.each<[string, Partial<ContactInput>, string]>([
  ['two mails about the order before', { mailed: new Map([['1', 2]]) }, 'send due'],
  ['three mails about the order before', { mailed: new Map([['1', 3]]) }, 'suppress order_cap'],
  ['three mails about another order', { mailed: new Map([['2', 3]]) }, 'send due'],
  [
    'three mails about the order, and a question about the shop',
    { mailed: new Map([['1', 3]]), invitations: [invitation({ kind: 'relationship' })] },
    'send due',
  ],
  ['asked 14 days ago', { ledger: [asked(14)] }, 'send due'],
  ['asked 13 days ago', { ledger: [asked(13)] }, 'defer survey_cap 2026-06-11T12:00'],
  ['asked 7 days ago: the last day it may wait', { ledger: [asked(7)] }, 'defer survey_cap 2026-06-17T12:00'],
  ['asked 6 days ago: too late for this one', { ledger: [asked(6)] }, 'suppress survey_cap'],
  [
    'one is on its way: an hour from now it is known whether it was sent',
    { ledger: [{ ...asked(0), pending: true }] },
    'defer survey_cap 2026-06-10T13:00',
  ],
  [
    'one waits for the morning to be sent',
    { ledger: [{ ...asked(0), pending: true }], now: new Date('2026-06-10T20:30:00Z') },
    'defer survey_cap 2026-06-11T08:00',
  ],
  [
    'one is on its way, at the end of the week',
    {
      ledger: [{ ...asked(0), pending: true }],
      invitations: [invitation({ firstDueAt: ago(7) })],
    },
    'suppress survey_cap',
  ],
  ['an acknowledgement yesterday', { ledger: [asked(1, 'delivery', 'case')] }, 'send due'],
  [
    'asked 13 days ago, usually there at seven in the evening',
    { ledger: [asked(13)], invitations: [invitation({ sendHour: 19 })] },
    'defer survey_cap 2026-06-11T19:00',
  ],
  ['cap ends at night', { ledger: [asked(13.6)] }, 'defer survey_cap 2026-06-11T12:00'],
  ['cap ends before the hour of sending', { ledger: [asked(13.01)] }, 'defer survey_cap 2026-06-11T12:00'],
  ['cap ends within the hour of sending', { ledger: [asked(13.99)] }, 'defer survey_cap 2026-06-10T12:14'],
])('%s', (_name, over, expected) => {
  expect(brief(decideContact({ ...base, ...over })[0])).toBe(expected);
});

it.each<[string, LedgerEntry[], string]>([
  ['NPS 89 days ago', [asked(89, 'relationship')], 'defer nps_cap 2026-06-11T12:00'],
  ['NPS 90 days ago', [asked(90, 'relationship')], 'send due'],
  ['NPS 45 days ago', [asked(45, 'relationship')], 'suppress nps_cap'],
  [
    'both caps: the later end counts',
    [asked(88, 'relationship'), asked(13)],
    'defer nps_cap 2026-06-12T12:00',
  ],
  ['only another survey', [asked(13)], 'defer survey_cap 2026-06-11T12:00'],
])('relationship, %s', (_name, ledger, expected) => {
  const invitations = [invitation({ kind: 'relationship', orderId: null })];
  expect(brief(decideContact({ ...base, invitations, ledger })[0])).toBe(expected);
});

it('sends one of several, the most urgent; the others wait to see that it went out, then go', () => {
  const invitations = [
    invitation({ invitationId: 'r', kind: 'relationship' }),
    invitation({ invitationId: 'u', kind: 'usage' }),
    invitation({ invitationId: 'd9', orderId: '9' }),
    invitation({ invitationId: 'd10', orderId: '10' }),
  ];
  const now = new Date(NOON.getTime() + 3_600_000);
  const decided = (over: Partial<ContactInput>) =>
    decideContact({ ...base, ...over }).map((one) => `${one.invitationId} ${brief(one)}`);
  expect(decided({ invitations })).toEqual([
    'd10 send due',
    'd9 defer survey_cap 2026-06-10T13:00',
    'u defer survey_cap 2026-06-10T13:00',
    'r defer survey_cap 2026-06-10T13:00',
  ]);
  const others = invitations.filter(({ invitationId }) => invitationId !== 'd10');
  expect(decided({ invitations: others, ledger: [asked(0)], now })).toEqual([
    'd9 suppress survey_cap',
    'u suppress survey_cap',
    'r suppress survey_cap',
  ]);
  // The first came to nothing.
  expect(decided({ invitations: others, now })[0]).toBe('d9 send due');
});

it('keeps to the limit per order also within one decision', () => {
  const invitations = [
    invitation({ invitationId: 's', kind: 'support' }),
    invitation({ invitationId: 'r', kind: 'return' }),
    invitation({ invitationId: 'd', kind: 'delivery' }),
    invitation({ invitationId: 'u', kind: 'usage' }),
    invitation({ invitationId: 'd2', kind: 'delivery', orderId: '2' }),
  ];
  const caps = { ...base.policy.caps, surveyDays: 0, perOrder: 2 };
  const got = decideContact({ ...base, invitations, policy: { ...base.policy, caps } });
  expect(got.map((one) => `${one.invitationId} ${one.outcome} ${one.reason}`)).toEqual([
    's send due',
    'r send due',
    'd send due',
    'd2 send due',
    'u suppress order_cap',
  ]);
});

it('counts what was mailed about each order', () => {
  const sent = (over: Partial<InvitationState>) =>
    ({ kind: 'delivery', orderId: '1', channel: 'email', status: 'sent', ...over }) as InvitationState;
  const counted = mailedByOrder([
    sent({}),
    sent({ kind: 'usage', status: 'sending' }),
    sent({ kind: 'relationship' }),
    sent({ kind: 'return', status: 'suppressed' }),
    sent({ kind: 'post_purchase', channel: 'page' }),
    sent({ orderId: '2' }),
    sent({ kind: 'support' }),
  ]);
  expect([...counted]).toEqual([
    ['1', 2],
    ['2', 1],
  ]);
});
