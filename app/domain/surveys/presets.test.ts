import { describe, expect, it } from 'vitest';
import { LOCALES, directionOf } from '../core/locales.ts';
import { SURVEY_KINDS } from './contract.ts';
import { SURVEY_PRESETS } from './presets.ts';
import { translate } from './texts.ts';
import { surveyView } from './view.ts';

const context = { locale: 'en', brandName: 'Nord & Co', targetHours: 4 };

describe('presets', () => {
  it.each([
    ['post_purchase', ['csat_purchase', 'confidence_purchase']],
    ['delivery', ['csat_delivery']],
    ['usage', ['csat_product']],
    ['relationship', ['nps']],
  ] as const)('%s measures %j', (kind, metrics) => {
    const { questions } = SURVEY_PRESETS[kind];
    expect(questions.map((question) => question.metric).filter(Boolean)).toEqual(metrics);
    expect(questions[0]).toMatchObject({ id: 'rating', required: true });
    expect(questions.slice(1).every((question) => !question.required)).toBe(true);
  });

  it('shows every shopper exactly one comment box, worded by the route', () => {
    for (const kind of SURVEY_KINDS) {
      const view = surveyView(SURVEY_PRESETS[kind], context);
      for (const route of ['low', 'middle', 'high']) {
        const shown = view.questions.filter(
          (q) => q.type === 'text' && (!q.showWhen || q.showWhen === route),
        );
        expect(shown).toHaveLength(1);
      }
      expect(view.questions.find((q) => q.showWhen === 'low')?.text).toMatch(/went wrong/i);
    }
  });

  it.each(LOCALES)('has a text for everything it shows in %s, with nothing left to fill in', (locale) => {
    for (const kind of SURVEY_KINDS) {
      const view = surveyView(SURVEY_PRESETS[kind], { ...context, locale });
      const json = JSON.stringify(view);
      expect(json).not.toMatch(/\{\w+\}|(post_purchase|delivery|usage|relationship|thanks|label)\.\w+/);
      expect(JSON.parse(json)).toEqual(view);
      expect(view).toMatchObject({ locale, dir: directionOf(locale) });
    }
  });
});

describe('view', () => {
  it('carries routes, values, ends and the promise with its time', () => {
    const view = surveyView(SURVEY_PRESETS.relationship, context);
    expect(view.routes).toMatchObject({
      '0': 'low',
      '6': 'low',
      '7': 'middle',
      '8': 'middle',
      '9': 'high',
      '10': 'high',
    });
    expect(view.questions[0]).toMatchObject({
      values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      text: 'How likely are you to recommend Nord & Co to a friend?',
      ends: { least: 'Not at all likely', most: 'Extremely likely' },
    });
    expect(view.thanks.low.text).toContain('within 4 hours');
    expect(view.thanks.high).not.toEqual(view.thanks.middle);
  });

  it('speaks German, with the right plural', () => {
    const view = (targetHours: number) =>
      surveyView(SURVEY_PRESETS.delivery, { ...context, locale: 'de-AT', targetHours });
    expect(view(4).thanks.low.text).toContain('innerhalb von 4 Stunden');
    expect(view(1).thanks.low.text).toContain('innerhalb von 1 Stunde ');
    expect(view(4).labels.submit).toBe('Absenden');
  });

  it('speaks Arabic from right to left, names set apart', () => {
    const view = surveyView(SURVEY_PRESETS.delivery, { ...context, locale: 'ar-EG', targetHours: 2 });
    expect(view).toMatchObject({ locale: 'ar', dir: 'rtl' });
    expect(view.intro).toContain('\u2068Nord & Co\u2069');
    expect(view.thanks.low.text).toContain('\u2068ساعتان\u2069');
  });

  it('takes a tag as Shopify writes it', () => {
    expect(surveyView(SURVEY_PRESETS.delivery, { ...context, locale: 'pt_PT' }).locale).toBe('pt-BR');
    expect(surveyView(SURVEY_PRESETS.delivery, { ...context, locale: 'zh-CN' }).locale).toBe('en');
  });

  it('shows a wording of the merchant as it is and never fills a value twice', () => {
    expect(translate('en', 'Was the kettle loud?')).toBe('Was the kettle loud?');
    expect(translate('en', 'usage.intro', { brand: '{hours} $& {brand}' })).toContain('{hours} $& {brand}');
  });

  it('refuses a survey whose first question cannot route', () => {
    const [rating, ...comments] = SURVEY_PRESETS.usage.questions;
    expect(rating).toBeDefined();
    expect(() => surveyView({ ...SURVEY_PRESETS.usage, questions: comments }, context)).toThrow(
      /must be a rating/,
    );
  });
});
