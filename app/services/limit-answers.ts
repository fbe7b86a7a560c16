import type { Deps } from './deps.ts';

/**
 * Counts an answer or a step; null: it is allowed.
 * @param subject the link, customer or order that is answered for
 * @param client the shopper's address; null where it is not known, or is Shopify's (behind the app proxy)
 * @param isStep steps have a budget of their own
 */
export async function limitAnswers(
  deps: Pick<Deps, 'rateLimit'>,
  subject: string | null,
  client: string | null,
  isStep = false,
) {
  const verdict = await deps.rateLimit.consume(
    isStep
      ? { stepBySubject: subject, stepByAddress: client }
      : { answerBySubject: subject, answerByAddress: client },
  );
  if (verdict.outcome === 'allowed') return null;
  return { outcome: 'rate_limited', retryAfterSeconds: verdict.retryAfterSeconds } as const;
}
