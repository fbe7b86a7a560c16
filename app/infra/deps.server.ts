import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { uuidv7 } from 'uuidv7';
import { createCallers } from './callers.server.ts';
import { createTokenCrypto } from './crypto/token-crypto.ts';
import { createActionContextRepo } from './db/action-context.repo.server.ts';
import { createActionsRepo } from './db/actions.repo.server.ts';
import { createAnswersRepo } from './db/answers.repo.server.ts';
import { createCasesRepo } from './db/cases.repo.server.ts';
import { createDataRequestsRepo } from './db/data-requests.repo.server.ts';
import { createDueWorkRepo } from './db/due-work.repo.server.ts';
import { createExperimentsRepo } from './db/experiments.repo.server.ts';
import { createGrantsRepo } from './db/grants.repo.server.ts';
import { createImportsRepo } from './db/imports.repo.server.ts';
import { createIntakeRepo } from './db/intake.repo.server.ts';
import { createLineRepo } from './db/line.repo.server.ts';
import { createLinksRepo } from './db/links.repo.server.ts';
import { createModelDataRepo } from './db/model-data.repo.server.ts';
import { createModelRunsRepo } from './db/model-runs.repo.server.ts';
import { createOpenSurveysRepo } from './db/open-surveys.repo.server.ts';
import { createPixelsRepo } from './db/pixels.repo.server.ts';
import { createPointsRepo } from './db/points.repo.server.ts';
import { createPool } from './db/pool.server.ts';
import { createPrivacyRepo } from './db/privacy.repo.server.ts';
import { createProductsRepo } from './db/products.repo.server.ts';
import { createAdminReads } from './db/reads/admin-reads.server.ts';
import { createRewardsRepo } from './db/rewards.repo.server.ts';
import { createScorePassRepo } from './db/score-pass.repo.server.ts';
import { createScoresRepo } from './db/scores.repo.server.ts';
import { createSentOrdersRepo } from './db/sent-orders.repo.server.ts';
import { createShopsRepo, type ShopsRepo } from './db/shops.repo.server.ts';
import { createSiteVisitsRepo } from './db/site-visits.repo.server.ts';
import { createStaffActs } from './db/staff-acts.repo.server.ts';
import { createSubscriptionsRepo } from './db/subscriptions.repo.server.ts';
import { createSurveyDraftsRepo } from './db/survey-drafts.repo.server.ts';
import { createSurveysRepo } from './db/surveys.repo.server.ts';
import { createTransactions } from './db/transactions.server.ts';
import { createUpkeepRepo } from './db/upkeep.repo.server.ts';
import { createUploadsRepo } from './db/uploads.repo.server.ts';
import { readConfig, type Config } from './env.server.ts';
import { createLog, type Log } from './log.server.ts';
import { createMailer } from './messages/mailer.server.ts';
import { renderMessage } from './messages/render-message.ts';
import { createMetrics } from './metrics.server.ts';
import { createShopperTokens } from './page-token.ts';
import { createProducer } from './queue/producer.server.ts';
import { createRateLimit } from './rate-limit.server.ts';
import { createAdminClient } from './shopify/admin.server.ts';
import { createShopifyApp, type Installed } from './shopify/app.server.ts';
import { createOfflineTokens } from './shopify/offline-token.server.ts';
import { createShopifyOperations, type ShopifyOperations } from './shopify/operations.server.ts';
import { readWebhook } from './shopify/read-webhook.ts';
import { mapWebhook } from './shopify/webhook-mapper.ts';

/** Everything a process is built of; services see the part of it that services/deps.ts names. */
export type Built = ReturnType<typeof buildDeps>;

/** Kept on globalThis: the server's bundle and the modules around it share one pool. */
const KEPT = Symbol.for('aftercare.deps');

/**
 * Builds the process's dependencies at the first call. Importing this connects to nothing.
 * @param processName who is asking first; later calls get what was built, whatever they say
 */
export function deps(processName: 'web' | 'worker' = 'web'): Built {
  const kept = globalThis as { [KEPT]?: Built };
  return (kept[KEPT] ??= buildDeps(readConfig(), processName));
}

/** One set of dependencies for a configuration; tests build their own. */
export function buildDeps(config: Config, processName: 'web' | 'worker' | 'test') {
  const log = createLog({ level: config.logLevel, process: processName });
  const pool = createPool(config.databaseUrl, {
    max: config.dbPoolMax,
    applicationName: `aftercare-${processName}`,
    genericPlans: processName === 'worker',
    log,
  });
  const shops = createShopsRepo(pool);
  const clock = { now: async () => (await pool.query('SELECT business_now() AS now')).rows[0].now as Date };
  const crypto = createTokenCrypto(config.tokenKeys);
  const tokens = createOfflineTokens({
    pool,
    crypto,
    apiKey: config.shopifyApiKey,
    apiSecret: config.shopifyApiSecret,
    devStoreUrl: config.devStoreUrl,
  });
  const shopify = createShopifyOperations(createAdminClient({ tokens, devStoreUrl: config.devStoreUrl }), {
    devStoreUrl: config.devStoreUrl,
  });
  const producer = createProducer({
    config,
    log,
    simulatedClock: config.simulatedClock,
    // In a simulation whoever posts waits for what follows; the worker hands on when it runs out of work.
    ...(config.simulatedClock && processName === 'web' ? { batchMs: 8 } : {}),
  });
  const mailer = createMailer(config);
  const rateLimit = createRateLimit({ config, log });
  const onInstalled = (installed: Installed) => noteInstallation({ shops, shopify, clock, log }, installed);
  return {
    config,
    log,
    pool,
    clock,
    /** Machine time. */
    wait: async (ms: number) => void (await sleep(ms)),
    metrics: createMetrics(),
    newId: uuidv7,
    /** HMAC of a text with the configured key, for e-mail keys and tombstones. */
    keyedHash: (text: string) => createHmac('sha256', config.hashKey).update(text).digest('base64url'),
    transactions: createTransactions(pool),
    producer,
    intake: createIntakeRepo(pool),
    line: createLineRepo(pool),
    actions: createActionsRepo(pool),
    actionContext: createActionContextRepo(pool),
    cases: createCasesRepo(),
    points: createPointsRepo(),
    grants: createGrantsRepo(pool),
    rewards: createRewardsRepo(pool),
    scores: createScoresRepo(pool),
    scorePass: createScorePassRepo(pool),
    modelRuns: createModelRunsRepo(pool),
    modelData: createModelDataRepo(pool),
    sentOrders: createSentOrdersRepo(pool),
    shops,
    dueWork: createDueWorkRepo(pool),
    upkeep: createUpkeepRepo(pool),
    privacy: createPrivacyRepo(pool),
    products: createProductsRepo(pool),
    pixels: createPixelsRepo(pool),
    siteVisits: createSiteVisitsRepo(pool),
    dataRequests: createDataRequestsRepo(pool),
    answers: createAnswersRepo(pool),
    links: createLinksRepo(pool),
    subscriptions: createSubscriptionsRepo(pool),
    openSurveys: createOpenSurveysRepo(pool),
    surveys: createSurveysRepo(pool),
    surveyDrafts: createSurveyDraftsRepo(pool),
    experiments: createExperimentsRepo(pool),
    uploads: createUploadsRepo(pool),
    imports: createImportsRepo(pool),
    tokens: createShopperTokens(config.hashKey),
    admin: createAdminReads(pool),
    acts: createStaffActs(pool),
    mailer,
    renderMessage,
    rateLimit,
    shopify,
    mapWebhook,
    callers: createCallers(config),
    readWebhook: (request: Parameters<typeof readWebhook>[0]) => readWebhook(request, webhookSecrets(config)),
    shopifyApp: createShopifyApp({ config, pool, onInstalled }),
    /** What each token exchange does; for a page that is faster than the exchange beside it. */
    noteInstalled: onInstalled,
    /** Hands on what is buffered and ends every connection. */
    async close() {
      mailer.close();
      await producer.close();
      rateLimit.close();
      await pool.end();
    },
  };
}

/** The current secret, and the previous one while Shopify rotates it. */
function webhookSecrets({ shopifyApiSecret: current, shopifyPreviousApiSecret: previous }: Config): string[] {
  return previous ? [current, previous] : [current];
}

/** Runs at each token exchange, in the merchant's request: the profile is asked for only when the shop is new here. */
async function noteInstallation(
  ports: { shops: ShopsRepo; shopify: ShopifyOperations; clock: { now(): Promise<Date> }; log: Log },
  installed: Installed,
): Promise<void> {
  const { shopId, fresh } = await ports.shops.install(uuidv7(), {
    domain: installed.shopDomain,
    scopes: installed.scopes.join(','),
    now: await ports.clock.now(),
  });
  if (!fresh) return;
  const info = await ports.shopify.shopInfo(installed.shopDomain);
  if (info.kind === 'shop') await ports.shops.saveProfile(shopId, info);
  else
    ports.log.warn(
      { shopId, outcome: info.kind },
      'The shop profile could not be read; the next visit tries again.',
    );
}
