import { saveByLink } from '#app/services/save-by-link.ts';
import type { LineHarness } from '#tests/fakes/line.ts';

/** An answer of the customer about the order, through a link of its own, stored under a pseudonym. */
export async function answerUnderPseudonym(
  line: LineHarness,
  about: { shopifyId: string; orderId: string; comment: string; rating?: number },
): Promise<void> {
  const { shopifyId, orderId, comment, rating = null } = about;
  const { token, hash: tokenHash } = line.deps.tokens.newLinkToken();
  const [customer] = await line.rows<{ id: string }>('SELECT id FROM customer WHERE shopify_id = $1', [
    shopifyId,
  ]);
  await line.deps.links.insert(line.shopId, {
    ...{ tokenHash, invitationId: line.deps.newId(), kind: 'usage', days: 9 },
    ...{ customerId: customer!.id, orderId },
  });
  const link = await line.deps.links.find(line.shopId, tokenHash);
  await saveByLink(
    line.deps,
    { link: link!, token, tokenHash },
    {
      ...{ responseId: line.deps.newId(), eventId: line.deps.newId(), surface: 'hosted_page' },
      ...{
        metric: rating === null ? null : ('csat_product' as const),
        rating,
        route: rating === 1 ? 'low' : 'middle',
        comment,
      },
      answers: { texts: { more: comment } },
      ...{ edition: { surveyId: null, version: 1 }, stepCountsAfterMinutes: null },
      ...{ identity: 'pseudonymous', incentive: false },
    },
  );
}
