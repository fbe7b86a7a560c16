import type { Pool } from 'pg';
import type { OpenPrisma } from '../prisma.server.ts';
import type { ShopView } from './views.ts';

/** Finds the shop behind a session's domain, with business time. Null when it was never heard of, or is redacted. */
export async function readShop(pool: Pool, prisma: OpenPrisma, domain: string): Promise<ShopView | null> {
  const client = await prisma();
  const [shop, clock] = await Promise.all([
    client.shop.findFirst({
      where: { domain, status: { not: 'redacted' } },
      select: {
        id: true,
        domain: true,
        status: true,
        name: true,
        currency: true,
        timeZone: true,
        settings: true,
      },
    }),
    pool.query('select business_now() as now'),
  ]);
  return shop && { ...shop, name: shop.name || shop.domain, now: clock.rows[0].now.toISOString() };
}
