import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answeredPage, linkOf, openedPage, readPost, seen } from '../components/survey/hosted-door.server.ts';
import { jsonDoor, tooMany } from '../components/survey/json-door.ts';
import { pageOrTrouble } from '../components/survey/survey-pages.server.tsx';
import { deps } from '../infra/deps.server.ts';
import { noteVisit } from '../services/note-visit.ts';
import { openLink } from '../services/open-survey.ts';
import { submitByLink } from '../services/submit-answer.ts';

export const loader = (args: LoaderFunctionArgs) =>
  pageOrTrouble(deps().log, args.request, () => showSurvey(args));
export const action = (args: ActionFunctionArgs) =>
  pageOrTrouble(deps().log, args.request, () => takeAnswer(args));

/** The survey behind a mailed link. Stores no answer. */
async function showSurvey({ request, ...args }: LoaderFunctionArgs): Promise<Response> {
  const tapped = [...new URL(request.url).searchParams.values()];
  return openedPage(request, await openLink(deps(), { ...linkOf(args), tapped }));
}

async function takeAnswer({ request, ...args }: ActionFunctionArgs): Promise<Response> {
  const posted = await readPost(request);
  const link = linkOf(args);
  if (posted.isSeen) {
    const visit = await noteVisit(deps(), link);
    return visit.outcome === 'noted' ? seen() : jsonDoor(tooMany(visit.retryAfterSeconds));
  }
  const { edition, answers, isStep } = posted;
  const result = await submitByLink(deps(), { ...link, submission: { answers }, edition, isStep });
  return answeredPage(request, posted, result);
}
