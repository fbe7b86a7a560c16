import type { ActionFunctionArgs } from '@remix-run/node';
import { guarded } from '../components/survey/guarded.ts';
import { jsonDoor, submitResponse, TROUBLE } from '../components/survey/json-door.ts';
import { deps } from '../infra/deps.server.ts';
import { takeUpload } from '../services/take-upload.ts';

export const loader = () =>
  jsonDoor({
    status: 405,
    body: { outcome: 'unavailable', message: 'Files come by POST.' },
    headers: { Allow: 'POST' },
  });

export const action = (args: ActionFunctionArgs) =>
  guarded(
    deps().log,
    () => takeFile(args),
    () => jsonDoor(TROUBLE),
  );

/** One file as the body, for the question and the edition that the query names. */
async function takeFile({ request, params, context }: ActionFunctionArgs): Promise<Response> {
  const { shop = '', token = '' } = params;
  const { searchParams } = new URL(request.url);
  const result = await takeUpload(deps(), {
    shopId: shop,
    token,
    client: context.clientAddress,
    edition: searchParams.get('edition'),
    questionId: searchParams.get('question') ?? '',
    read: () =>
      request.arrayBuffer().then(
        (body) => new Uint8Array(body),
        () => null,
      ),
  });
  switch (result.outcome) {
    case 'stored':
      return jsonDoor({ status: 201, body: { outcome: 'stored', id: result.uploadId } });
    case 'invalid':
      return jsonDoor({ status: 422, body: result });
    default:
      return jsonDoor(submitResponse(result));
  }
}
