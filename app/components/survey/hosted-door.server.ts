import type { ClosedDoor } from '../../services/page-door.ts';
import type { OpenLinkOutcome } from '../../services/open-survey.ts';
import type { SubmitAnswerOutcome } from '../../services/accept-answer.ts';
import { readFields, SEEN_FIELD, tappedAnswers } from './form-fields.ts';
import type { GivenAnswers } from './form-fields.ts';
import { jsonDoor, submitResponse } from './json-door.ts';
import { closedPage, surveyPage, thanksPage } from './survey-pages.server.tsx';
import { browserLocale } from './texts.ts';

/** What the routes of the hosted page have in common, whichever link leads there. */

/** Who asks: the link's two parts, and the address of the shopper where it is known. */
export function linkOf({
  params,
  context,
}: {
  params: { shop?: string; token?: string };
  context: { clientAddress: string | null };
}): { shopId: string; token: string; client: string | null } {
  const { shop: shopId = '', token = '' } = params;
  return { shopId, token, client: context.clientAddress };
}

/**
 * The page of a survey that was looked for. What was tapped in the mail is chosen on it, and stored by nobody but the
 * shopper.
 * @param isTest says at the top that nothing is stored
 */
export function openedPage(request: Request, found: OpenLinkOutcome | ClosedDoor, isTest = false): Response {
  if (found.outcome !== 'open') return closedAs(request, found);
  const given = { ...found.given, ...tappedAnswers(new URL(request.url), found.view) };
  return surveyPage({ ...found, isTest }, { given, errors: [] });
}

/** What the page sends: steps ask for JSON, and so does the note that a person is there. */
export interface Posted {
  isStep: boolean;
  isSeen: boolean;
  edition: string | null;
  answers: GivenAnswers;
}

/** A body that is no form is an empty one. */
export async function readPost(request: Request): Promise<Posted> {
  const form = await request.formData().catch(() => new FormData());
  const isStep = request.headers.get('Accept') === 'application/json';
  return { isStep, isSeen: isStep && form.get(SEEN_FIELD) === '1', ...readFields(form) };
}

/** The note that a person is there needs no answer. */
export const seen = () => jsonDoor({ status: 200, body: { outcome: 'noted' } });

/** What became of a post: JSON for a step; else the thanks, the form with what is wrong, or why it is closed. */
export function answeredPage(
  request: Request,
  { isStep, answers }: Posted,
  result: SubmitAnswerOutcome,
  isTest = false,
): Response {
  if (isStep) return jsonDoor(submitResponse(result));
  switch (result.outcome) {
    case 'stored':
    case 'updated':
      return thanksPage({ ...result, isTest }, result.route);
    case 'invalid':
      return surveyPage({ ...result, isTest }, { given: answers, errors: result.errors });
    default:
      return closedAs(request, result, true);
  }
}

type Closed = Exclude<OpenLinkOutcome, { outcome: 'open' }> | ClosedDoor;

/** The shopper's own language wins over the browser's, where it is known. */
function closedAs(request: Request, { outcome, ...about }: Closed, isPosted = false): Response {
  const reason = outcome === 'survey_off' || outcome === 'forbidden' ? 'shop_uninstalled' : outcome;
  const known = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== null));
  return closedPage(reason, { brand: null, locale: browserLocale(request), isPosted, ...known });
}
