import { decide } from '../domain/core/decide.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import { ledgerDays } from '../domain/surveys/eligibility.ts';
import type { Job, JobPayload } from '../infra/queue/jobs.ts';
import type { Deps } from './deps.ts';

/**
 * The middle of the line for many events of one kind: contacts that are due. What decide() says about each customer
 * is what process-event would have got; locks, reading and writing are shared, one statement each.
 * Run twice or cut off half-way, it gives the same rows. Events that it has to leave out go on one by one.
 * @throws whatever the database throws; then nothing was decided
 */
export async function decideContacts(
  deps: Pick<Deps, 'dueContacts' | 'transactions' | 'producer' | 'newId' | 'metrics'>,
  { shopId, eventIds }: JobPayload<'contacts.decide'>,
): Promise<{ decided: number; left: number }> {
  const { decided, actionIds, openIds } = await deps.transactions.run(async (transaction) => {
    const locked = await deps.dueContacts.lock(shopId, transaction, eventIds);
    if (locked === 'nothing_open') return { decided: [], actionIds: [], openIds: [] };
    if (locked === 'busy' || locked.shop.status !== 'installed')
      return { decided: [], actionIds: [], openIds: eventIds };
    const { openIds } = locked;
    const due = await deps.dueContacts.snapshots(shopId, transaction, {
      eventIds,
      ...locked,
      ledgerDays: ledgerDays(parseSettings(locked.shop.settings)),
    });
    const now = due[0]?.snapshot.now;
    if (!now) return { decided: [], actionIds: [], openIds };
    const events = due.map(({ eventId, customerId, snapshot }) => {
      const nobodyNamed = { eventId, customerKey: null, customerFact: null };
      const changes = decide({ kind: 'contact_due' }, snapshot, nobodyNamed, deps.newId);
      return { id: eventId, customerId, changes };
    });
    const saved = await deps.transactions.saveTogether(shopId, transaction, { now, events });
    return { decided: events, actionIds: saved.actionIds, openIds };
  });
  for (const { changes } of decided)
    deps.metrics.countEvent('timer', changes.ignoredBecause ? 'ignored' : 'processed');
  const done = new Set(decided.map(({ id }) => id));
  const left = openIds.filter((id) => !done.has(id));
  await deps.producer.enqueue([
    ...actionIds.map((actionId) => ({ name: 'action.run' as const, payload: { shopId, actionId } })),
    ...oneByOne({ shopId, eventIds: left }),
  ]);
  return { decided: done.size, left: left.length };
}

/** The jobs that decide the same events each by itself. One that is decided already is left alone there. */
export function oneByOne({
  shopId,
  eventIds,
}: JobPayload<'contacts.decide'>): Extract<Job, { name: 'event.process' }>[] {
  return eventIds.map((eventId) => ({ name: 'event.process', payload: { shopId, eventId } }));
}
