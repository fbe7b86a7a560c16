import type { Pool } from 'pg';
import { createPrisma } from '../prisma.server.ts';
import { countCases, readCase, readCases, type CaseSlice } from './cases.read.server.ts';
import { readCustomer } from './customer.read.server.ts';
import {
  countCustomers,
  readCustomers,
  readReasons,
  type CustomerFilter,
  type CustomerSlice,
  type PageCursor,
} from './customers.read.server.ts';
import { readEditionAnswers, readFunnel } from './funnel.read.server.ts';
import type { FunnelFilter } from './funnel-views.ts';
import { readImports } from './imports.read.server.ts';
import {
  readLatestOrders,
  readOwnSurveys,
  readSoldProducts,
  readStoredDraft,
} from './own-surveys.read.server.ts';
import { readOverview } from './overview.read.server.ts';
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
    cases: (
      shopId: string,
      input: { view: CaseSlice; staffId: string; after: string | null },
      limit: number,
    ) => readCases(pool, shopId, input, limit),
    caseCounts: (shopId: string, staffId: string) => countCases(pool, shopId, staffId),
    case: (shopId: string, caseId: string) => readCase(pool, shopId, caseId),
    funnels: (shopId: string, since: Date) => readFunnels(pool, shopId, since),
    funnel: (shopId: string, filter: FunnelFilter) => readFunnel(pool, shopId, filter),
    editionAnswers: (shopId: string, filter: FunnelFilter, givenUpAfterMinutes: number) =>
      readEditionAnswers(pool, shopId, filter, givenUpAfterMinutes),
    ownSurveys: (shopId: string, since: Date) => readOwnSurveys(pool, shopId, since),
    storedDraft: (shopId: string, surveyId: string) => readStoredDraft(pool, shopId, surveyId),
    soldProducts: (shopId: string) => readSoldProducts(pool, shopId),
    latestOrders: (shopId: string, limit: number) => readLatestOrders(pool, shopId, limit),
    responses: (shopId: string, filter: ResponseFilter, cursor: PageCursor, limit: number) =>
      readResponses(pool, shopId, filter, cursor, limit),
    responseCounts: (shopId: string, filter: ResponseFilter) => countResponses(pool, shopId, filter),
    imports: (shopId: string) => readImports(pool, shopId),
    system: (shopId: string) => readSystem(pool, prisma, shopId),
    privacyRequests: (shopId: string) => readPrivacyRequests(prisma, shopId),
  };
}

export type AdminReads = ReturnType<typeof createAdminReads>;
