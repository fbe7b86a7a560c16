/** Kinds of customers: how often they buy, and how they judge what they get. */
export interface Persona {
  people: number;
  /** Shortest and longest time between two orders, while they still come. */
  gapDays: readonly [number, number];
  /** Share of orders after which they never come again. */
  leaves: number;
  /** When the first order falls, as a share of the period. */
  firstDay: readonly [number, number];
  guestShare: number;
  /** Share of orders with a discount code. */
  discountShare: number;
  /** Share of orders that arrive late. */
  lateShare: number;
  /** Adds to every rating, in points of five. */
  mood: number;
  /** Share of survey mails that are answered. */
  answers: number;
  /** Share of orders judged on the thank-you page. */
  thankYou: number;
}

const usual = {
  guestShare: 0,
  discountShare: 0.08,
  lateShare: 0.06,
  mood: 0,
  answers: 0.3,
  thankYou: 0.09,
} as const;

export type PersonaName = keyof typeof PERSONAS;

export const PERSONAS = {
  /** Espresso every week: reaches the VIP tier within the period. */
  vip: {
    ...usual,
    people: 7,
    gapDays: [5, 7],
    leaves: 0.01,
    firstDay: [0, 0.05],
    mood: 0.5,
    answers: 0.6,
    thankYou: 0.1,
  },
  /** A bag a month, with steady gaps. */
  loyal: {
    ...usual,
    people: 60,
    gapDays: [18, 28],
    leaves: 0.04,
    firstDay: [0, 1],
    mood: 0.35,
    answers: 0.42,
  },
  steady: { ...usual, people: 84, gapDays: [25, 50], leaves: 0.12, firstDay: [0, 1] },
  /** Come often for a while, and are gone. */
  drifting: {
    ...usual,
    people: 32,
    gapDays: [7, 12],
    leaves: 0.4,
    firstDay: [0, 1],
    lateShare: 0.2,
    mood: -0.5,
    answers: 0.32,
  },
  hunter: {
    ...usual,
    people: 28,
    gapDays: [12, 35],
    leaves: 0.3,
    firstDay: [0, 1],
    discountShare: 0.95,
    mood: -0.1,
    answers: 0.22,
  },
  /** Something goes wrong for them, and they say so. */
  unhappy: {
    ...usual,
    people: 22,
    gapDays: [8, 20],
    leaves: 0.75,
    firstDay: [0, 1],
    lateShare: 0.75,
    mood: -1.3,
    answers: 0.6,
    thankYou: 0.05,
  },
  oneTimer: {
    ...usual,
    people: 193,
    gapDays: [25, 70],
    leaves: 0.85,
    firstDay: [0, 1],
    guestShare: 0.06,
    answers: 0.24,
  },
} as const satisfies Record<string, Persona>;
