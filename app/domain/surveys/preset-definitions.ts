/** The four presets as definitions that a merchant can go on editing. */
import type { Metric, Question, Scale, SurveyDefinition, SurveyKind } from './contract.ts';
import { LOCALES } from '../core/locales.ts';
import type { Definition } from './definition.ts';
import { SURVEY_PRESETS } from './presets.ts';
import type { DefinitionQuestion } from './question-types.ts';
import { MAX_LONG_TEXT } from './question-types.ts';
import { SCALE_OF_METRIC } from './routing.ts';

const NAMES: Record<SurveyKind, string> = {
  post_purchase: 'After the purchase',
  delivery: 'After the delivery',
  usage: 'Product in use',
  relationship: 'Relationship',
};

/** A survey of the present surfaces as a definition: the first question routes, `showWhen` asks for its route. */
export function definitionOf(survey: SurveyDefinition): Definition {
  const first = survey.questions[0];
  return {
    kind: survey.kind,
    name: NAMES[survey.kind],
    version: survey.version,
    defaultLanguage: 'en',
    languages: [...LOCALES],
    title: survey.title,
    intro: survey.intro,
    thanks: { low: thanks('low'), middle: thanks('middle'), high: thanks('high') },
    needsRating: true,
    questions: survey.questions.map((question) => questionOf(question, first?.id ?? '')),
    values: [],
    texts: {},
  };
}

const thanks = (route: string) => ({ title: `thanks.${route}.title`, text: `thanks.${route}.text` });

function questionOf(question: Question, routing: string): DefinitionQuestion {
  const { id, text, type, ends, options = [], multiple, showWhen } = question;
  const any = {
    id,
    text,
    required: question.required || id === routing,
    rules: [],
    ...(showWhen && {
      showWhen: { if: 'answer' as const, question: routing, op: 'route' as const, value: showWhen },
    }),
  };
  if (type === 'text') return { type: 'long_text', ...any, maxLength: MAX_LONG_TEXT };
  if (type === 'choice') {
    const offered = options.map((option) => ({ id: option.value, text: option.text }));
    return { type: multiple ? 'multiple_choice' : 'choice', ...any, options: offered };
  }
  const metric = onScale(question.metric, type);
  if (type === 'nps') return { type, ...any, ends, metric: metric ?? 'nps' };
  return { type, ...any, ends, metric };
}

const onScale = (metric: Metric | undefined, scale: Scale) =>
  metric && SCALE_OF_METRIC[metric] === scale ? metric : undefined;

export const PRESET_DEFINITIONS: Record<SurveyKind, Definition> = {
  post_purchase: definitionOf(SURVEY_PRESETS.post_purchase),
  delivery: definitionOf(SURVEY_PRESETS.delivery),
  usage: definitionOf(SURVEY_PRESETS.usage),
  relationship: definitionOf(SURVEY_PRESETS.relationship),
};
