import type { Exception } from './repositories.ts';

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
    ['scores.repo.server.ts', 'due'],
    [
      'upkeep.repo.server.ts',
      ...['fireTimers', 'lostEvents', 'lostActions', 'expiredClaims', 'staleCustomers'],
      ...['shopsWithOldStats', 'installedShops', 'purgeExpired'],
    ],
  ]),
];

function because(reason: string, files: [file: string, ...methods: string[]][]): Exception[] {
  return files.flatMap(([file, ...methods]) =>
    methods.map((method) => ({ path: `${DB}/${file}`, method, reason })),
  );
}
