import { z } from 'zod';
import { VISIT_KINDS } from '../../domain/surveys/contract.ts';
import type { VisitSurveyKind } from '../../domain/surveys/contract.ts';

/** What the doors for visits (the online store without an order, the kiosk) have in common. */

/** Body of a POST. It reads like that about an order, so that the block needs one form: `order` is the visit's id. */
const visitBodySchema = z.object({
  kind: z.enum(VISIT_KINDS),
  order: z.guid(),
  answers: z.unknown(),
  locale: z.string().max(35).nullish(),
  pageToken: z.string().max(200).nullish(),
  edition: z.string().max(60).nullish(),
  /** One of several steps, to be stored now; more may come. */
  step: z.boolean().optional(),
});

/** The body in the words of the services; null: it can't be read. */
export async function visitBody(request: Request) {
  const parsed = visitBodySchema.safeParse(await request.json().catch(() => null));
  if (!parsed.success) return null;
  const { kind, order, answers, locale = null, pageToken, edition = null, step } = parsed.data;
  return {
    ...{ kind, locale, edition },
    visitId: order.toLowerCase(),
    pageToken: pageToken ?? '',
    isStep: step === true,
    submission: { answers },
  };
}

/** Query of a GET; null: it names no survey of a visit. */
export function visitQuery(url: URL): {
  kind: VisitSurveyKind;
  visitId: string | null;
  locale: string | null;
} | null {
  const wish = url.searchParams.get('kind');
  const kind = VISIT_KINDS.find((each) => each === wish);
  if (!kind) return null;
  const { searchParams } = url;
  return {
    kind,
    visitId: searchParams.get('order'),
    locale: searchParams.get('locale')?.slice(0, 35) ?? null,
  };
}

/**
 * The shopper's address as the storefront passed it on with a request that Shopify signed. The signature does not cover
 * it, so it is good for counting and for nothing else. null: not known.
 */
export function shopperAddress(request: Request): string | null {
  return request.headers.get('x-forwarded-for')?.split(',')[0]?.trim().slice(0, 64) || null;
}
