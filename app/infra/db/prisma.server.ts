import type { Pool } from 'pg';
import type { PrismaClient } from '../../generated/prisma/client.ts';

/** Gives the pool's one client, which is built at the first call. */
export type OpenPrisma = () => Promise<PrismaClient>;

const clients = new WeakMap<Pool, Promise<PrismaClient>>();

/**
 * The generated client on the app's own pool: it opens no connection of its own and ends with the
 * pool. For admin reads, settings and staff; hot paths stay with pg. The client and its query
 * compiler cost tens of megabytes, so that a process that never asks (the worker) loads neither.
 * Its bigint fields are BigInt: convert them before they leave the repository.
 */
export function createPrisma(pool: Pool): OpenPrisma {
  return () => {
    const known = clients.get(pool);
    if (known) return known;
    const client = build(pool);
    clients.set(pool, client);
    // A first load that failed must not be every later request's answer too.
    client.catch(() => clients.delete(pool));
    return client;
  };
}

async function build(pool: Pool): Promise<PrismaClient> {
  const [{ PrismaClient }, { PrismaPg }] = await Promise.all([
    import('../../generated/prisma/client.ts'),
    import('./prisma-adapter.server.ts'),
  ]);
  return new PrismaClient({ adapter: new PrismaPg(pool) });
}
