import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { METRICS, QUESTION_TYPES, SURVEY_KINDS } from '../../domain/surveys/contract.ts';
import type { Condition } from '../../domain/surveys/conditions.ts';
import type { Definition } from '../../domain/surveys/definition.ts';
import { PRESETS } from '../../domain/surveys/presets.ts';
import type { OwnSurveyRow } from '../../infra/db/reads/own-survey-views.ts';
import type { EditedSurvey } from '../../services/show-survey-editor.ts';
import { all, any, fact, not } from '#tests/factories/survey-conditions.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import { AudiencePanel, countSentence } from './audience-panel.tsx';
import { ChecksPanel, faultSentences, missingSentence, tabOf } from './checks-panel.tsx';
import { EditorNotices } from './editor-notices.tsx';
import { METRIC_LABELS, TYPE_LABELS } from './editor-words.ts';
import { LanguagesPanel } from './languages-panel.tsx';
import { LogicPanel } from './logic-panel.tsx';
import { whatHappens } from './publish-dialog.tsx';
import { QuestionForm } from './question-form.tsx';
import { gapsIn, withPlaceholders } from './text-places.ts';
import type { SurveyEditorState } from './use-survey-editor.ts';

const nothing = () => undefined;
const markup = (element: ReactElement) =>
  renderToStaticMarkup(<AppProvider i18n={en}>{element}</AppProvider>);
const words = (element: ReactElement) =>
  markup(element)
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replace(/\s+/g, ' ');

const editing = (draft: Definition, over: Partial<SurveyEditorState> = {}): SurveyEditorState => ({
  ...{ draft, stored: draft, named: withPlaceholders(draft), dirty: false, busy: false, refused: null },
  ...{ faults: [], findings: [], missing: [], toFix: 0 },
  ...{ change: nothing, save: nothing, publish: nothing, overwrite: nothing, discard: nothing },
  ...over,
});
const labels = {
  ...{ product: (id: string) => id, products: [{ id: '11', title: 'Kettle' }] },
  ...{ collection: (id: string) => id, collections: [{ id: '91', title: 'Kitchen' }] },
  currency: 'EUR',
};

it('has a word for every type and metric', () => {
  expect(Object.keys(TYPE_LABELS)).toEqual([...QUESTION_TYPES]);
  expect(Object.keys(METRIC_LABELS)).toEqual([...METRICS]);
});

describe('the form of a question', () => {
  const form = (definition: Definition) =>
    words(
      <QuestionForm
        editor={editing(definition)}
        question={definition.questions[0]!}
        index={0}
        newId={() => '1'}
      />,
    );

  it('of a rating asks what it counts as', () => {
    expect(form(PRESETS.delivery)).toMatch(
      /Counts as Nothing: reported by itself Product CSAT Delivery CSAT/,
    );
    expect(form(PRESETS.relationship)).not.toContain('reported by itself');
  });

  it('shows the parts of its type only', () => {
    const many = survey([{ id: 'a', type: 'multiple_choice', options: options('x', 'y') }]);
    expect(form(many)).toMatch(/Option 1.*Option 2.*How many may be chosen.*Ask each customer once/);
    const contact = survey([{ id: 'a', type: 'contact', asks: ['email'], askOnOrder: { from: 2 } }]);
    expect(form(contact)).toMatch(/What to ask for Name E-mail Phone.*From order number/);
    expect(form(contact)).not.toMatch(/Option 1|Counts as/);
    expect(form(PRESETS.delivery)).not.toMatch(/Ask each customer once|Longest answer/);
  });
});

describe('the logic', () => {
  const panel = (definition: Definition) =>
    words(<LogicPanel editor={editing(definition)} labels={labels} />);

  it('reads as sentences, with what can be done to each', () => {
    const text = panel(PRESETS.delivery);
    expect(text).toContain(
      '1. How satisfied are you with the delivery? Asked of everyone who gets this far.',
    );
    expect(text).toContain(
      'Asked if the rating of "How satisfied are you with the delivery?" is low (1 or 2).',
    );
    expect(text.match(/Edit Remove/g)).toHaveLength(3);
  });

  it('writes money in the currency of the shop', () => {
    const showWhen = fact('order_value_minor', 'at_least', 5000);
    expect(panel(survey([{ id: 'a', type: 'consent', showWhen }]))).toContain('€50.00 or more');
  });
});

describe('the audience', () => {
  const counting = { state: 'idle' as const, data: undefined, submit: nothing };
  const panel = (target?: Condition) =>
    words(<AudiencePanel editor={editing({ ...PRESETS.delivery, target })} {...{ labels, counting }} />);

  it('is everyone until there is a condition', () => {
    expect(panel()).toContain('Everyone who is due for the delivery survey.');
    expect(panel()).not.toContain('Counting');
  });

  it.each<[Condition, RegExp]>([
    [fact('order_count', 'at_least', 2), /the number of orders is 2 or more.*Order: Number of orders/],
    [
      all(fact('tier', 'is', 'vip'), any(fact('country', 'is', 'DE'), fact('refunded', 'is', true))),
      /Met by.*This group is met by/,
    ],
    [fact('order_value_minor', 'between', undefined), /Order: Order value/],
    [fact('product_ids', 'one_of', ['11']), /Kettle/],
    [fact('locale', 'one_of', ['de', 'fr']), /Codes such as de, pt-BR/],
    [not(fact('refunded', 'is', true)), /it is not so that the order was refunded Remove/],
    [fact('collection_ids', 'one_of', ['91']), /a product of the collection.*Kitchen/],
    [fact('collection_ids', 'contains', '7'), /7 \(not offered any more\)/],
  ])('shows %j', (target, expected) => {
    const whole = 'op' in target && target.op === 'between' ? { ...target, min: 100, max: 200 } : target;
    expect(panel(whole as Condition)).toMatch(expected);
    expect(panel(whole as Condition)).not.toContain('Answer: ');
  });

  it.each([
    [
      { matching: 132, customers: 1000, bounded: true },
      '132 of the last 1,000 customers match now, by their latest order.',
    ],
    [{ matching: 1, customers: 7, bounded: false }, '1 of 7 customers matches now, by their latest order.'],
    [{ matching: 0, customers: 0, bounded: false }, 'No customer has ordered yet.'],
  ])('of %j says: %s', (count, sentence) => {
    const data = { count: { outcome: 'counted' as const, ...count } };
    expect(countSentence({ ...counting, data })).toBe(sentence);
    expect(countSentence({ ...counting, data, state: 'submitting' })).toBe('Counting…');
  });

  it('asks for complete conditions', () => {
    expect(countSentence({ ...counting, data: { count: { outcome: 'invalid' } } })).toMatch(/^Complete/);
  });
});

describe('the languages', () => {
  const panel = (definition: Definition, picked: string | null = null) =>
    words(<LanguagesPanel editor={editing(definition)} picked={picked} onPick={nothing} />);

  it('show the default language beside the other, and what is missing', () => {
    const texts = { en: { 'delivery.title': 'Here?' } };
    const text = panel({ ...PRESETS.delivery, languages: ['en', 'de', 'sv'], texts }, 'de');
    expect(text).toContain('German (1 missing)');
    expect(text).toMatch(/1 text missing.*Title Here\? Critical Missing Title in German Introduction/);
    expect(text).toContain('Wie zufrieden sind Sie mit der Lieferung?');
    expect(panel({ ...PRESETS.delivery, languages: ['en', 'sv'] })).toContain('they stay English');
    expect(panel({ ...PRESETS.delivery, languages: ['en'] })).toContain('speaks English only');
  });
});

describe('the checks', () => {
  const texts = { en: { 'delivery.rating': 'Here?' } };
  const bare = { ...PRESETS.delivery, languages: ['en', 'de'], texts };

  it('say what is missing by language, and offer the way there', () => {
    const gaps = gapsIn(bare, 'de');
    expect(missingSentence({ language: 'de', gaps }, bare.questions)).toBe(
      'German: 1 text is missing (1. Question).',
    );
    const missing = [{ language: 'de', gaps }];
    const panel = <ChecksPanel editor={editing(bare, { missing, toFix: 1 })} goTo={nothing} />;
    expect(words(panel)).toMatch(/German: 1 text is missing.*Translate Remove the language/);
    expect(markup(panel)).toContain('aria-label="Translate: German"');
  });

  it('name a field that cannot be saved, and say when all is well', () => {
    const faults = [
      { field: 'questions.1.maxLength', message: 'questions.1.maxLength must be at most 2000.' },
    ];
    const broken = <ChecksPanel editor={editing(bare, { faults, toFix: 1 })} goTo={nothing} />;
    expect(words(broken)).toContain('Question 2: maxLength must be at most 2000.');
    expect(words(<ChecksPanel editor={editing(bare)} goTo={nothing} />)).toContain('It can be published');
  });

  it('are as many sentences as there are things to put right; advice is none', () => {
    const found = { code: 'later_question', questionId: 'rating' } as const;
    const state = editing(bare, {
      faults: [{ field: 'name', message: 'name is missing.' }],
      findings: [
        { ...found, severity: 'error', message: 'It asks what comes later.' },
        { ...found, severity: 'warning', message: 'Perhaps.' },
      ],
      missing: [{ language: 'de', gaps: gapsIn(bare, 'de') }],
    });
    expect(faultSentences(state)).toEqual([
      'The name is missing.',
      'It asks what comes later.',
      'German: 1 text is missing (1. Question).',
    ]);
  });

  it('lead to where a finding is put right', () => {
    const found = { severity: 'error', message: '', questionId: 'rating' } as const;
    expect(tabOf({ ...found, code: 'later_question' })).toBe('logic');
    expect(tabOf({ ...found, code: 'ends_without_rating' })).toBe('questions');
    expect(tabOf({ ...found, code: 'ends_without_rating', questionId: null })).toBe('texts');
  });
});

describe('what publishing does', () => {
  const edited = (liveVersion: number | null, status: string) => ({ liveVersion, status }) as EditedSurvey;
  const other = (status: string, targeted: boolean) => ({ name: 'Other', status, targeted }) as OwnSurveyRow;
  const say = (of: EditedSurvey, targeted: boolean, ...others: OwnSurveyRow[]) =>
    whatHappens({ survey: of, targeted, others }).join(' ');

  it.each([
    [edited(null, 'draft'), false, [], 'Shoppers are asked this survey instead of the preset.'],
    [
      edited(null, 'draft'),
      true,
      [],
      'Shoppers are asked this survey instead of the preset. Only orders that fit its audience get it. Orders that fit no survey of this kind are not asked.',
    ],
    [
      edited(null, 'draft'),
      true,
      [other('live', false)],
      'Of several surveys of this kind the first that fits the order is asked. Others that are live: “Other”. Only orders that fit its audience get it; others get the next survey that fits.',
    ],
    [edited(null, 'draft'), false, [other('paused', false)], 'Shoppers are asked this survey.'],
    [
      edited(2, 'live'),
      false,
      [],
      'Version 3 is asked instead of version 2. Answers given so far keep their questions.',
    ],
    [
      edited(2, 'paused'),
      false,
      [],
      'Version 3 is asked instead of version 2. Answers given so far keep their questions. The survey is asked again.',
    ],
  ] as [EditedSurvey, boolean, OwnSurveyRow[], string][])(
    'of %j: %s %j',
    (of, targeted, others, sentence) => {
      expect(say(of, targeted, ...others)).toBe(sentence);
    },
  );
});

describe('a refusal', () => {
  const notice = (refused: SurveyEditorState['refused']) =>
    words(
      <EditorNotices
        editor={editing(PRESETS.delivery, { refused })}
        now="2026-01-01T12:00:00Z"
        onChecks={nothing}
      />,
    );

  it('says that somebody else saved, and that nothing is lost', () => {
    const text = notice({ outcome: 'conflict', revision: 2, savedAt: '2026-01-01T11:57:00Z' });
    expect(text).toMatch(/Somebody else saved this survey 3 min ago.*Nothing of yours is lost/);
    expect(text).toMatch(/Save mine over theirs.*Discard mine and load theirs/);
  });

  it('says why it was not published', () => {
    const finding = { severity: 'error', code: 'untranslated', questionId: null, message: 'Why.' } as const;
    expect(notice({ outcome: 'blocked', findings: [finding] })).toMatch(/cannot be published yet.*Why\./);
    expect(notice({ outcome: 'gone' })).toContain('not there any more');
    expect(notice({ outcome: 'invalid', errors: [{ field: 'name', message: 'A name.' }] })).toContain(
      'A name.',
    );
    expect(notice(null).trim()).toBe('');
  });
});

it.each(SURVEY_KINDS)('the preset of %s has nothing to fix', (kind) => {
  expect(PRESETS[kind].languages.flatMap((language) => gapsIn(PRESETS[kind], language))).toEqual([]);
});
