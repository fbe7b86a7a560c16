import { Router } from 'express';
import pg from 'pg';
import { clockSteps, moveClock, readClock, type BusinessClock } from './clock.ts';
import { bodyFields, handle, RequestError } from './http/handlers.ts';
import { html, toolPage } from './http/html.ts';

/** Pause between two steps of a long move, so that listeners see each of them. */
const STEP_PAUSE_MS = 250;

/** GET/POST /clock (page) and /clock.json. */
export function clockRoutes(databaseUrl: string | null) {
  const router = Router();
  const pool = databaseUrl === null ? null : new pg.Pool({ connectionString: databaseUrl, max: 2 });
  // An idle connection that the server ends must not end the dev store.
  pool?.on('error', () => undefined);
  const needPool = () => {
    if (pool === null)
      throw new RequestError(503, 'Set DATABASE_URL to let the dev store move the business clock.');
    return pool;
  };

  const advance = async (fields: Record<string, unknown>) => {
    const clock = await readClock(needPool());
    const from = clock?.now ?? new Date();
    const hours = Number(fields['hours'] ?? 0);
    const to =
      typeof fields['to'] === 'string'
        ? new Date(fields['to'])
        : new Date(from.getTime() + hours * 3_600_000);
    if (Number.isNaN(to.getTime()))
      throw new RequestError(400, 'Give "to" as an ISO time or "hours" as a number.');
    if (to.getTime() < from.getTime()) {
      throw new RequestError(409, `Business time only goes forward; it is ${from.toISOString()} now.`);
    }
    for (const [i, step] of clockSteps(from, to).entries()) {
      if (i > 0) await new Promise((resolve) => setTimeout(resolve, STEP_PAUSE_MS));
      await moveClock(needPool(), step);
    }
    return readClock(needPool());
  };

  router.get(
    '/clock.json',
    handle(async (_request, response) => {
      response.json(toJson(await readClock(needPool())));
    }),
  );
  router.post(
    '/clock.json',
    handle(async (request, response) => {
      response.json(toJson(await advance(bodyFields(request))));
    }),
  );
  router.get(
    '/clock',
    handle(async (_request, response) => {
      response.send(clockPage(pool === null ? null : await readClock(pool), pool !== null));
    }),
  );
  router.post(
    '/clock',
    handle(async (request, response) => {
      await advance(bodyFields(request));
      response.redirect(303, '/clock');
    }),
  );
  return { router, close: async () => pool?.end() };
}

function toJson(clock: BusinessClock | null) {
  if (clock === null) return { simulated: false, now: new Date().toISOString(), seq: null };
  return { simulated: true, now: clock.now.toISOString(), seq: Number(clock.seq) };
}

function clockPage(clock: BusinessClock | null, hasDatabase: boolean): string {
  const shown = clock?.now ?? new Date();
  const text = shown.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone: 'UTC' });
  const buttons: [number, string][] = [
    [1, '+1 hour'],
    [24, '+1 day'],
    [168, '+7 days'],
  ];
  return toolPage(
    'Business clock',
    html`<div class="card">
        <p class="big">${text} UTC</p>
        <p class="soft">
          ${
            clock === null
              ? 'No simulated time yet: business time is the wall clock. The first move starts the simulation.'
              : `Simulated. Moved ${Number(clock.seq)} times; it only goes forward, in steps of at most 12 hours.`
          }
        </p>
      </div>
      ${
        hasDatabase
          ? html`<form class="row" method="post">
              ${buttons.map(([hours, label]) => html`<button class="primary" name="hours" value="${hours}">${label}</button>`)}
            </form>`
          : html`<p>Set DATABASE_URL to let the dev store move the clock.</p>`
      }`,
  );
}
