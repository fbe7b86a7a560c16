import { z } from 'zod';
import { SURVEY_KINDS } from '../../domain/surveys/contract.ts';
import type { SubmitOutcome } from '../../domain/surveys/contract.ts';
import { afterAnswer } from '../../domain/surveys/view.ts';
import type { SubmitAnswerOutcome } from '../../services/accept-answer.ts';
import { pageWords } from './texts.ts';

/** What the JSON doors (app proxy, checkout) have in common. */

/** An order as extensions know it: a gid of Order or OrderIdentity, or the number itself. */
export function orderIdOf(text: unknown): string | null {
  if (typeof text !== 'string' && typeof text !== 'number') return null;
  return /^(?:gid:\/\/shopify\/(?:Order|OrderIdentity)\/)?(\d{1,20})$/.exec(String(text))?.[1] ?? null;
}

const order = z.unknown().transform((value, context) => {
  const id = orderIdOf(value);
  if (id !== null) return id;
  context.addIssue({ code: 'custom', message: 'The order must be its number or gid.' });
  return z.NEVER;
});

/** Body of a POST; the answers themselves are checked against the survey later. */
export const submissionBodySchema = z.object({
  kind: z.enum(SURVEY_KINDS),
  order,
  answers: z.unknown(),
  locale: z.string().max(35).nullish(),
  pageToken: z.string().max(200).nullish(),
  /** As the view named it; an older page sends none. */
  edition: z.string().max(60).nullish(),
  /** One of several steps, to be stored now; more will come. */
  step: z.boolean().optional(),
});
export type SubmissionBody = z.infer<typeof submissionBodySchema>;

/** Query of a GET. A wish that can't be read is none. */
export function offerQuery(url: URL): {
  kind: (typeof SURVEY_KINDS)[number] | null;
  orderId: string | null;
  locale: string | null;
} {
  const wish = url.searchParams.get('kind');
  return {
    kind: SURVEY_KINDS.find((kind) => kind === wish) ?? null,
    orderId: orderIdOf(url.searchParams.get('order')),
    locale: url.searchParams.get('locale')?.slice(0, 35) ?? null,
  };
}

/** The body as JSON, or null; a number too long for JavaScript can't be an order, ids come as text. */
export async function submissionBody(request: Request): Promise<SubmissionBody | null> {
  const parsed = submissionBodySchema.safeParse(await request.json().catch(() => null));
  return parsed.success ? parsed.data : null;
}

/** A body in the words of the services. */
export function sentAnswers({
  kind,
  order,
  locale = null,
  edition = null,
  step = false,
  answers,
}: SubmissionBody) {
  return { kind, orderId: order, locale, edition, isStep: step, submission: { answers } };
}

const CLOSED: Record<
  string,
  { status: number; body: Exclude<SubmitOutcome, { outcome: 'stored' | 'invalid' | 'already_answered' }> }
> = {
  not_found: {
    status: 404,
    body: { outcome: 'not_found', message: 'There is no such survey for this order.' },
  },
  expired: {
    status: 410,
    body: { outcome: 'expired', message: 'This page was open for too long. Please load it again.' },
  },
  forbidden: {
    status: 403,
    body: { outcome: 'expired', message: 'This page is not valid here. Please load it again.' },
  },
  redacted: { status: 410, body: { outcome: 'not_found', message: 'The data of this survey was erased.' } },
  shop_uninstalled: {
    status: 410,
    body: { outcome: 'unavailable', message: 'This shop takes no answers here.' },
  },
  survey_off: { status: 410, body: { outcome: 'unavailable', message: 'This survey is switched off.' } },
};

/** A service's outcome as status and JSON. */
export function submitResponse(result: SubmitAnswerOutcome): {
  status: number;
  body: SubmitOutcome;
  headers?: Record<string, string>;
} {
  if (result.outcome === 'stored' || result.outcome === 'updated') {
    return {
      status: 200,
      body: {
        ...{ outcome: 'stored', route: result.route, thanks: result.view.thanks[result.route] },
        ...afterAnswer(result.view, result.route),
      },
    };
  }
  if (result.outcome === 'invalid')
    return { status: 422, body: { outcome: 'invalid', errors: result.errors } };
  if (result.outcome === 'rate_limited') return tooMany(result.retryAfterSeconds);
  if (result.outcome === 'already_answered') {
    const message = 'This survey was already answered.';
    return {
      status: 409,
      body: { outcome: 'already_answered', message, thanks: answered(result.locale, 'kept') },
    };
  }
  return (
    CLOSED[result.outcome] ?? {
      status: 404,
      body: { outcome: 'not_found', message: 'There is no such survey.' },
    }
  );
}

/** Why no survey is offered; whoever has answered, with what a page that was open meanwhile says to that. */
export function notOffered(reason: string, locale: string | null) {
  const said = reason === 'already_answered' && { thanks: answered(locale, 'text') };
  return { status: 200, body: { survey: null, reason, ...said } };
}

/**
 * What is said to whoever has answered, in the words of the hosted page.
 * @param text kept: they have sent something just now, which was not taken
 */
function answered(locale: string | null, text: 'text' | 'kept'): { title: string; text: string } {
  const { say } = pageWords(locale);
  return { title: say('already_answered.title'), text: say(`already_answered.${text}`) };
}

export function tooMany(retryAfterSeconds: number) {
  return {
    status: 429,
    body: { outcome: 'too_many_requests', message: 'Too many requests. Please try again in a minute.' },
    headers: { 'Retry-After': String(Math.ceil(retryAfterSeconds)) },
  } as const;
}

export const UNREADABLE = {
  status: 422,
  body: {
    outcome: 'invalid',
    errors: [
      {
        field: 'answers',
        code: 'unreadable',
        message: 'The body must be JSON with kind, order and answers.',
      },
    ],
  },
} as const;

/** When something failed on our side; the reason stays in the log. */
export const TROUBLE = {
  status: 500,
  body: { outcome: 'unavailable', message: 'Please try again later.' },
} as const;

/** JSON that no cache keeps. */
export function jsonDoor(
  answer: { status: number; body: unknown; headers?: Record<string, string> },
  extra: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify(answer.body), {
    status: answer.status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex',
      'X-Content-Type-Options': 'nosniff',
      ...answer.headers,
      ...extra,
    },
  });
}
