import type { Pool } from 'pg';
import { nextLocalHour } from '#app/domain/core/calendar.ts';
import { SCORE_HOUR } from '#app/domain/scoring/score-hour.ts';
import { API_VERSION } from '#app/infra/shopify/api-version.ts';
import { moveClock } from '../clock.ts';
import { WebhookSender } from '../webhooks.ts';
import { createAnswerer } from './answers.ts';
import { createDelivery } from './deliver.ts';
import type { Places } from './environment.ts';
import type { Interrupt } from './interrupt.ts';
import { createMailReader } from './mail-answers.ts';
import { play, type Played, type Progress } from './player.ts';
import type { Processes } from './processes.ts';
import type { Script, ScriptEvent } from './script.ts';
import { createWorklist } from './settle.ts';
import { createCaseReader, createStaffActor } from './staff.ts';
import type { DemoSecrets } from './state-file.ts';

/** Plays a script against the running processes. @returns what was refused on the way, in sentences */
export async function playScript(options: {
  script: Script;
  places: Places;
  pool: Pool;
  secrets: DemoSecrets;
  processes: Processes;
  interrupt: Interrupt;
  onProgress: (progress: Progress) => void;
}): Promise<Played & { problems: readonly string[] }> {
  const { script, places, pool, secrets, processes, interrupt, onProgress } = options;
  const { shop } = script;
  await stockStore(places.devStoreUrl, script.products);
  const webhooks = new WebhookSender({
    appUrl: places.appUrl,
    apiSecret: secrets.apiSecret,
    shop: shop.domain,
    apiVersion: API_VERSION,
  });
  const delivery = createDelivery({
    webhooks,
    devStoreUrl: places.devStoreUrl,
    answer: createAnswerer(places),
    act: createStaffActor(places),
  });
  try {
    const played = await play(
      script,
      {
        worklist: createWorklist(pool),
        moveClock: async (to) => void (await moveClock(pool, to)),
        deliver: (events) => delivery.deliver(events),
        readNews: newsReader(script, pool),
        onProgress,
        settleOptions: {
          patienceRenewed: () => processes.restartedAt,
          check: () => {
            interrupt.check();
            processes.check();
          },
        },
      },
      // At this hour the app scores again whoever time has changed.
      (instant) => nextLocalHour(instant, shop.timeZone, SCORE_HOUR),
    );
    return { ...played, problems: delivery.problems };
  } finally {
    webhooks.close();
  }
}

/** What people will do about the mails and cases of the latest step; null = nobody does anything. */
function newsReader(script: Script, pool: Pool): ((now: Date) => Promise<ScriptEvent[]>) | null {
  const mails = script.mailAnswers.size > 0 ? createMailReader(pool, script.mailAnswers) : null;
  const cases = script.staffed ? createCaseReader(pool) : null;
  if (!mails && !cases) return null;
  return async (now) => [...((await mails?.(now)) ?? []), ...((await cases?.()) ?? [])];
}

async function stockStore(devStoreUrl: string, products: unknown[]): Promise<void> {
  if (products.length === 0) return;
  const response = await fetch(`${devStoreUrl}/control/store`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ products }),
  });
  if (!response.ok) throw new Error(`The dev store refused its products with status ${response.status}.`);
}
