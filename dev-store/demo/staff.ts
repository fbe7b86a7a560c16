import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { HOUR_MS } from '#app/domain/core/calendar.ts';
import { BROWSER } from './answers.ts';
import type { StaffEvent } from './script.ts';

/** Which member of staff the demo acts as. */
const STAFF_ID = '700100';
/** Most complaints are worked on; the rest stays open, as in a real shop. */
const WORKED_SHARE = 0.85;
const ROOT_CAUSES = [
  'Parcel service lost time',
  'Roast batch below standard',
  'Packed badly',
  'Expectation set by the product page',
];
const RESOLUTIONS = [
  'Explained what happened and sent a replacement.',
  'Refunded the shipping and apologised by phone.',
  'Agreed on a different roast for the next order.',
];

/**
 * What staff will do about the cases that were opened since the last look: acknowledge
 * within hours, resolve the next day, close with a root cause the day after. Decided by
 * the case's order, so that the same cases get the same care in every play.
 */
export function createCaseReader(pool: Pool): () => Promise<StaffEvent[]> {
  const seen = new Set<string>();
  return async () => {
    const { rows } = await pool.query<{ id: string; order_id: string | null; key: string; opened_at: Date }>({
      name: 'demo_cases',
      text: `SELECT id, order_id, order_id || issue_type AS key, opened_at FROM support_case WHERE status = 'open'`,
    });
    return rows.flatMap(({ id, order_id, key, opened_at }): StaffEvent[] => {
      if (seen.has(id)) return [];
      seen.add(id);
      const chance = share(key, 'worked');
      if (chance > WORKED_SHARE) return [];
      const at = opened_at.getTime();
      const acknowledge = at + HOUR_MS * (0.5 + 5 * share(key, 'acknowledge'));
      const resolve = acknowledge + HOUR_MS * (4 + 30 * share(key, 'resolve'));
      const close = resolve + HOUR_MS * (2 + 20 * share(key, 'close'));
      const event = (when: number, fields: Record<string, string>): StaffEvent => ({
        kind: 'staff',
        at: Math.round(when),
        // Like an answer, it never shares a step with another event of its order.
        subject: order_id ?? id,
        caseId: id,
        fields,
      });
      return [
        event(acknowledge, { act: 'acknowledge' }),
        event(resolve, { act: 'resolve', resolution: pick(RESOLUTIONS, share(key, 'resolution')) }),
        event(close, { act: 'close', rootCause: pick(ROOT_CAUSES, share(key, 'cause')) }),
      ];
    });
  };
}

/** Does what a button of a case page does, through the admin's own route with an id token. */
export function createStaffActor(places: {
  appUrl: string;
  devStoreUrl: string;
}): (event: StaffEvent) => Promise<void> {
  return async ({ caseId, fields }) => {
    const page = { path: `/app/cases/${caseId}`, route: 'routes/app.cases.$id' };
    const { status, answer } = await submitAsStaff(places, page, fields);
    if (answer?.['outcome'] === 'changed') return;
    const why = answer?.['sentence'] ?? `status ${status}`;
    throw new Error(`Staff could not ${fields['act']} case ${caseId}: ${String(why)}.`);
  };
}

/** What the merchant chooses before the first order: also the surveys that are off until somebody wants them. */
const CHOSEN = {
  surveys: {
    support: { enabled: true },
    milestone: { enabled: true },
    website: { enabled: true },
    storefront: { enabled: true },
  },
};

/** Switches every survey on, as the Surveys page does. @throws Error with a sentence when the app refuses */
export async function chooseSurveys(places: { appUrl: string; devStoreUrl: string }): Promise<void> {
  const page = { path: '/app/surveys', route: 'routes/app.surveys' };
  const fields = { intent: 'save', settings: JSON.stringify(CHOSEN) };
  const { status, answer } = await submitAsStaff(places, page, fields);
  const saved = answer?.['save'] as { outcome?: string } | undefined;
  if (saved?.outcome !== 'saved')
    throw new Error(`The surveys could not be switched on: ${JSON.stringify(answer) ?? `status ${status}`}.`);
}

/** Submits a form of an admin page with an id token. @param page its path, and the file of its route */
async function submitAsStaff(
  places: { appUrl: string; devStoreUrl: string },
  page: { path: string; route: string },
  fields: Record<string, string>,
): Promise<{ status: number; answer: Record<string, unknown> | null }> {
  const token = (await fetch(`${places.devStoreUrl}/control/id-token?user=${STAFF_ID}`).then((answer) =>
    answer.json(),
  )) as { token: string };
  const response = await fetch(`${places.appUrl}${page.path}?_data=${encodeURIComponent(page.route)}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token.token}`, 'User-Agent': BROWSER },
    body: new URLSearchParams(fields),
  });
  const answer = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  return { status: response.status, answer };
}

/** 0 to 1, the same for the same words. */
function share(...words: string[]): number {
  return createHash('sha256').update(words.join(' ')).digest().readUInt32BE(0) / 2 ** 32;
}

function pick<Item>(items: readonly Item[], at: number): Item {
  return items[Math.floor(at * items.length)] ?? items[0]!;
}
