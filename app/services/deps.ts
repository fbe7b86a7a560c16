import type { NewId } from '../domain/core/events.ts';
import type { ActionContextRepo } from '../infra/db/action-context.repo.server.ts';
import type { ActionsRepo } from '../infra/db/actions.repo.server.ts';
import type { AnswersRepo } from '../infra/db/answers.repo.server.ts';
import type { CasesRepo } from '../infra/db/cases.repo.server.ts';
import type { DataRequestsRepo } from '../infra/db/data-requests.repo.server.ts';
import type { DueWorkRepo } from '../infra/db/due-work.repo.server.ts';
import type { ExperimentsRepo } from '../infra/db/experiments.repo.server.ts';
import type { GrantsRepo } from '../infra/db/grants.repo.server.ts';
import type { ImportsRepo } from '../infra/db/imports.repo.server.ts';
import type { IntakeRepo } from '../infra/db/intake.repo.server.ts';
import type { LineRepo } from '../infra/db/line.repo.server.ts';
import type { LinksRepo } from '../infra/db/links.repo.server.ts';
import type { ModelDataRepo } from '../infra/db/model-data.repo.server.ts';
import type { ModelRunsRepo } from '../infra/db/model-runs.repo.server.ts';
import type { OpenSurveysRepo } from '../infra/db/open-surveys.repo.server.ts';
import type { PixelsRepo } from '../infra/db/pixels.repo.server.ts';
import type { PointsRepo } from '../infra/db/points.repo.server.ts';
import type { PrivacyRepo } from '../infra/db/privacy.repo.server.ts';
import type { ProductsRepo } from '../infra/db/products.repo.server.ts';
import type { AdminReads } from '../infra/db/reads/admin-reads.server.ts';
import type { RewardsRepo } from '../infra/db/rewards.repo.server.ts';
import type { ScorePassRepo } from '../infra/db/score-pass.repo.server.ts';
import type { ScoresRepo } from '../infra/db/scores.repo.server.ts';
import type { SentOrdersRepo } from '../infra/db/sent-orders.repo.server.ts';
import type { ShopsRepo } from '../infra/db/shops.repo.server.ts';
import type { SiteVisitsRepo } from '../infra/db/site-visits.repo.server.ts';
import type { StaffActs } from '../infra/db/staff-acts.repo.server.ts';
import type { SubscriptionsRepo } from '../infra/db/subscriptions.repo.server.ts';
import type { SurveyDraftsRepo } from '../infra/db/survey-drafts.repo.server.ts';
import type { SurveysRepo } from '../infra/db/surveys.repo.server.ts';
import type { Transactions } from '../infra/db/transactions.server.ts';
import type { UpkeepRepo } from '../infra/db/upkeep.repo.server.ts';
import type { UploadsRepo } from '../infra/db/uploads.repo.server.ts';
import type { Config } from '../infra/env.server.ts';
import type { Log } from '../infra/log.server.ts';
import type { Mailer } from '../infra/messages/mailer.server.ts';
import type { renderMessage } from '../infra/messages/render-message.ts';
import type { Metrics } from '../infra/metrics.server.ts';
import type { ShopperTokens } from '../infra/page-token.ts';
import type { JobProducer } from '../infra/queue/jobs.ts';
import type { RateLimit } from '../infra/rate-limit.server.ts';
import type { ShopifyOperations } from '../infra/shopify/operations.server.ts';
import type { mapWebhook } from '../infra/shopify/webhook-mapper.ts';

/** Business time. Machine time is the database's now() and never comes through here. */
export interface Clock {
  now(): Promise<Date>;
}

/** The ports: everything a service may need from outside. Each service asks for its part with Pick. */
export interface Deps {
  config: Config;
  clock: Clock;
  /** Waits so many milliseconds of machine time, inside a job that goes on afterwards. */
  wait(ms: number): Promise<void>;
  log: Log;
  metrics: Metrics;
  newId: NewId;
  /** HMAC of a text with the configured key, for e-mail keys and tombstones. */
  keyedHash(text: string): string;
  transactions: Transactions;
  producer: JobProducer;
  intake: IntakeRepo;
  line: LineRepo;
  actions: ActionsRepo;
  actionContext: ActionContextRepo;
  cases: CasesRepo;
  points: PointsRepo;
  grants: GrantsRepo;
  rewards: RewardsRepo;
  scores: ScoresRepo;
  scorePass: ScorePassRepo;
  modelRuns: ModelRunsRepo;
  modelData: ModelDataRepo;
  sentOrders: SentOrdersRepo;
  shops: ShopsRepo;
  dueWork: DueWorkRepo;
  upkeep: UpkeepRepo;
  privacy: PrivacyRepo;
  products: ProductsRepo;
  pixels: PixelsRepo;
  siteVisits: SiteVisitsRepo;
  dataRequests: DataRequestsRepo;
  answers: AnswersRepo;
  links: LinksRepo;
  subscriptions: SubscriptionsRepo;
  openSurveys: OpenSurveysRepo;
  surveys: SurveysRepo;
  surveyDrafts: SurveyDraftsRepo;
  experiments: ExperimentsRepo;
  uploads: UploadsRepo;
  imports: ImportsRepo;
  tokens: ShopperTokens;
  admin: AdminReads;
  acts: StaffActs;
  mailer: Mailer;
  renderMessage: typeof renderMessage;
  rateLimit: RateLimit;
  shopify: ShopifyOperations;
  mapWebhook: typeof mapWebhook;
}
