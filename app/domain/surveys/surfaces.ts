/** Which question each surface shows by itself; what it cannot show leads to the hosted page (domain.md section 2). */
import type { QuestionType } from './contract.ts';

export const SURFACES = [
  'theme',
  'checkout',
  'order_status',
  'customer_account',
  'email',
  'hosted',
  'kiosk',
] as const;
export type Surface = (typeof SURFACES)[number];

/**
 * `first`: only where nothing was asked before it, since one tap leaves the surface. `linked`: on the hosted page; which
 * surface leads there, `leadsOn` says, and on the others the question is left out.
 */
export type Placement = 'native' | 'first' | 'linked';

type Row = Record<Surface, Placement>;

const EVERYWHERE: Row = {
  theme: 'native',
  checkout: 'native',
  order_status: 'native',
  customer_account: 'native',
  email: 'linked',
  hosted: 'native',
  kiosk: 'native',
};
/** A mail can show what one tap answers. */
const ONE_TAP: Row = { ...EVERYWHERE, email: 'first' };
/** UI extensions know neither files nor the microphone, and what a person would send is on their own phone, not in a kiosk. */
const FILES: Row = {
  ...EVERYWHERE,
  checkout: 'linked',
  order_status: 'linked',
  customer_account: 'linked',
  kiosk: 'linked',
};

/**
 * A mail's links are its person's, and in an account the token says who is there. At checkout nothing proves whose order it
 * is, so that nobody could be led to a page about it, and a kiosk is not the shopper's own.
 */
const LEADING_ON: ReadonlySet<Surface> = new Set(['email', 'customer_account']);

export const SURFACE_MATRIX: Readonly<Record<QuestionType, Row>> = {
  nps: ONE_TAP,
  csat: ONE_TAP,
  ces: ONE_TAP,
  stars: ONE_TAP,
  smileys: ONE_TAP,
  choice: ONE_TAP,
  multiple_choice: EVERYWHERE,
  // A kiosk knows no order, and so no lines of one.
  line_rating: { ...EVERYWHERE, kiosk: 'linked' },
  short_text: EVERYWHERE,
  long_text: EVERYWHERE,
  consent: EVERYWHERE,
  contact: EVERYWHERE,
  ranking: EVERYWHERE,
  image_upload: FILES,
  voice_note: FILES,
};

/** By the name under which answers are stored. */
const SURFACE_OF_ANSWERS: Record<string, Surface> = {
  hosted_page: 'hosted',
  storefront: 'theme',
  checkout: 'checkout',
  customer_account: 'customer_account',
  kiosk: 'kiosk',
};

/** Whether a question of this type is shown where an answer came from (as it is stored); of an unknown place it is assumed. */
export function showsItself(type: QuestionType, storedSurface: string): boolean {
  const surface = SURFACE_OF_ANSWERS[storedSurface];
  return !surface || SURFACE_MATRIX[type][surface] === 'native';
}

export interface SurfacePlan {
  /** Ids in the order of the questions. */
  native: string[];
  linked: string[];
  /** No required question is linked: the survey can be completed where it is. */
  completesHere: boolean;
  /** The surface leads to the page that asks what is linked. */
  leadsOn: boolean;
}

/**
 * Which of these questions, a definition's or those that are left for one person, a surface shows by itself.
 */
export function planSurface(
  questions: readonly { id: string; type: QuestionType; required: boolean }[],
  surface: Surface,
): SurfacePlan {
  const placed = questions.map((question, index) => {
    const placement = SURFACE_MATRIX[question.type][surface];
    const isNative = placement === 'native' || (placement === 'first' && index === 0);
    return { ...question, isNative };
  });
  const ids = (wanted: boolean) => placed.filter(({ isNative }) => isNative === wanted).map(({ id }) => id);
  return {
    native: ids(true),
    linked: ids(false),
    completesHere: placed.every(({ isNative, required }) => isNative || !required),
    leadsOn: LEADING_ON.has(surface),
  };
}
