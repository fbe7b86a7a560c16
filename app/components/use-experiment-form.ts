import { useState } from 'react';
import type { Dimension } from '../domain/experiments/experiment.ts';
import { daysUntilRead, peoplePerArm } from '../domain/experiments/sample-size.ts';
import type { EditionChoice, KindChoice } from '../services/experiment-choices.ts';
import { canVary } from './experiment-words.ts';
import { plural } from './format.ts';

export interface VariantDraft {
  /** As typed. */
  days: string;
  /** '' = as now. */
  hour: string;
  /** The id of an own survey, 'preset', or '' = none chosen. */
  survey: string;
}

export interface ExperimentDraft {
  name: string;
  dimension: Dimension;
  kind: string;
  /** As typed. */
  points: string;
  variants: VariantDraft[];
}

/** What an experiment is about: its variants hang on it. */
type Subject = Pick<ExperimentDraft, 'dimension' | 'kind'>;

/** What a change of the subject took with it. */
interface LeftOut {
  /** Variants that were filled in and make no sense any more. */
  count: number;
  before: Subject & Pick<ExperimentDraft, 'variants'>;
}

const NO_VARIANT: VariantDraft = { days: '', hour: '', survey: '' };
const EMPTY: ExperimentDraft = {
  ...{ name: '', dimension: 'timing', kind: 'delivery', points: '5', variants: [NO_VARIANT] },
};

/** What is being made; a change of what it is about keeps the variants that still make sense, and the others to go back to. */
export function useExperimentForm(kinds: readonly KindChoice[]) {
  const [draft, setDraft] = useState<ExperimentDraft>(EMPTY);
  const [leftOut, setLeftOut] = useState<LeftOut | null>(null);
  const change = (part: Partial<ExperimentDraft>) => setDraft((before) => ({ ...before, ...part }));
  const choiceOf = (of: string) => kinds.find(({ kind }) => kind === of) ?? null;
  const choice = choiceOf(draft.kind);
  /** What was left out does not come back over variants that were changed since. */
  const setVariants = (variants: VariantDraft[]) => {
    setLeftOut(null);
    change({ variants });
  };
  const goBack = () => {
    setLeftOut(null);
    if (leftOut) change(leftOut.before);
  };
  const turnTo = (to: Subject) => {
    const { dimension, kind, variants } = draft;
    const kept = variants.filter((variant) => stillFits(variant, dimension, to, choiceOf(to.kind)));
    const count = variants.filter((variant) => isFilled(variant) && !kept.includes(variant)).length;
    const otherKindToo = to.dimension !== dimension && to.kind !== kind;
    if (count > 0 || (otherKindToo && !leftOut)) {
      setLeftOut({ count, before: { dimension, kind, variants } });
    }
    change({ ...to, variants: kept.length > 0 ? kept : [NO_VARIANT] });
  };
  return {
    draft,
    choice,
    dirty: draft !== EMPTY,
    /** null: nothing that could be gone back to. */
    leftOut,
    goBack,
    change,
    // Whoever only looked at the other choices finds everything as it was.
    setDimension(dimension: Dimension) {
      if (leftOut?.before.dimension === dimension) goBack();
      else turnTo({ dimension, kind: canVary(dimension, draft.kind) ? draft.kind : 'delivery' });
    },
    setKind(kind: string) {
      const { dimension } = draft;
      if (leftOut?.before.dimension === dimension && leftOut.before.kind === kind) goBack();
      else turnTo({ dimension, kind });
    },
    setVariant: (at: number, part: Partial<VariantDraft>) =>
      setVariants(draft.variants.map((one, index) => (index === at ? { ...one, ...part } : one))),
    addVariant: () => setVariants([...draft.variants, NO_VARIANT]),
    removeVariant: (at: number) => setVariants(draft.variants.filter((_, index) => index !== at)),
    discard() {
      setLeftOut(null);
      setDraft(EMPTY);
    },
    json: () => commandOf(draft, choice),
  };
}
export type ExperimentForm = ReturnType<typeof useExperimentForm>;

const isFilled = ({ days, hour, survey }: VariantDraft) => days !== '' || hour !== '' || survey !== '';

/** Days and hours can be tried on every survey, and what is asked wherever it is offered as well. */
function stillFits(variant: VariantDraft, from: Dimension, to: Subject, choice: KindChoice | null): boolean {
  if (to.dimension === 'timing' || to.dimension === 'channel') return from === to.dimension;
  return variantChoices(choice).some((edition) => valueOf(edition) === variant.survey);
}

/** What a variant may ask: all but what is asked now. */
export const variantChoices = (choice: KindChoice | null): EditionChoice[] => choice?.editions.slice(1) ?? [];

/** As a variant names it. */
export const valueOf = ({ surveyId }: EditionChoice): string => surveyId ?? 'preset';

/** As the service takes it; what is not filled in is left out and named by it. */
export function commandOf(draft: ExperimentDraft, choice: KindChoice | null): string {
  const { name, kind, dimension, points, variants } = draft;
  return JSON.stringify({
    ...{ name, kind, dimension, points: numberOf(points) ?? 0 },
    variants: variants.map((variant) => {
      const days = numberOf(variant.days);
      return {
        name: variantName(dimension, variant, choice),
        ...(dimension === 'timing' && days !== null && { delayDays: days }),
        ...(dimension === 'timing' && variant.hour !== '' && { sendHour: Number(variant.hour) }),
        ...(variant.survey !== '' && { survey: variant.survey }),
      };
    }),
  });
}

/** Called by what is done to its people. */
function variantName(
  dimension: Dimension,
  { days, hour, survey }: VariantDraft,
  choice: KindChoice | null,
): string {
  switch (dimension) {
    case 'timing': {
      const after = `After ${plural(numberOf(days) ?? 0, 'day')}`;
      return hour === '' ? after : `${after}, at ${hour.padStart(2, '0')}:00`;
    }
    case 'channel':
      return 'On your pages only';
    default: {
      const edition = choice?.editions.find((one) => valueOf(one) === survey);
      return edition?.name.slice(0, 60) ?? 'No survey chosen';
    }
  }
}

export function numberOf(text: string): number | null {
  return text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text);
}

export interface PlannedSize {
  perArm: number;
  all: number;
  /** Until the result can be read, at the shop's pace; null: nobody was asked lately. */
  days: number | null;
}

/** How many are to be asked to see a difference of so many points, and how long that takes; null: no such difference. */
export function plannedSize(
  points: number | null,
  arms: number,
  { rate, askedLately }: Pick<KindChoice, 'rate' | 'askedLately'>,
): PlannedSize | null {
  if (points === null || points < 1 || points > 50) return null;
  const perArm = peoplePerArm({ baseRate: rate.rate, effect: points / 100, variants: arms - 1 });
  const all = perArm * arms;
  return { perArm, all, days: daysUntilRead(all, askedLately) };
}
