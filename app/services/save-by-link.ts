import { SCANNER_RULES } from '../domain/surveys/scanners.ts';
import type { StoredAnswer } from '../infra/db/answer-outcome.ts';
import type { NewAnswer } from '../infra/db/answers.repo.server.ts';
import type { LinkRecord } from '../infra/db/links.repo.server.ts';
import { pseudonymOf } from './identify-person.ts';
import type { Deps } from './deps.ts';

/**
 * Stores an answer that came through a mailed link with as much of its sender as the survey says
 * (docs/decisions/025-identities.md): the key of an anonymous one is made of the link's token, which nobody keeps; that
 * of a pseudonymous one, of the order and the repeat, and only the configured key leads there.
 */
export async function saveByLink(
  deps: Pick<Deps, 'answers' | 'tokens' | 'keyedHash'>,
  { link, token, tokenHash }: { link: LinkRecord; token: string; tokenHash: Buffer },
  answer: NewAnswer,
): Promise<StoredAnswer> {
  const { shop, kind, customerId, orderId, sequence, invitationId } = link;
  const rules = SCANNER_RULES;
  if (answer.identity === 'identified') {
    return deps.answers.storeByLink(shop.id, { tokenHash, customerId, orderId, rules }, answer);
  }
  const unnamed =
    answer.identity === 'anonymous'
      ? { answerKey: `${kind}:a:${deps.tokens.answerMark(token)}`, pseudonym: null }
      : {
          answerKey: `${kind}:p:${deps.keyedHash(JSON.stringify(['answer', shop.id, kind, orderId, sequence]))}`,
          pseudonym: pseudonymOf(shop.id, customerId, deps.keyedHash),
        };
  return deps.answers.storeUnnamed(shop.id, { tokenHash, invitationId, rules, ...unnamed }, answer);
}
