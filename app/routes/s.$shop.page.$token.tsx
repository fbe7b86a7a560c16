import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answeredPage, linkOf, openedPage, readPost, seen } from '../components/survey/hosted-door.server.ts';
import { pageOrTrouble } from '../components/survey/survey-pages.server.tsx';
import { deps } from '../infra/deps.server.ts';
import { answerContinuation, openContinuation } from '../services/continue-survey.ts';

/** The page on which a survey goes on that a customer began in their account. Stores no answer. */
export const loader = ({ request, ...args }: LoaderFunctionArgs) =>
  pageOrTrouble(deps().log, request, async () =>
    openedPage(request, await openContinuation(deps(), linkOf(args))),
  );
export const action = (args: ActionFunctionArgs) =>
  pageOrTrouble(deps().log, args.request, () => takeAnswer(args));

async function takeAnswer({ request, ...args }: ActionFunctionArgs): Promise<Response> {
  const posted = await readPost(request);
  // Nobody was mailed, so there is no invitation to note it with.
  if (posted.isSeen) return seen();
  const { answers, isStep } = posted;
  const result = await answerContinuation(deps(), { ...linkOf(args), submission: { answers }, isStep });
  return answeredPage(request, posted, result);
}
