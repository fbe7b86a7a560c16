import type { ActionFunctionArgs } from '@remix-run/node';
import { guarded } from '../components/survey/guarded.ts';
import { linkOf } from '../components/survey/hosted-door.server.ts';
import { jsonDoor, submitResponse, TROUBLE } from '../components/survey/json-door.ts';
import { deps } from '../infra/deps.server.ts';
import { openTest } from '../services/open-test.ts';

/** A file on the page of a test: taken as the page expects it, and dropped unread. */
export const action = (args: ActionFunctionArgs) =>
  guarded(
    deps().log,
    () => dropFile(args),
    () => jsonDoor(TROUBLE),
  );

async function dropFile(args: ActionFunctionArgs): Promise<Response> {
  const found = await openTest(deps(), linkOf(args));
  if (found.outcome !== 'open') return jsonDoor(submitResponse(found));
  return jsonDoor({ status: 201, body: { outcome: 'stored', id: deps().newId() } });
}
