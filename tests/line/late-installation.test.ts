import { beforeEach, describe, expect, it } from 'vitest';
import { reconcile } from '#app/services/reconcile.ts';
import { uninstalledPayload } from '#tests/factories/shopify-payloads.ts';
import { stateOf } from '#tests/fakes/line-state.ts';
import { createLine, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import { at, delivered, order, type Webhook } from '#tests/fakes/order-life.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import { hear } from './scenes.ts';

const database = useTestDatabase();
const NOT_INSTALLED = 'The app is not installed in this shop.';
const OLDER = 'The uninstall is older than the present installation.';

let line: LineHarness;
beforeEach(async () => {
  line = await createLine(database, at('2026-03-02T09:00:00'));
});

const events = () => line.rows('SELECT topic, status, reason FROM event ORDER BY created_at, id');
const status = async () =>
  (await line.rows('SELECT status FROM shop WHERE domain = $1', [SHOP_DOMAIN]))[0]?.['status'];
const install = (time: string) =>
  line.deps.shops.install(line.deps.newId(), { domain: SHOP_DOMAIN, scopes: '', now: at(time) });
const gone: Webhook = {
  topic: 'app/uninstalled',
  payload: uninstalledPayload({ shopId: '548380009', shopDomain: SHOP_DOMAIN }),
};
const paid: Webhook = { topic: 'orders/paid', payload: order() };

describe('what came before the installation was noted', () => {
  beforeEach(async () => {
    await line.rows(`UPDATE shop SET status = 'unknown', installed_at = NULL, exchanged_at = NULL`);
  });
  const sweep = async () => {
    await line.rows(`UPDATE event SET created_at = created_at - interval '31 seconds'`);
    const { events: found } = await reconcile(line.deps, {});
    await line.settle();
    return found;
  };

  it('is processed once it is, an uninstall of before excepted', async () => {
    await hear(line, paid);
    await line.receive(gone.topic, gone.payload, { triggeredAt: at('2026-03-02T08:30:00') });
    await line.settle();
    expect(await events()).toMatchObject([
      { topic: 'orders/paid', status: 'ignored', reason: NOT_INSTALLED },
      { topic: 'app/uninstalled', status: 'ignored', reason: NOT_INSTALLED },
    ]);

    await install('2026-03-02T09:10:00');
    expect(await sweep()).toBe(2);
    expect(await status()).toBe('installed');
    expect(await events()).toMatchObject([
      { topic: 'orders/paid', status: 'processed', reason: null },
      { topic: 'app/uninstalled', status: 'ignored', reason: OLDER },
    ]);
    expect((await stateOf(line, ['points'])).points).toHaveLength(2);
    // The next exchange finds nothing to put back.
    await install('2026-03-02T10:10:00');
    expect(await sweep()).toBe(0);
  });

  it('stays as it is when it is old, was ignored for another reason, or is another shop’s', async () => {
    await hear(line, paid, delivered[0]!);
    await line.receive('orders/paid', order(), { domain: 'unheard-of.myshopify.com' });
    await line.settle();
    await line.rows(
      `UPDATE event SET processed_at = now() - interval '49 hours' WHERE topic = 'orders/paid'`,
    );
    await line.rows(`UPDATE event SET reason = 'Another.' WHERE topic = 'fulfillments/create'`);
    await install('2026-03-02T09:10:00');
    expect(await sweep()).toBe(0);
    expect(await line.rows('SELECT DISTINCT status FROM event')).toEqual([{ status: 'ignored' }]);
  });
});
