import type { Pool } from 'pg';
import { createPrisma } from '../prisma.server.ts';
import { readCareOutcome } from './care.read.server.ts';
import { countCases, readCase, readCases, type CaseSlice } from './cases.read.server.ts';
import { readOpenCases } from './case-escalations.read.server.ts';
import { readCustomer } from './customer.read.server.ts';
import { readCustomerContacts } from './customer-contacts.read.server.ts';
import {
  countCustomers,
  readCustomers,
  readReasons,
  type CustomerFilter,
  type CustomerSlice,
  type PageCursor,
} from './customers.read.server.ts';
import {
  readArmNumbers,
  readExperiment,
  readExperiments,
  readRecentRate,
} from './experiments.read.server.ts';
import type { RateSpan } from './experiment-views.ts';
import { readForecast } from './forecast.read.server.ts';
import { readEditionAnswers, readFunnel } from './funnel.read.server.ts';
import type { FunnelFilter } from './funnel-views.ts';
import { readImports } from './imports.read.server.ts';
import {
  readLatestOrders,
  readOwnSurveys,
  readSoldCollections,
  readSoldProducts,
  readStoredDraft,
} from './own-surveys.read.server.ts';
import { readOrderForecasts } from './order-forecasts.read.server.ts';
import { readOverview } from './overview.read.server.ts';
import { readModelRuns, readValueBasis } from './predictions.read.server.ts';
import { readPrivacyRequests } from './privacy.read.server.ts';
import type { ResponseFilter } from './response-views.ts';
import { countResponses, readResponses } from './responses.read.server.ts';
import { readShop } from './shop.read.server.ts';
import { readFunnels } from './surveys.read.server.ts';
import { readSystem } from './system.read.server.ts';
import { readTimeline } from './timeline.read.server.ts';

/** The read models of the admin, one per page; each takes the shop first (the first one finds it). */
export function createAdminReads(pool: Pool) {
  const prisma = createPrisma(pool);
  return {
    shop: (domain: string) => readShop(pool, prisma, domain),
    overview: (shopId: string, now: Date) => readOverview(pool, shopId, now),
    customers: (shopId: string, filter: CustomerFilter, cursor: PageCursor, limit: number) =>
      readCustomers(pool, shopId, filter, cursor, limit),
    customerCount: (shopId: string, filter: CustomerFilter) => countCustomers(pool, shopId, filter),
    reasons: (shopId: string, view: CustomerSlice) => readReasons(pool, shopId, view),
    customer: (shopId: string, customerId: string) => readCustomer(pool, shopId, customerId),
    timeline: (shopId: string, customerId: string) => readTimeline(pool, shopId, customerId),
    customerContacts: (shopId: string, customerId: string, ledgerDays: number) =>
      readCustomerContacts(pool, shopId, customerId, ledgerDays),
    orderForecasts: (shopId: string, about: { customerId: string } | { orderId: string }) =>
      readOrderForecasts(pool, shopId, about),
    forecast: (shopId: string, customerId: string) => readForecast(pool, shopId, customerId),
    cases: (
      shopId: string,
      input: { view: CaseSlice; staffId: string; after: string | null },
      limit: number,
    ) => readCases(pool, shopId, input, limit),
    caseCounts: (shopId: string, staffId: string) => countCases(pool, shopId, staffId),
    case: (shopId: string, caseId: string) => readCase(pool, shopId, caseId),
    openCases: (shopId: string, caseIds: readonly string[]) => readOpenCases(pool, shopId, caseIds),
    funnels: (shopId: string, since: Date) => readFunnels(pool, shopId, since),
    funnel: (shopId: string, filter: FunnelFilter) => readFunnel(pool, shopId, filter),
    editionAnswers: (shopId: string, filter: FunnelFilter, givenUpAfterMinutes: number) =>
      readEditionAnswers(pool, shopId, filter, givenUpAfterMinutes),
    experiments: (shopId: string) => readExperiments(pool, shopId),
    experiment: (shopId: string, id: string) => readExperiment(pool, shopId, id),
    armNumbers: (shopId: string, experiment: { id: string; planned: number }, answerDays: number) =>
      readArmNumbers(pool, shopId, experiment, answerDays),
    recentRate: (shopId: string, kind: string, span: RateSpan) => readRecentRate(pool, shopId, kind, span),
    ownSurveys: (shopId: string, since: Date) => readOwnSurveys(pool, shopId, since),
    storedDraft: (shopId: string, surveyId: string) => readStoredDraft(pool, shopId, surveyId),
    soldProducts: (shopId: string) => readSoldProducts(pool, shopId),
    soldCollections: (shopId: string) => readSoldCollections(pool, shopId),
    latestOrders: (shopId: string, limit: number) => readLatestOrders(pool, shopId, limit),
    responses: (shopId: string, filter: ResponseFilter, cursor: PageCursor, limit: number) =>
      readResponses(pool, shopId, filter, cursor, limit),
    responseCounts: (shopId: string, filter: ResponseFilter) => countResponses(pool, shopId, filter),
    imports: (shopId: string) => readImports(pool, shopId),
    modelRuns: (shopId: string) => readModelRuns(pool, shopId),
    careOutcome: (shopId: string) => readCareOutcome(pool, shopId),
    valueBasis: (shopId: string) => readValueBasis(pool, shopId),
    system: (shopId: string) => readSystem(pool, prisma, shopId),
    privacyRequests: (shopId: string) => readPrivacyRequests(prisma, shopId),
  };
}

export type AdminReads = ReturnType<typeof createAdminReads>;
