import { metricOf } from '#app/domain/surveys/main-metric.ts';
import { routeOf, SCALE_OF_METRIC } from '#app/domain/surveys/routing.ts';
import type { AnswerEvent, PlannedAnswer } from './script.ts';

/** Shoppers use browsers; a client that looks like a bot is turned away by the framework. */
export const BROWSER =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
const ATTEMPTS = 4;
const RETRY_MS = 250;

export interface AnswerPlaces {
  appUrl: string;
  devStoreUrl: string;
  fetch?: typeof fetch;
}

type Fields = Record<string, string | number>;

/** The answer as the survey's own fields: the comment stands under the question of its route. */
export function answerFields(survey: AnswerEvent['survey'], answer: PlannedAnswer): Fields {
  const fields: Fields = { rating: answer.rating };
  if (answer.confidence !== undefined && survey === 'post_purchase') fields['confidence'] = answer.confidence;
  const metric = metricOf(survey);
  const route = routeOf(metric ? SCALE_OF_METRIC[metric] : 'csat', answer.rating);
  if (answer.comment) fields[`comment_${route}`] = answer.comment;
  return fields;
}

/**
 * Gives scripted answers through the doors that shoppers use: the storefront's app proxy
 * (page with its token, then POST), the thank-you page's endpoint (bearer token of the
 * checkout), the hosted page behind a mailed link (GET, then the form's POST).
 * @returns a function that gives one answer and says which door it took; it throws with a
 * sentence when the app refuses
 */
export function createAnswerer(
  places: AnswerPlaces,
): (event: AnswerEvent) => Promise<AnswerEvent['door']['kind']> {
  const { appUrl, devStoreUrl } = places;
  const send = places.fetch ?? fetch;

  /** Another try where the app is busy or away; its last word is returned. */
  async function ask(url: string, init: RequestInit): Promise<{ status: number; text: string }> {
    for (let attempt = 1; ; attempt += 1) {
      const got = await send(url, { redirect: 'manual', ...init }).then(
        async (response) => ({ status: response.status, text: await response.text() }),
        (error: unknown) => ({ status: 0, text: String(error) }),
      );
      const again = got.status === 0 || got.status >= 500;
      if (!again || attempt === ATTEMPTS) return got;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS * attempt));
    }
  }

  async function askJson(url: string, init: RequestInit, what: string): Promise<Record<string, unknown>> {
    const { status, text } = await ask(url, init);
    if (status !== 200) throw new Error(`${what} was answered with status ${status}: ${text.slice(0, 200)}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  async function onStorefront(event: AnswerEvent, customerId: string): Promise<void> {
    const { orderId, survey: kind } = event;
    const url = `${devStoreUrl}/apps/aftercare/survey`;
    const headers = {
      Cookie: `dev_store_customer=${customerId}`,
      'User-Agent': BROWSER,
      Accept: 'application/json',
    };
    const page = await askJson(
      `${url}?kind=${kind}&order=${orderId}`,
      { headers },
      `The ${kind} survey page of order ${orderId}`,
    );
    if (!page['survey']) {
      throw new Error(
        `The storefront offers no ${kind} survey for order ${orderId}: ${String(page['reason'])}.`,
      );
    }
    const body = {
      kind,
      order: orderId,
      pageToken: page['pageToken'],
      edition: (page['survey'] as { edition?: string }).edition,
      answers: answerFields(kind, event.answer),
    };
    await askJson(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      },
      `The ${kind} answer of order ${orderId} on the storefront`,
    );
  }

  async function onThankYouPage(event: AnswerEvent, customerId: string | null): Promise<void> {
    const { orderId, survey: kind } = event;
    const session = await askJson(
      `${devStoreUrl}/control/checkout-token${customerId === null ? '' : `?customer=${customerId}`}`,
      {},
      'The checkout token',
    );
    const url = `${appUrl}/api/checkout/survey`;
    const headers = {
      Authorization: `Bearer ${String(session['token'])}`,
      'User-Agent': BROWSER,
      Accept: 'application/json',
    };
    const page = await askJson(
      `${url}?page=thank_you&order=${orderId}`,
      { headers },
      `The thank-you survey of order ${orderId}`,
    );
    if (!page['survey']) {
      throw new Error(`The thank-you page of order ${orderId} shows no survey: ${String(page['reason'])}.`);
    }
    const body = { kind, order: orderId, answers: answerFields(kind, event.answer) };
    await askJson(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      },
      `The thank-you answer of order ${orderId}`,
    );
  }

  async function behindLink(event: AnswerEvent, link: string): Promise<void> {
    const { orderId, survey: kind } = event;
    const headers = { 'User-Agent': BROWSER, Accept: 'text/html' };
    const page = await ask(link, { headers });
    if (page.status !== 200)
      throw new Error(`The ${kind} survey link of order ${orderId} opened with status ${page.status}.`);
    const form = new URLSearchParams(
      Object.entries(answerFields(kind, event.answer)).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
    );
    const posted = await ask(link, {
      method: 'POST',
      headers: {
        ...headers,
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: new URL(link).origin,
      },
      body: form.toString(),
    });
    if (posted.status !== 200) {
      throw new Error(`The ${kind} answer of order ${orderId} behind its link got status ${posted.status}.`);
    }
  }

  async function linkOf(door: { email: string; actionId: string }): Promise<string | null> {
    const { status, text } = await ask(
      `${devStoreUrl}/mailbox.json?limit=200&to=${encodeURIComponent(door.email)}`,
      {},
    );
    if (status !== 200) throw new Error(`The mailbox answered with status ${status}.`);
    const mails = JSON.parse(text) as { actionId: string | null; links: string[] }[];
    const mail = mails.find((one) => one.actionId === door.actionId);
    return mail?.links.find(isSurveyPage) ?? null;
  }

  return async (event) => {
    const { door } = event;
    if (door.kind === 'storefront') await onStorefront(event, door.customerId);
    if (door.kind === 'thank_you') await onThankYouPage(event, door.customerId);
    if (door.kind !== 'mail') return door.kind;
    const link = await linkOf(door);
    if (link) {
      await behindLink(event, link);
      return 'mail';
    }
    // The worker died around the send: nobody knows whether the mail went out, and it did not.
    if (door.customerId === null)
      throw new Error(`No mail with a survey link reached the guest of order ${event.orderId}.`);
    await onStorefront(event, door.customerId);
    return 'storefront';
  };
}

/** Whether a mail's link leads to a survey's page; those with a value chosen lead to the same one. */
export function isSurveyPage(link: string): boolean {
  const { pathname, search } = new URL(link);
  return pathname.startsWith('/s/') && search === '';
}
