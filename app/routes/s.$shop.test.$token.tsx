import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answeredPage, linkOf, openedPage, readPost, seen } from '../components/survey/hosted-door.server.ts';
import { pageOrTrouble } from '../components/survey/survey-pages.server.tsx';
import { deps } from '../infra/deps.server.ts';
import { answerTest, openTest } from '../services/open-test.ts';

/** A draft to be tried out by whoever got the test of it; its twin for shoppers is `s.$shop.$token`. */
export const loader = ({ request, ...args }: LoaderFunctionArgs) =>
  pageOrTrouble(deps().log, request, async () =>
    openedPage(request, await openTest(deps(), linkOf(args)), true),
  );
export const action = (args: ActionFunctionArgs) =>
  pageOrTrouble(deps().log, args.request, () => takeTry(args));

async function takeTry({ request, ...args }: ActionFunctionArgs): Promise<Response> {
  const posted = await readPost(request);
  if (posted.isSeen) return seen();
  const { answers, isStep } = posted;
  const result = await answerTest(deps(), { ...linkOf(args), submission: { answers }, isStep });
  return answeredPage(request, posted, result, true);
}
