/** The four survey presets of domain.md section 2: one rating, one short optional comment, worded by where the rating leads. */
import type { Metric, Question, Scale, SurveyDefinition, SurveyKind } from './contract.ts';
import { ROUTES } from './contract.ts';
import type { TextId } from './texts.ts';

const ENDS: Record<'csat' | 'nps' | 'confidence', { least: TextId; most: TextId }> = {
  csat: { least: 'csat.least', most: 'csat.most' },
  nps: { least: 'nps.least', most: 'nps.most' },
  confidence: { least: 'confidence.least', most: 'confidence.most' },
};

function rating(kind: SurveyKind, scale: Scale & keyof typeof ENDS, metric: Metric): Question {
  const text: TextId = `${kind}.rating`;
  return { id: 'rating', type: scale, required: true, text, metric, ends: ENDS[scale] };
}

/** One comment per route; of the three a shopper sees one. */
function comments(kind: SurveyKind): Question[] {
  return ROUTES.map((route) => {
    const text: TextId = `${kind}.${route}`;
    return { id: `comment_${route}`, type: 'text', required: false, text, showWhen: route };
  });
}

function preset(kind: SurveyKind, questions: Question[]): SurveyDefinition {
  const title: TextId = `${kind}.title`;
  const intro: TextId = `${kind}.intro`;
  return { kind, version: 1, title, intro, questions: [...questions, ...comments(kind)] };
}

const confidence: Question = {
  id: 'confidence',
  type: 'csat',
  required: false,
  text: 'post_purchase.confidence' satisfies TextId,
  metric: 'confidence_purchase',
  ends: ENDS.confidence,
};

/** Presets by kind. Changing one means a new version: answers refer to the version they were given to. */
export const SURVEY_PRESETS: Record<SurveyKind, SurveyDefinition> = {
  post_purchase: preset('post_purchase', [rating('post_purchase', 'csat', 'csat_purchase'), confidence]),
  delivery: preset('delivery', [rating('delivery', 'csat', 'csat_delivery')]),
  usage: preset('usage', [rating('usage', 'csat', 'csat_product')]),
  relationship: preset('relationship', [rating('relationship', 'nps', 'nps')]),
};
