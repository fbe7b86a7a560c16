import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { beaconFault, noContent, readBeacon } from '../components/pixel-door.ts';
import { guarded } from '../components/survey/guarded.ts';
import { deps } from '../infra/deps.server.ts';
import { noteSiteVisit } from '../services/note-site-visit.ts';

/** OPTIONS: browsers ask first when a beacon says that it is JSON. */
export function loader({ request }: LoaderFunctionArgs): Response {
  if (request.method === 'OPTIONS') return noContent();
  return new Response('Beacons come by POST.\n', { status: 405, headers: { Allow: 'POST, OPTIONS' } });
}

/** POST: a customer looked at a page or product of the store. */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  return guarded(
    deps().log,
    async () => {
      const read = readBeacon(await request.text());
      if (read.outcome === 'invalid') return beaconFault(read);
      const noted = await noteSiteVisit(deps(), read.beacon, context.clientAddress);
      return noted.outcome === 'noted' ? noContent() : beaconFault(noted);
    },
    () => beaconFault({ outcome: 'trouble' }),
  );
}
