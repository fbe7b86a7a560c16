import { describe, expect, it } from 'vitest';
import { experimentSchema, type Arm } from './experiment.ts';

const control: Arm = { id: 'control', name: 'As now', weight: 1 };
const own = '0192b3c4-0000-7000-8000-000000000001';
const plan = (over: Record<string, unknown> = {}) => ({
  name: 'Later',
  kind: 'delivery',
  dimension: 'timing',
  arms: [
    { ...control, delayDays: 1 },
    { id: 'a', name: 'Day 3', delayDays: 3 },
  ],
  minimumEffect: 0.05,
  ...over,
});
const edition = (surveyId: string | null, version = 1) => ({ edition: { surveyId, version } });
const arms = (controlMore: object, ...variants: object[]) => [
  { ...control, ...controlMore },
  ...variants.map((more, index) => ({ id: 'abc'[index], name: `Variant ${index}`, ...more })),
];
const wording = (...of: object[]) => plan({ dimension: 'wording', arms: arms(edition(null), ...of) });

describe('an experiment', () => {
  it.each([
    ['timing', plan()],
    ['an hour alone', plan({ arms: arms({ delayDays: 1 }, { delayDays: 1, sendHour: 18 }) })],
    ['channel', plan({ dimension: 'channel', arms: arms({}, { channel: 'on_site' }) })],
    ['wording', wording(edition(own))],
    ['three variants', wording(edition(own), edition(own, 2), edition(own, 3))],
  ])('may be about %s', (_, input) => {
    expect(experimentSchema.safeParse(input).error).toBeUndefined();
  });

  it.each([
    ['of one arm', plan({ arms: arms({ delayDays: 1 }) }), /at least one variant/],
    [
      'of five',
      wording(edition(own), edition(own, 2), edition(own, 3), edition(own, 4)),
      /at most 3|Invalid/,
    ],
    ['whose arms do the same', wording(edition(null)), /Two arms do the same/],
    ['of two things at once', wording({ ...edition(own), delayDays: 3 }), /something else/],
    [
      'whose control is treated',
      plan({ dimension: 'channel', arms: arms({ channel: 'on_site' }, {}) }),
      /else/,
    ],
    ['without a treatment', plan({ arms: arms({ delayDays: 1 }, {}) }), /something else/],
    ['on the time of support', plan({ kind: 'support' }), /could be varied/],
    ['on a page', plan({ kind: 'website' }), /Choose the survey/],
    ['on no difference', plan({ minimumEffect: 0 }), /1 to 50/],
    ['in half days', plan({ arms: arms({ delayDays: 1 }, { delayDays: 1.5 }) }), /whole number/],
    ['without a name', plan({ name: ' ' }), /Give the experiment a name/],
    ['without a control', plan({ arms: plan().arms.toReversed() }), /not in their order/],
  ])('is refused %s', (_, input, sentence) => {
    const messages = experimentSchema.safeParse(input).error?.issues.map(({ message }) => message) ?? [];
    expect(messages.join(' ')).toMatch(sentence);
  });
});
