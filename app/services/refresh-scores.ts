import { setImmediate as otherWork } from 'node:timers/promises';
import { chunksOf } from '../domain/core/chunks.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { ScorePage } from '../infra/db/score-pass.repo.server.ts';
import type { ScoreRow } from '../infra/db/score-rows.ts';
import type { ScoreSource } from '../infra/db/score-sources.ts';
import type { Deps } from './deps.ts';
import { readPresentModel } from './predict-customer.ts';
import { type ScoreContext, scoreRow } from './score-row.ts';

/** Pages of one job: some seconds, so that other upkeep has its turn and a worker that closes need not wait for long. */
const PAGES_AT_ONCE = 30;
/** Pages that are stored at the same time: storing one takes longer than computing the next. */
const STORED_AT_ONCE = 2;
/** Customers computed in one go: a few milliseconds, between which statements are sent and answered. */
const AT_ONCE = 40;

type PassDeps = Pick<Deps, 'scorePass' | 'modelRuns' | 'producer' | 'log'>;

export interface Refreshed {
  /** 'more': call again, it goes on from there. */
  outcome: 'done' | 'more';
  /** Customers read, and stored: fewer where events came meanwhile. */
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
        const rows = await rowsOf(deps, page);
        if (storing.length === STORED_AT_ONCE) saved += await storing.shift()!;
        storing.push(begun(store(deps, shopId, rows, page)));
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

async function rowsOf(deps: PassDeps, page: ScorePage): Promise<ScoreRow[]> {
  const known = { ...page, settings: parseSettings(page.shop.settings) };
  const context = { ...known, present: await readPresentModel(deps, known) };
  const rows: ScoreRow[] = [];
  for (const chunk of chunksOf(page.sources, AT_ONCE)) {
    for (const source of chunk) rows.push(...rowOf(deps, source, context));
    await otherWork();
  }
  return rows;
}

/** None where what is stored of a customer cannot be scored: the others of the page are. */
function rowOf(deps: PassDeps, source: ScoreSource, context: ScoreContext): ScoreRow[] {
  try {
    return [scoreRow(source, context)];
  } catch (error) {
    const { customerId } = source;
    deps.log.error(
      { err: error, shopId: context.shop.id, customerId },
      'A customer could not be scored and keeps the score of before.',
    );
    return [];
  }
}

async function store(deps: PassDeps, shopId: string, rows: ScoreRow[], page: ScorePage): Promise<number> {
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
