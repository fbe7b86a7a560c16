import { describe, expect, it } from 'vitest';
import { LOCALES, directionOf } from '../core/locales.ts';
import type { Locale } from '../core/locales.ts';
import type { SurveyKind } from './contract.ts';
import { SURVEY_KINDS } from './contract.ts';
import { resolveSurvey } from './logic.ts';
import { metricOf } from './main-metric.ts';
import { NO_FACTS } from './order-facts.ts';
import { PRESETS } from './presets.ts';
import { SCALE_OF_METRIC } from './routing.ts';
import { translate } from './texts.ts';
import { type ViewContext, surveyView } from './view.ts';
import { shownQuestions } from './visibility.ts';

const context = { locale: 'en', brandName: 'Nord & Co', targetHours: 4, edition: 'preset.1' };
const viewOf = (kind: SurveyKind, over: Partial<ViewContext> = {}) =>
  surveyView(resolveSurvey(PRESETS[kind], NO_FACTS, {}), { ...context, ...over });

/** One for each route. */
const RATINGS = { nps: [6, 7, 9], csat: [2, 3, 5], ces: [5, 3, 2] } as const;

describe('presets', () => {
  it.each([
    ['post_purchase', ['csat_purchase', 'confidence_purchase']],
    ['delivery', ['csat_delivery']],
    ['usage', ['csat_product']],
    ['relationship', ['nps']],
    ['support', ['csat_support', 'ces_support']],
    ['return', ['ces_return']],
    ['milestone', ['nps']],
    ['website', ['csat_website']],
    ['storefront', ['csat_store']],
  ] as const)('%s measures %j', (kind, metrics) => {
    const { questions } = PRESETS[kind];
    expect(questions.flatMap((question) => ('metric' in question && question.metric) || [])).toEqual(metrics);
    expect(questions[0]).toMatchObject({ id: 'rating', required: true });
    expect(questions.slice(1).every((question) => !question.required)).toBe(true);
  });

  it('shows every shopper exactly one comment box, worded by the route', () => {
    for (const kind of SURVEY_KINDS) {
      const { questions } = viewOf(kind);
      const [low, middle, high] = RATINGS[SCALE_OF_METRIC[metricOf(kind)!]];
      for (const [route, rating] of Object.entries({ low, middle, high })) {
        const shown = shownQuestions(questions, { rating }).filter((id) => id.startsWith('comment'));
        expect(shown).toEqual([`comment_${route}`]);
      }
      expect(questions.find(({ id }) => id === 'comment_low')?.text).toMatch(
        /went wrong|get stuck|difficult|disappointed/i,
      );
      expect(shownQuestions(questions, {})).not.toContain('comment_low');
    }
  });

  it.each(LOCALES)('has a text for everything it shows in %s, with nothing left to fill in', (locale) => {
    for (const kind of SURVEY_KINDS) {
      const view = viewOf(kind, { locale });
      const json = JSON.stringify(view);
      // The surface itself fills in where the shopper is.
      expect(view.labels.progress).toMatch(/\{now\}.*\{all\}|\{all\}.*\{now\}/);
      expect(json.replace(view.labels.progress, '')).not.toMatch(
        /\{\w+\}|(post_purchase|delivery|usage|relationship|support|return|milestone|website|storefront|thanks|label)\.\w+/,
      );
      expect(JSON.parse(json)).toEqual(view);
      expect(view).toMatchObject({ locale, dir: directionOf(locale) });
    }
  });
});

describe('view', () => {
  it('carries the edition, values, ends and the promise with its time', () => {
    const view = viewOf('relationship');
    expect(view.edition).toBe('preset.1');
    expect(view.questions[0]).toMatchObject({
      values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      text: 'How likely are you to recommend Nord & Co to a friend?',
      ends: { least: 'Not at all likely', most: 'Extremely likely' },
    });
    expect(view.thanks.low.text).toContain('within 4 hours');
    expect(view.thanks.high).not.toEqual(view.thanks.middle);
  });

  it('speaks German, with the right plural', () => {
    const view = (targetHours: number) => viewOf('delivery', { locale: 'de-AT', targetHours });
    expect(view(4).thanks.low.text).toContain('innerhalb von 4 Stunden');
    expect(view(1).thanks.low.text).toContain('innerhalb von 1 Stunde ');
    expect(view(4).labels.submit).toBe('Absenden');
  });

  it('speaks Arabic from right to left, names set apart', () => {
    const view = viewOf('delivery', { locale: 'ar-EG', targetHours: 2 });
    expect(view).toMatchObject({ locale: 'ar', dir: 'rtl' });
    expect(view.intro).toContain('\u2068Nord & Co\u2069');
    expect(view.thanks.low.text).toContain('\u2068ساعتان\u2069');
  });

  it('takes a tag as Shopify writes it', () => {
    expect(viewOf('delivery', { locale: 'pt_PT' }).locale).toBe('pt-BR');
    expect(viewOf('delivery', { locale: 'zh-CN' }).locale).toBe('en');
  });

  it('shows a wording of the merchant as it is and never fills a value twice', () => {
    expect(translate('en', 'Was the kettle loud?')).toBe('Was the kettle loud?');
    expect(translate('en', 'usage.intro', { brand: '{hours} $& {brand}' })).toContain('{hours} $& {brand}');
  });
});

/** What would be counted: a shop may add questions to a survey, or require them, and keep its introduction. */
const COUNTED: Record<Locale, RegExp> = {
  en: /question|\btaps?\b/i,
  de: /frage|tippe/i,
  fr: /question|clic/i,
  es: /pregunta|toque/i,
  it: /domand|tocc/i,
  nl: /\bvra(ag|gen)\b|\btik/i,
  'pt-BR': /pergunta|toque/i,
  ja: /質問|タップ/,
  ko: /질문|탭/,
  ar: /سؤال|أسئلة|نقر/,
};

it.each(LOCALES)('introduces a survey in %s whatever number of questions it has', (locale) => {
  for (const kind of SURVEY_KINDS)
    expect(translate(locale, PRESETS[kind].intro)).not.toMatch(COUNTED[locale]);
});
