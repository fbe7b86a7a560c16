/** Surveys to start from, beyond the four that are asked by default: what shops most often want to know. */
import type { SurveyKind } from './contract.ts';
import type { Definition } from './definition.ts';
import { PRESETS } from './presets.ts';
import type { DefinitionQuestion } from './question-types.ts';
import { MAX_SHORT_TEXT } from './question-types.ts';
import type { TextId } from './texts.ts';

export interface LibrarySurvey {
  id: string;
  /** What a merchant learns from it, in a sentence. */
  about: string;
  definition: Definition;
}

const any = { required: false, rules: [] };

const choice = (
  id: string,
  text: TextId,
  options: readonly TextId[],
  withOther = false,
): DefinitionQuestion => ({
  ...any,
  type: 'choice',
  id,
  text,
  options: options.map((option) => ({ id: option.split('.')[1] ?? option, text: option })),
  ...(withOther && { other: { text: 'choice.other' satisfies TextId } }),
});

const words = (id: string, text: TextId): DefinitionQuestion => ({
  ...any,
  type: 'short_text',
  id,
  text,
  maxLength: MAX_SHORT_TEXT,
});

const csat = (id: string, text: TextId, least: TextId, most: TextId): DefinitionQuestion => ({
  ...any,
  type: 'csat',
  id,
  text,
  ends: { least, most },
});

/** Asked once in a lifetime: how somebody found the shop does not change. */
const source: DefinitionQuestion = {
  ...choice(
    'source',
    'post_purchase.source',
    ['source.search', 'source.social', 'source.friend', 'source.advert', 'source.creator', 'source.press'],
    true,
  ),
  profileKey: 'source',
} as DefinitionQuestion;

/** The preset of a kind with `questions` after its rating, the comments last. */
function extended(kind: SurveyKind, name: string, questions: DefinitionQuestion[]): Definition {
  const [rating, ...rest] = PRESETS[kind].questions;
  return { ...PRESETS[kind], name, questions: [...(rating ? [rating] : []), ...questions, ...rest] };
}

export const PRESET_LIBRARY: readonly LibrarySurvey[] = [
  {
    id: 'attribution',
    about: 'Where your customers come from, in their own words, and what almost kept them from buying.',
    definition: {
      ...PRESETS.post_purchase,
      name: 'How did you hear about us?',
      needsRating: false,
      questions: [source, words('hesitation', 'post_purchase.hesitation')],
    },
  },
  {
    id: 'unboxing',
    about: 'Whether unpacking is the pleasure it should be, beside the delivery itself.',
    definition: extended('delivery', 'Delivery and unboxing', [
      csat('unboxing', 'delivery.unboxing', 'csat.least', 'csat.most'),
    ]),
  },
  {
    id: 'expectation',
    about: 'Whether products keep what their pages promise.',
    definition: extended('usage', 'Product against expectation', [
      choice('expectation', 'usage.expectation', [
        'expectation.worse',
        'expectation.as_expected',
        'expectation.better',
      ]),
    ]),
  },
  {
    id: 'needs',
    about: 'How much customers trust you, what they miss, and where else they buy.',
    definition: extended('relationship', 'Trust and unmet needs', [
      csat('trust', 'relationship.trust', 'trust.least', 'trust.most'),
      words('unmet', 'relationship.unmet'),
      words('competitor', 'relationship.competitor'),
    ]),
  },
];
