import type { FieldError, SubmitOutcome, SurveyView } from '../../../app/domain/surveys/contract.ts';

/** Inlined when the extension is built; never a secret. */
declare const process: { env: { APP_URL?: string } };

/** What the page around the extension provides. */
export interface Host {
  page: 'thank_you' | 'order_status';
  /** gid of Order or OrderIdentity; null where the page has none. */
  orderId: string | null;
  locale: string;
  heading: string;
  /** True in the checkout editor, where there is no real order. */
  preview: boolean;
  token(): Promise<string>;
  say(key: string, values?: Record<string, string>): string;
}

/** A page must not wait for us: after this the survey is left out. */
const TIMEOUT_MS = 8_000;

/** The number in a gid such as gid://shopify/OrderIdentity/123, the same for Order and OrderIdentity. */
export function orderNumber(gid: string | null): string | null {
  return /(\d+)$/.exec(gid ?? '')?.[1] ?? null;
}

/** The survey for the order on this page; null when there is none or anything went wrong. */
export async function loadSurvey(host: Host): Promise<SurveyView | null> {
  const order = orderNumber(host.orderId);
  if (!order) return null;
  const query = `page=${host.page}&order=${order}&locale=${encodeURIComponent(host.locale)}`;
  const answer = await call<{ survey?: SurveyView | null }>(host, `?${query}`, { method: 'GET' });
  return answer?.survey ?? null;
}

/** null: nothing came back. */
export function sendAnswers(
  host: Host,
  survey: SurveyView,
  answers: Record<string, string | string[]>,
): Promise<SubmitOutcome | null> {
  const body = JSON.stringify({
    kind: survey.kind,
    order: orderNumber(host.orderId),
    locale: survey.locale,
    answers,
  });
  return call<SubmitOutcome>(host, '', { method: 'POST', body });
}

export function errorOf(errors: FieldError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.message;
}

async function call<Answer>(
  host: Host,
  query: string,
  request: { method: string; body?: string },
): Promise<Answer | null> {
  const base = process.env.APP_URL;
  if (!base) return null;
  const answer = async () => {
    const headers: Record<string, string> = { Authorization: `Bearer ${await host.token()}` };
    if (request.body) headers['Content-Type'] = 'application/json';
    const response = await fetch(`${base.replace(/\/$/, '')}/api/checkout/survey${query}`, {
      ...request,
      headers,
    });
    return (await response.json()) as Answer;
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), TIMEOUT_MS);
  });
  return Promise.race([answer().catch(() => null), late]).finally(() => clearTimeout(timer));
}
