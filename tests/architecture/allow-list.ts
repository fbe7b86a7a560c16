import type { Exception } from './repositories.ts';
import type { AcrossShops } from './tenants.ts';

const DB = 'app/infra/db';

/** Repository methods that serve no single shop, with the reason. */
export const UNSCOPED_METHODS: readonly Exception[] = [
  ...because('finds or makes the shop that all later calls name', [
    ['shops.repo.server.ts', 'byDomain', 'install'],
    ['open-surveys.repo.server.ts', 'shopByDomain'],
  ]),
  ...because(
    'a delivery names its shop by domain; the same statement finds the shop and stores the row under it',
    [['intake.repo.server.ts', 'storeWebhook']],
  ),
  ...because('a sweep over all shops; its rows carry their shop, or it only deletes by age', [
    ['scores.repo.server.ts', 'dueShops'],
    ['model-runs.repo.server.ts', 'lost'],
    ['imports.repo.server.ts', 'lost', 'purgeExpired'],
    ['products.repo.server.ts', 'toFetch'],
    ['pixels.repo.server.ts', 'due'],
    ['due-work.repo.server.ts', 'look', 'fireTimers', 'wakeActions'],
    [
      'upkeep.repo.server.ts',
      ...['lostEvents', 'lostActions', 'expiredClaims', 'staleCustomers'],
      ...['shopsWithOldStats', 'installedShops', 'purgeExpired'],
    ],
  ]),
];

/** Statements on tenant tables that name no shop, with the reason. */
export const ACROSS_SHOPS: readonly AcrossShops[] = [
  ...across('a sweep over all shops; each row it gives carries its shop', [
    ['scores.repo.server.ts', 'SELECT s.id, due.customers'],
    ['model-runs.repo.server.ts', "WHERE m.status = 'running' AND m.lease_until < now() - $1"],
    [
      'due-work.repo.server.ts',
      'WITH clock AS MATERIALIZED',
      "WHERE status = 'pending' AND queued_at = 'infinity'",
    ],
    ['imports.repo.server.ts', "FROM answer_import WHERE status IN ('running', 'undoing')"],
    ['products.repo.server.ts', 'CROSS JOIN LATERAL'],
    [
      'upkeep.repo.server.ts',
      "FROM event WHERE status = 'received'",
      'WITH orphans AS',
      'WITH expired AS',
      'FROM customer WHERE stale_seq <> scored_seq',
    ],
  ]),
  ...across('reads the figures of models alone, never a row about anybody', [
    ['model-runs.repo.server.ts', 's.id <> $1'],
  ]),
  ...across('deletes by age alone, in all shops alike', [
    ['upkeep.repo.server.ts', 'WHERE ctid = ANY(ARRAY(SELECT ctid'],
    ['imports.repo.server.ts', 'AND i.expires_at < now()', "SET status = 'expired'"],
  ]),
  ...across('of the one shop that the same statement finds or makes', [
    ['shops.repo.server.ts', 'e.shop_id = home.id'],
  ]),
  ...across('a part of a statement about `about`, which is people of the one shop in its parameters', [
    ['personal-data.ts', 'shop_id = about.shop_id'],
    ['data-requests.repo.server.ts', 'shop_id = about.shop_id'],
  ]),
];

function across(reason: string, files: [file: string, ...statements: string[]][]): AcrossShops[] {
  return files.flatMap(([file, ...statements]) =>
    statements.map((statement) => ({ path: `${DB}/${file}`, statement, reason })),
  );
}

function because(reason: string, files: [file: string, ...methods: string[]][]): Exception[] {
  return files.flatMap(([file, ...methods]) =>
    methods.map((method) => ({ path: `${DB}/${file}`, method, reason })),
  );
}
