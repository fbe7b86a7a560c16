import type { ReasonFact } from '../../../domain/scoring/reasons.ts';
import type { CaseRow } from './case-views.ts';

/**
 * What the admin pages show: plain values that survive JSON. Times are ISO text in UTC
 * (the page puts them into the shop's time zone), money is integer minor units of the
 * shop's currency, scores are 0-100 with one decimal.
 */

export interface ShopView {
  id: string;
  domain: string;
  /** unknown | installed | uninstalled */
  status: string;
  name: string;
  currency: string;
  timeZone: string;
  /** As stored; read it through the settings schema. */
  settings: unknown;
  /** Business time of this read. */
  now: string;
}

export interface PersonView {
  id: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
}

/** How often each rating of one metric was given for one survey kind. */
export interface RatingCount {
  kind: string;
  metric: string;
  rating: number;
  count: number;
}

export interface BandCount {
  /** null: too little is known for a band. */
  band: string | null;
  customers: number;
  valueAtRiskMinor: number;
}

export interface QuoteView {
  responseId: string;
  customerId: string | null;
  firstName: string | null;
  kind: string;
  /** null: the answer has no rating. */
  metric: string | null;
  rating: number | null;
  comment: string;
  /** Anonymous or under a pseudonym: of its time only the month (UTC) is told. */
  unnamed: boolean;
  answeredAt: string;
}

export interface QueueTrouble {
  failedEvents: number;
  failedActions: number;
  unknownMessages: number;
  /** Rows that have waited more than 5 minutes of machine time for a worker. */
  waiting: number;
}

export interface SetupFacts {
  hasOrder: boolean;
  hasMailed: boolean;
  hasAnswer: boolean;
  hasCheckoutAnswer: boolean;
  hasThemeAnswer: boolean;
}

export interface OverviewView {
  /** First instant that the rates below look at (90 days back). */
  since: string;
  bands: BandCount[];
  ratings: RatingCount[];
  /** Surveys sent by e-mail, and how many of them were answered. */
  mailed: number;
  answered: number;
  openCases: { open: number; overdue: number; unowned: number };
  nextCases: CaseRow[];
  /** Flagged customers whom no open case covers. */
  uncovered: { customers: number; valueAtRiskMinor: number };
  quotes: QuoteView[];
  trouble: QueueTrouble;
  setup: SetupFacts;
}

export interface CustomerRow extends PersonView {
  health: number | null;
  /** Health about 30 days before, when it was known then. */
  healthBefore: number | null;
  healthCoverage: number;
  band: string | null;
  /** Likely not to order again, by the shop's model. */
  highRisk: boolean;
  tier: string;
  mainReason: string | null;
  /** null: not known, with neither a health band nor a predicted value. */
  valueAtRiskMinor: number | null;
  lastOrderAt: string | null;
  orderCount: number;
  openCase: { id: string; number: number; status: string; ownerName: string | null } | null;
}

export interface Page<Row> {
  rows: Row[];
  /** Cursors for the neighbouring pages; null where there is none. */
  before: string | null;
  after: string | null;
}

export interface ReasonOption {
  key: string;
  label: string;
  customers: number;
}

export interface ReasonView {
  key: string;
  label: string;
  value: number;
  /** Signed points against the neutral 50; 50 + their sum = health before rounding. */
  contribution: number;
  /** What the value was made of; absent where the value says it all, and in scores of before. */
  fact?: ReasonFact | VisitFact;
}

/** The last visit to the store, ISO text in UTC. */
export interface VisitFact {
  kind: 'visit';
  lastSeenAt: string;
}

/** What a customer looked at in the store, as the pixel saw it with their consent. */
export interface StoreVisits {
  /** Exact to an hour. */
  lastSeenAt: string;
  /** Of the last 30 days. */
  days: number;
  productViews: number;
  helpViews: number;
}

export interface CustomerProfile extends PersonView {
  shopifyId: string | null;
  phone: string | null;
  countryCode: string | null;
  emailConsent: string | null;
  emailConsentAt: string | null;
  unsubscribedAt: string | null;
  /** Since when the customer wants no more surveys. */
  surveysOffAt: string | null;
  redactedAt: string | null;
  firstOrderAt: string | null;
  lastOrderAt: string | null;
  orderCount: number;
  revenueYearMinor: number;
  tier: string;
  tierSince: string | null;
  csi: number | null;
  csiCoverage: number;
  segment: string | null;
  health: number | null;
  healthCoverage: number;
  band: string | null;
  flagged: boolean;
  /** Of not ordering again, by the shop's model of orders. */
  highRisk: boolean;
  reasons: ReasonView[];
  mainReason: string | null;
  scoredAt: string | null;
  scoreVersion: string | null;
  /** Something happened that is not in the score yet. */
  scoreStale: boolean;
  valueAtRiskMinor: number;
  /** null: no visit was ever seen. */
  visits: StoreVisits | null;
  points: { pending: number; approved: number };
  referralCode: string | null;
  openCases: { id: string; number: number; status: string }[];
  /** Oldest first. */
  history: { at: string; health: number | null; csi: number | null; band: string | null }[];
}

export type TimelineKind =
  'order' | 'shipping' | 'refund' | 'survey' | 'answer' | 'action' | 'points' | 'case' | 'score';

/** One line of a customer's story; the words for it are made by the page. */
export interface TimelineEntry {
  id: string;
  kind: TimelineKind;
  at: string;
  /** What happened, e.g. 'order_placed', 'delivered', 'survey_suppressed'. */
  what: string;
  /** Name of the order it is about, if any. */
  orderName: string | null;
  amountMinor?: number;
  points?: number;
  bucket?: string;
  /** Survey or action kind, case title, tracking company: whatever `what` calls for. */
  subject?: string | null;
  status?: string | null;
  reason?: string | null;
  assumed?: boolean;
  rating?: number;
  metric?: string;
  comment?: string | null;
  lines?: string[];
  caseId?: string;
  actionId?: string;
  health?: number | null;
  healthBefore?: number | null;
  band?: string | null;
  bandBefore?: string | null;
  /** The version of the rules that made this score, where the one before was made by others. */
  newRule?: string;
}

export interface SurveyFunnel {
  kind: string;
  scheduled: number;
  /** Suppressed, by reason code. */
  suppressed: { reason: string; count: number }[];
  deferred: number;
  /** By e-mail. */
  sent: number;
  /** On a page of the order, from its first moment on, whether or not anybody saw it. */
  offered: number;
  /** Of those sent and offered. */
  answered: number;
  lastAnswerAt: string | null;
}

export interface EventRow {
  id: string;
  source: string;
  topic: string;
  receivedAt: string;
  attempts: number;
  reason: string | null;
  error: string | null;
}

export interface ActionRow {
  id: string;
  kind: string;
  status: string;
  createdAt: string;
  attempts: number;
  reason: string | null;
  error: string | null;
  customer: PersonView | null;
}

/** What Shopify passed on under data protection law, newest first. */
export interface PrivacyRequestRow {
  id: string;
  /** data_request | customer_redact | shop_redact */
  kind: string;
  /** open | done */
  status: string;
  requestedAt: string;
  /** By when the person has to have their answer; null for what the app does by itself. */
  dueAt: string | null;
  doneAt: string | null;
  /** null: nothing is stored about the person (any more). */
  customer: PersonView | null;
}

/** The web pixel. */
export interface PixelView {
  on: boolean;
  /** Why it is off, or why its last change has not reached Shopify; the rest of a sentence. */
  problem: string | null;
  /** Customers who were seen in the last 30 days. */
  customers: number;
}

export interface SystemView {
  trouble: QueueTrouble;
  eventsByStatus: { status: string; count: number }[];
  actionsByStatus: { status: string; count: number }[];
  staleScores: number;
  failedEvents: EventRow[];
  stuckActions: ActionRow[];
  ignored: { topic: string; reason: string; count: number }[];
  staff: { userId: string; name: string; lastSeenAt: string }[];
  visits: PixelView;
  budget: { period: string; limitMinor: number; usedMinor: number } | null;
}
