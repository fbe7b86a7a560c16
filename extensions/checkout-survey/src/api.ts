import type { AnswerValue, SubmitOutcome, SurveyView } from '../../../app/domain/surveys/contract.ts';
import type { StoredFields } from './given.ts';

/** Inlined when the extension is built; never a secret. */
declare const process: { env: { APP_URL?: string } };

/** Where the app answers for a page, and what it is told of the page. */
export interface Door {
  path: string;
  query: Record<string, string>;
}

/** What the page around the extension provides. */
export interface Host {
  /** null where there is nothing to ask about. */
  door: Door | null;
  locale: string;
  heading: string;
  /** True in the checkout editor, where there is no real order. */
  preview: boolean;
  token(): Promise<string>;
  say(key: string, values?: Record<string, string>): string;
}

/** A survey that is open, as its door offers it. */
export interface Offer {
  survey: SurveyView;
  /** The name is empty where the page says which order it is about. */
  order: { id: string; name: string };
  /** Binds an answer to its customer and order, for some hours; at checkout it tells the page from others. */
  pageToken?: string | null;
  /** What earlier steps have stored. */
  given?: StoredFields;
  /** Address of the page that asks what an extension cannot; a checkout has none. */
  continueAt?: string;
  /** They were led to that page before: it may be open beside this one. */
  isContinued?: true;
}

/** What is said to whoever has answered already. */
export type Answered = Pick<Extract<SubmitOutcome, { outcome: 'already_answered' }>, 'thanks'>;

/** What became of answers that were sent; `changed`: the survey that is asked by now has other questions. */
export type SendOutcome = SubmitOutcome | { outcome: 'changed'; offer: Offer } | null;

/** A page must not wait for us: after this the survey is left out. */
const TIMEOUT_MS = 8_000;

/** The number in a gid such as gid://shopify/OrderIdentity/123, the same for Order and OrderIdentity. */
export function orderNumber(gid: string | null): string | null {
  return /(\d+)$/.exec(gid ?? '')?.[1] ?? null;
}

/** The door of the thank-you and the order-status page, which are about one order. */
export function checkoutDoor(page: 'thank_you' | 'order_status', orderGid: string | null): Door | null {
  const order = orderNumber(orderGid);
  return order === null ? null : { path: '/api/checkout/survey', query: { page, order } };
}

/** The door of customer accounts. The app chooses the order. */
export const ACCOUNT_DOOR: Door = { path: '/api/account/survey', query: {} };

/**
 * The survey that is open on this page, or the thanks for an answer that is there; `none` when there is nothing to ask,
 * `failed` when that cannot be said.
 * @param wish of an account: one certain survey
 */
export async function loadOffer(
  host: Host,
  wish: Record<string, string> = {},
): Promise<Offer | Answered | 'none' | 'failed'> {
  if (!host.door) return 'none';
  const query = new URLSearchParams({ ...host.door.query, ...wish, locale: host.locale });
  const answer = await call<Offer | ({ survey?: null } & Partial<Answered>)>(host, `?${query}`, {
    method: 'GET',
  });
  if (answer?.survey) return answer;
  if (answer?.survey !== null) return 'failed';
  return answer.thanks ? { thanks: answer.thanks } : 'none';
}

/** The same survey about the same order, as it is now. */
export const loadAgain = (host: Host, { survey, order }: Offer) =>
  loadOffer(host, { kind: survey.kind, order: order.id });

/**
 * Stores the answers. A step may be followed by more; without `isStep` they are all.
 * @returns null when nothing came back
 */
export async function sendAnswers(
  host: Host,
  offer: Offer,
  answers: Record<string, AnswerValue>,
  isStep: boolean,
): Promise<SendOutcome> {
  const { survey, order } = offer;
  const { kind, locale, edition } = survey;
  const send = () => {
    const about = { kind, order: order.id, locale, edition, pageToken: offer.pageToken ?? undefined };
    const body = JSON.stringify({ ...about, answers, ...(isStep && { step: true }) });
    return call<SubmitOutcome>(host, '', { method: 'POST', body });
  };
  const result = await send();
  if (result?.outcome !== 'expired' || !offer.pageToken) return result;
  // The page was left open for hours. What was answered on it is still good.
  const fresh = await loadAgain(host, offer);
  if (typeof fresh === 'string') return result;
  if ('thanks' in fresh) return { outcome: 'already_answered', message: '', ...fresh };
  if (fresh.survey.edition !== edition) return { outcome: 'changed', offer: fresh };
  offer.pageToken = fresh.pageToken;
  if (offer.continueAt) offer.continueAt = fresh.continueAt;
  return send();
}

async function call<Answer>(
  host: Host,
  query: string,
  request: { method: string; body?: string },
): Promise<Answer | null> {
  const base = process.env.APP_URL;
  if (!base || !host.door) return null;
  const address = `${base.replace(/\/$/, '')}${host.door.path}${query}`;
  const answer = async () => {
    const headers: Record<string, string> = { Authorization: `Bearer ${await host.token()}` };
    if (request.body) headers['Content-Type'] = 'application/json';
    const response = await fetch(address, { ...request, headers });
    return (await response.json()) as Answer;
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), TIMEOUT_MS);
  });
  return Promise.race([answer().catch(() => null), late]).finally(() => clearTimeout(timer));
}
