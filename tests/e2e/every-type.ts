import type { SurveyView } from '#app/domain/surveys/contract.ts';
import { resolveSurvey } from '#app/domain/surveys/logic.ts';
import { surveyView } from '#app/domain/surveys/view.ts';
import { facts, options, survey } from '../factories/surveys.ts';

const QUESTIONS = [
  { id: 'nps', type: 'nps', required: true, ends: { least: 'nps.least', most: 'nps.most' } },
  { id: 'one', type: 'choice', options: options('x', 'y'), other: { text: 'choice.other' } },
  { id: 'csat', type: 'csat', ends: { least: 'csat.least', most: 'csat.most' } },
  { id: 'ces', type: 'ces' },
  { id: 'stars', type: 'stars' },
  { id: 'mood', type: 'smileys' },
  { id: 'some', type: 'multiple_choice', options: options('x', 'y', 'z'), atMost: 2 },
  { id: 'lines', type: 'line_rating' },
  { id: 'ranks', type: 'ranking', options: options('x', 'y', 'z') },
  { id: 'short', type: 'short_text', required: true },
  { id: 'long', type: 'long_text' },
  { id: 'agree', type: 'consent' },
  { id: 'person', type: 'contact', asks: ['name', 'email', 'phone'] },
];
/** The survey as the app would offer it for an order of two lines. */
export function viewOf(definition: ReturnType<typeof survey>, locale: string): SurveyView {
  const lineTitles = { '11': 'Vase', '12': 'A bowl of blue glazed stoneware with two handles' };
  const order = facts({ lineIds: Object.keys(lineTitles) });
  const context = { locale, brandName: 'Moss', targetHours: 4, edition: 'preset.1', lineTitles };
  return surveyView(resolveSurvey(definition, order, {}), context);
}

/** One question of each type that the theme block shows. */
export const everyType = (locale = 'en') =>
  viewOf(
    survey(
      QUESTIONS.map((question) => ({ text: 'usage.high', ...question })),
      { languages: [...new Set(['en', locale])], defaultLanguage: locale },
    ),
    locale,
  );
