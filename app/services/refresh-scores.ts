import { setImmediate as otherWork } from 'node:timers/promises';
import { chunksOf } from '../domain/core/chunks.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { ScorePage } from '../infra/db/score-pass.repo.server.ts';
import type { Deps } from './deps.ts';
import { readPresentModel } from './predict-customer.ts';
import { putOffUnreadable, type Scored, scoreEach } from './score-each.ts';

/** Pages of one job: some seconds, so that other upkeep has its turn and a worker that closes need not wait for long. */
const PAGES_AT_ONCE = 30;
/** Pages that are stored at the same time: storing one takes longer than computing the next. */
const STORED_AT_ONCE = 2;
/** Customers computed in one go: a few milliseconds, between which statements are sent and answered. */
const AT_ONCE = 40;

type PassDeps = Pick<Deps, 'scorePass' | 'scores' | 'modelRuns' | 'producer' | 'log'>;

export interface Refreshed {
  /** 'more': call again, it goes on from there. */
  outcome: 'done' | 'more';
  /** Customers read, and stored: fewer where events came meanwhile, or of whom no score can be made. */
  read: number;
  saved: number;
}

/**
 * Scores the customers of one shop whose score time or new rules may have moved, page by page: while one page is
 * computed, those before it are stored and the next is read. Whoever is stored is not due any more, so that a pass that was
 * cut off anywhere goes on where it was, and one that is run again changes nothing.
 * @param pages how many are done in one call
 */
export async function refreshScores(
  deps: PassDeps,
  { shopId }: { shopId: string },
  pages: number = PAGES_AT_ONCE,
): Promise<Refreshed> {
  let [read, saved] = [0, 0];
  const storing: Promise<number>[] = [];
  let loading = begun(deps.scorePass.nextPage(shopId, null));
  try {
    for (let left = pages; ; left -= 1) {
      const page = await loading;
      const lastId = page?.lastId ?? null;
      const goesOn = left > 1 && lastId !== null;
      if (goesOn) loading = begun(deps.scorePass.nextPage(shopId, lastId));
      if (page) {
        read += page.sources.length;
        const scored = await scoredOf(deps, page);
        if (storing.length === STORED_AT_ONCE) saved += await storing.shift()!;
        storing.push(begun(store(deps, shopId, scored, page)));
      }
      if (goesOn) continue;
      for (const stored of storing) saved += await stored;
      await deps.scorePass.pause(shopId, lastId);
      return { outcome: lastId === null ? 'done' : 'more', read, saved };
    }
  } finally {
    // What goes wrong must leave nothing under way behind it.
    await Promise.allSettled([loading, ...storing]);
  }
}

async function scoredOf(deps: PassDeps, page: ScorePage): Promise<Scored> {
  const known = { ...page, settings: parseSettings(page.shop.settings) };
  const context = { ...known, present: await readPresentModel(deps, known) };
  const all: Scored = { rows: [], unreadable: [] };
  for (const chunk of chunksOf(page.sources, AT_ONCE)) {
    const { rows, unreadable } = scoreEach(deps, chunk, context);
    all.rows.push(...rows);
    all.unreadable.push(...unreadable);
    await otherWork();
  }
  return all;
}

async function store(
  deps: PassDeps,
  shopId: string,
  { rows, unreadable }: Scored,
  page: ScorePage,
): Promise<number> {
  await putOffUnreadable(deps, unreadable, page);
  if (rows.length === 0) return 0;
  const { saved, eventIds } = await deps.scorePass.savePage(shopId, rows, page);
  if (eventIds.length > 0)
    await deps.producer.enqueue(
      eventIds.map((eventId) => ({ name: 'event.process', payload: { shopId, eventId } })),
    );
  return saved;
}

/** Work that is waited for later: whoever waits gets its error, and until then nobody has to. */
function begun<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => undefined);
  return work;
}
