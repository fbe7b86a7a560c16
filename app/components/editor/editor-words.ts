/** What the survey editor calls things. */
import type { AnswerOperator } from '../../domain/surveys/answer-tests.ts';
import { HEALTH_BANDS, TIERS } from '../../domain/surveys/conditions.ts';
import type { Metric, QuestionType } from '../../domain/surveys/contract.ts';
import { bandLabel, tierLabel } from '../words.ts';
import type { FACT_OPERATORS, FactOperator } from './edit-conditions.ts';

export const TYPE_LABELS: Record<QuestionType, string> = {
  nps: 'Recommendation, 0 to 10 (NPS)',
  csat: 'Satisfaction, 1 to 5 (CSAT)',
  ces: 'Effort, 1 to 7 (CES)',
  stars: 'Stars, 1 to 5',
  smileys: 'Smileys, 1 to 5',
  line_rating: 'Rating of each item bought',
  choice: 'One choice',
  multiple_choice: 'Several choices',
  ranking: 'Ranking',
  short_text: 'Short text',
  long_text: 'Long text',
  consent: 'Consent',
  contact: 'Contact details',
  image_upload: 'Pictures',
  voice_note: 'Voice note',
};

export const METRIC_LABELS: Record<Metric, string> = {
  nps: 'NPS',
  csat_product: 'Product CSAT',
  csat_delivery: 'Delivery CSAT',
  csat_purchase: 'Purchase CSAT',
  csat_support: 'Support CSAT',
  confidence_purchase: 'Confidence',
  ces_support: 'Support effort',
  ces_return: 'Return effort',
  csat_website: 'Website CSAT',
  csat_store: 'Store CSAT',
};

const ANSWER_OPERATORS: Record<AnswerOperator, string> = {
  answered: 'was answered',
  not_answered: 'was not answered',
  is: 'is',
  is_not: 'is not',
  one_of: 'is one of',
  contains: 'contains',
  at_least: 'is at least',
  at_most: 'is at most',
  between: 'is between',
  route: 'is rated',
};
const OPERATORS_OF_TYPE: Partial<Record<QuestionType, Partial<Record<AnswerOperator, string>>>> = {
  multiple_choice: { contains: 'includes', one_of: 'includes one of' },
  ranking: {
    is: 'has in first place',
    is_not: 'does not have in first place',
    one_of: 'has one of these in first place',
    contains: 'ranks',
  },
};

export const operatorLabel = (op: AnswerOperator, type: QuestionType): string =>
  OPERATORS_OF_TYPE[type]?.[op] ?? ANSWER_OPERATORS[op];

export const factOperatorLabel = (op: FactOperator, fact: string): string => {
  if (fact !== 'product_ids' && fact !== 'collection_ids') return ANSWER_OPERATORS[op];
  return op === 'contains' ? 'include' : 'include one of';
};

export const FACT_LABELS: Record<keyof typeof FACT_OPERATORS, string> = {
  order_count: 'Number of orders',
  first_order: 'First order',
  order_value_minor: 'Order value',
  days_late: 'Days late',
  refunded: 'Refunded',
  product_ids: 'Products in the order',
  collection_ids: 'Collections of the products',
  tier: 'Loyalty tier',
  health_band: 'Health band',
  country: 'Country',
  locale: 'Language',
};

export const ROUTE_OPTIONS = [
  { value: 'low', label: 'Low' },
  { value: 'middle', label: 'Middle' },
  { value: 'high', label: 'High' },
];
export const TIER_OPTIONS = TIERS.map((value) => ({ value: value as string, label: tierLabel(value) }));
export const BAND_OPTIONS = HEALTH_BANDS.map((value) => ({
  value: value as string,
  label: bandLabel(value),
}));
export const YES_NO = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

const names = new Intl.DisplayNames('en', { type: 'language' });

/** "German"; a tag that nobody knows as it stands. */
export const languageName = (tag: string): string => names.of(tag) ?? tag;
