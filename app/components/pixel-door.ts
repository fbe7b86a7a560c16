import { z } from 'zod';
import type { NoteSiteVisitOutcome } from '../services/note-site-visit.ts';
import { jsonDoor, tooMany } from './survey/json-door.ts';

/** The door for beacons of the web pixel (extensions/store-pixel): public, from any page, without cookies. */

const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'POST, OPTIONS',
  'Access-Control-Allow-Headers': 'Content-Type',
  'Access-Control-Max-Age': '7200',
};

/** As extensions/store-pixel/src/api.ts writes it. */
const beaconSchema = z.object({
  account: z.string('must be text').min(1, 'must not be empty').max(100, 'must be at most 100 characters'),
  customer: z
    .string('must be text')
    .regex(/^\d{1,20}$/, 'must be the number of a customer, 1 to 20 digits as text'),
  event: z.string('must be text').min(1, 'must not be empty').max(100, 'must be at most 100 characters'),
  kind: z.enum(['page', 'help', 'product'], 'must be page, help or product'),
});
export type ReadBeacon = ReturnType<typeof readBeacon>;

/** A beacon's body, whatever type of content it says it is. */
export function readBeacon(text: string) {
  const parsed = beaconSchema.safeParse(parseJson(text));
  if (parsed.success) return { outcome: 'ok' as const, beacon: parsed.data };
  const errors = parsed.error.issues.map(({ path, message }) =>
    path.length === 0
      ? { field: 'body', message: 'must be a JSON object with account, customer, event and kind' }
      : { field: path.join('.'), message },
  );
  return { outcome: 'invalid' as const, errors };
}

/** undefined: no JSON, which no beacon is. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 204 without a body; the answer to a preflight too. */
export const noContent = () =>
  new Response(null, { status: 204, headers: { ...CORS, 'Cache-Control': 'no-store' } });

/** Faults are told in JSON, for whoever builds on this; a beacon does not read them. */
export function beaconFault(
  answer:
    | Extract<ReadBeacon, { outcome: 'invalid' }>
    | Exclude<NoteSiteVisitOutcome, { outcome: 'noted' }>
    | { outcome: 'trouble' },
): Response {
  switch (answer.outcome) {
    case 'invalid':
      return jsonDoor({ status: 422, body: answer }, CORS);
    case 'rate_limited':
      return jsonDoor(tooMany(answer.retryAfterSeconds), CORS);
    case 'unknown_account':
      return jsonDoor({ status: 404, body: { outcome: 'not_found' } }, CORS);
    case 'trouble':
      return jsonDoor({ status: 500, body: { outcome: 'unavailable' } }, CORS);
  }
}
