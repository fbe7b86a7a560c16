import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { checkDefinition } from '../../domain/surveys/check-definition.ts';
import { parseDefinition, type Definition } from '../../domain/surveys/definition.ts';
import { PRESETS } from '../../domain/surveys/presets.ts';
import { asks, fact } from '#tests/factories/survey-conditions.ts';
import { survey } from '#tests/factories/surveys.ts';
import { changeOffer, switchIncentive, switchReview } from './edit-offers.ts';
import { IdentityPanel } from './identity-panel.tsx';
import { IncentivePanel, ReviewPanel } from './offers-panel.tsx';
import { PreviewWholeMail } from './preview-whole-mail.tsx';
import { RuleBuilder } from './rule-builder.tsx';
import { SchedulePanel } from './schedule-panel.tsx';
import { withPlaceholders } from './text-places.ts';
import type { SurveyEditorState } from './use-survey-editor.ts';
import { ValuesPanel } from './values-panel.tsx';

const nothing = () => undefined;
const markup = (element: ReactElement) =>
  renderToStaticMarkup(<AppProvider i18n={en}>{element}</AppProvider>);
const words = (element: ReactElement) =>
  markup(element)
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');

const NOW = new Date('2026-03-10T12:00:00Z');

/** As the editor holds it, with what the checks find. */
function editing(draft: Definition): SurveyEditorState {
  const parsed = parseDefinition(JSON.parse(JSON.stringify(draft)));
  return {
    ...{ draft, stored: draft, named: withPlaceholders(draft), dirty: false, busy: false, refused: null },
    faults: parsed.outcome === 'ok' ? [] : parsed.errors,
    findings: parsed.outcome === 'ok' ? checkDefinition(parsed.definition, NOW) : [],
    ...{ missing: [], toFix: 0, change: nothing, save: nothing, publish: nothing },
    ...{ overwrite: nothing, discard: nothing },
  };
}
const labels = {
  product: (id: string) => id,
  products: [{ id: '11', title: 'Kettle' }],
  collection: (id: string) => id,
  collections: [],
  currency: 'EUR',
};

describe('the reward', () => {
  const panel = (draft: Definition) =>
    words(<IncentivePanel editor={editing(draft)} labels={labels as never} />);
  const on = switchIncentive(PRESETS.delivery, true);

  it('is off until it is wanted, and then has a size, a budget and a term', () => {
    expect(panel(PRESETS.delivery)).not.toContain('How many in all');
    expect(panel(on)).toMatch(
      /Promise before the first question.*Percent off.*How many in all.*Code is valid for/,
    );
    expect(panel(on)).toContain('Everyone gets it.');
    const points = changeOffer(on, 'incentive', { reward: { kind: 'points', points: 5 } });
    expect(panel(points)).not.toContain('Code is valid for');
  });

  it('says beside the field what is wrong with it', () => {
    const wrong = changeOffer(on, 'incentive', { budget: 0, reward: { kind: 'amount_off' } });
    expect(panel(wrong)).toMatch(/Enter an amount such as 5\.00\..*Must be at least 1\./);
  });

  it('reads its condition as a sentence, and names one on the score', () => {
    const late = changeOffer(on, 'incentive', { when: fact('days_late', 'at_least', 2) });
    expect(panel(late)).toMatch(/Only if .*late/);
    const unfair = changeOffer(on, 'incentive', { when: asks('rating', 'route', 'high') });
    expect(panel(unfair)).toContain('it is for answering, whatever the answer');
  });
});

describe('the review request', () => {
  const panel = (draft: Definition) =>
    words(<ReviewPanel editor={editing(draft)} labels={labels as never} />);

  it('goes to everyone, and needs an address', () => {
    const on = switchReview(PRESETS.delivery, true);
    expect(panel(on)).toMatch(/whatever the rating.*Must start with https:\/\/\..*Everyone is asked\./);
    const fine = changeOffer(on, 'reviewAsk', { url: 'https://example.com' });
    expect(panel(fine)).not.toContain('Must start');
    const gated = changeOffer(fine, 'reviewAsk', { when: asks('rating', 'route', 'high') });
    expect(panel(gated)).toContain('asking only the satisfied for reviews is forbidden');
  });
});

describe('when it is asked', () => {
  const panel = (schedule: Definition['schedule']) =>
    words(<SchedulePanel editor={editing({ ...PRESETS.delivery, schedule })} timeZone="Europe/Berlin" />);

  it('is said in the time of the shop, with what stands against it', () => {
    expect(panel(undefined)).toContain('Asked as soon as it is published');
    const from = '2026-03-28T23:00:00Z';
    expect(panel({ from })).toContain('Asked from 29 Mar 2026, 00:00 on.');
    expect(panel({ from })).toContain('Europe/Berlin');
    expect(panel({ from, until: '2026-03-20T00:00:00Z' })).toContain('ends before it begins');
    expect(panel({ until: '2026-03-01T00:00:00Z' })).toContain('is over already');
  });
});

it('says what each way of keeping answers means', () => {
  const panel = words(<IdentityPanel editor={editing({ ...PRESETS.delivery, identity: 'anonymous' })} />);
  expect(panel).toMatch(/With the customer .*opens a case.*With a pseudonym.*Anonymous.*cannot be changed/);
  expect(panel).toContain('Shoppers are told so before the first question.');
});

describe('calculated values', () => {
  const counted = survey(
    [
      { id: 'a', type: 'csat', metric: 'csat_product', rules: [{ do: 'add', value: 'sum', amount: 2 }] },
      { id: 'b', type: 'long_text' },
    ],
    {
      values: [
        { id: 'sum', kind: 'number', start: 0 },
        { id: 'all', kind: 'mean', of: ['a'] },
      ],
    },
  );

  it('have a name, a start or the ratings that they are of', () => {
    const panel = markup(<ValuesPanel editor={editing(counted)} onRemoved={nothing} />);
    expect(panel).toMatch(/value="sum"[^]*Begins at[^]*value="all"[^]*Mean of/);
  });

  it('are counted by rules', () => {
    const [rule] = counted.questions[0]!.rules;
    const builder = (definition: Definition) =>
      words(
        <RuleBuilder
          {...{ definition, labels: labels as never }}
          rule={rule!}
          index={0}
          onChange={nothing}
        />,
      );
    expect(builder(counted)).toMatch(
      /add to a number set a number.*Which number sum sum By a whole number the rating of/,
    );
    expect(builder({ ...counted, values: [] })).toContain('Something that is gone');
  });
});

describe('the whole mail', () => {
  const shown = (mail: object | undefined) =>
    markup(
      <PreviewWholeMail
        definition={PRESETS.delivery}
        language="en"
        sample="first"
        mailing={{ state: 'idle', data: mail && { mail: mail as never }, submit: nothing }}
      />,
    );

  it('stands in a frame that may do nothing', () => {
    expect(shown(undefined)).not.toContain('<iframe');
    const html = shown({ outcome: 'shown', subject: 'Did it arrive?', html: '<p>Hello</p>' });
    expect(html).toContain('Did it arrive?');
    expect(html).toMatch(/<iframe[^>]* sandbox="" srcDoc="&lt;p&gt;Hello/i);
    expect(shown({ outcome: 'refused', sentence: 'Not yet.' })).toContain('Not yet.');
  });
});
