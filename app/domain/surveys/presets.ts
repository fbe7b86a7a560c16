/**
 * The survey presets of domain.md section 2 as definitions that a merchant can go on editing: one rating, one short
 * optional comment, worded by where the rating leads.
 */
import { LOCALES } from '../core/locales.ts';
import type { Metric, Route, SurveyKind } from './contract.ts';
import { isVisitKind, ROUTES } from './contract.ts';
import type { Definition } from './definition.ts';
import type { DefinitionQuestion } from './question-types.ts';
import { MAX_LONG_TEXT } from './question-types.ts';
import type { TextId } from './texts.ts';

const NAMES: Record<SurveyKind, string> = {
  post_purchase: 'After the purchase',
  delivery: 'After the delivery',
  usage: 'Product in use',
  relationship: 'Relationship',
  support: 'After support',
  return: 'After a return',
  milestone: 'Loyalty milestone',
  website: 'Website',
  storefront: 'In the store',
};

const ends = (least: TextId, most: TextId) => ({ least, most });
const satisfaction = ends('csat.least', 'csat.most');

/** The rating that routes. */
function csat(kind: SurveyKind, metric: Metric): DefinitionQuestion {
  const text: TextId = `${kind}.rating`;
  return { id: 'rating', type: 'csat', text, required: true, rules: [], ends: satisfaction, metric };
}

function nps(kind: 'relationship' | 'milestone'): DefinitionQuestion {
  const text: TextId = `${kind}.rating`;
  return {
    ...{ id: 'rating', type: 'nps', text, required: true, rules: [], metric: 'nps' },
    ends: ends('nps.least', 'nps.most'),
  };
}

function effort(id: string, text: TextId, required: boolean, metric: Metric): DefinitionQuestion {
  return { id, type: 'ces', text, required, rules: [], ends: ends('ces.least', 'ces.most'), metric };
}

function oneOf(id: string, text: TextId, options: Record<string, TextId>): DefinitionQuestion {
  return {
    ...{ id, type: 'choice', text, required: false, rules: [] },
    options: Object.entries(options).map(([option, words]) => ({ id: option, text: words })),
  };
}

const confidence: DefinitionQuestion = {
  id: 'confidence',
  type: 'csat',
  text: 'post_purchase.confidence' satisfies TextId,
  required: false,
  rules: [],
  ends: ends('confidence.least', 'confidence.most'),
  metric: 'confidence_purchase',
};

/** Of the three a shopper sees one. */
function comment(kind: SurveyKind, route: Route): DefinitionQuestion {
  const text: TextId = `${kind}.${route}`;
  return {
    id: `comment_${route}`,
    type: 'long_text',
    text,
    required: false,
    rules: [],
    maxLength: MAX_LONG_TEXT,
    showWhen: { if: 'answer', question: 'rating', op: 'route', value: route },
  };
}

const thanks = (route: Route) => ({
  title: `thanks.${route}.title` satisfies TextId,
  text: `thanks.${route}.text` satisfies TextId,
});

function preset(kind: SurveyKind, questions: DefinitionQuestion[]): Definition {
  const title: TextId = `${kind}.title`;
  const intro: TextId = `${kind}.intro`;
  return {
    kind,
    name: NAMES[kind],
    version: 1,
    defaultLanguage: 'en',
    languages: [...LOCALES],
    title,
    intro,
    thanks: {
      // Nobody calls back a visitor of whom nothing is known.
      low: isVisitKind(kind) ? { ...thanks('low'), text: thanks('middle').text } : thanks('low'),
      middle: thanks('middle'),
      high: thanks('high'),
    },
    identity: 'identified',
    needsRating: true,
    questions: [...questions, ...ROUTES.map((route) => comment(kind, route))],
    values: [],
    texts: {},
  };
}

/** Presets by kind. Changing one means a new version: answers refer to the version they were given to. */
export const PRESETS: Record<SurveyKind, Definition> = {
  post_purchase: preset('post_purchase', [csat('post_purchase', 'csat_purchase'), confidence]),
  delivery: preset('delivery', [csat('delivery', 'csat_delivery')]),
  usage: preset('usage', [csat('usage', 'csat_product')]),
  relationship: preset('relationship', [nps('relationship')]),
  support: preset('support', [
    csat('support', 'csat_support'),
    effort('effort', 'support.effort', false, 'ces_support'),
    oneOf('solved', 'support.solved', { yes: 'support.solved_yes', no: 'support.solved_no' }),
  ]),
  return: preset('return', [
    effort('rating', 'return.rating', true, 'ces_return'),
    oneOf('reason', 'return.reason', {
      size: 'return.reason_size',
      different: 'return.reason_different',
      damaged: 'return.reason_damaged',
      late: 'return.reason_late',
      mind: 'return.reason_mind',
    }),
  ]),
  milestone: preset('milestone', [nps('milestone')]),
  website: preset('website', [csat('website', 'csat_website')]),
  storefront: preset('storefront', [csat('storefront', 'csat_store')]),
};
