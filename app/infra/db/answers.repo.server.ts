import type { Pool, PoolClient } from 'pg';
import type { Identity, Metric, Route, SurveyKind, VisitSurveyKind } from '../../domain/surveys/contract.ts';
import type { ChangingPage } from '../../domain/surveys/earlier-answer.ts';
import type { ScannerRules } from '../../domain/surveys/scanners.ts';
import type { SurveyEdition } from '../../domain/surveys/live-surveys.ts';
import type { StoredAnswers } from '../../domain/surveys/stored-answers.ts';
import {
  BY_LINK,
  CLAIM,
  FOR_CUSTOMER,
  OF_VISIT,
  UNNAMED,
  UNNAMED_VISIT,
  USE_UP_LINKS,
  visitHash,
} from './answer-statements.ts';
import { outcomeOf, unnamedOutcome } from './answer-outcome.ts';
import type { StoredAnswer } from './answer-outcome.ts';
import { withInvitation } from './invitation-lock.server.ts';
import type { SurveyShop } from './links.repo.server.ts';
import { withTransaction } from './pool.server.ts';
import { attachUploads, ownerByCustomer, ownerByLink, unknownUploads } from './uploads.repo.server.ts';

/** What is stored of an answer, whichever door it came through. */
export interface NewAnswer {
  responseId: string;
  eventId: string;
  surface: 'hosted_page' | 'storefront' | 'checkout' | 'customer_account' | 'kiosk';
  /** Of the first rating that has a metric; null: there is none. */
  metric: Metric | null;
  rating: number | null;
  route: Route;
  /** Everything that was accepted; scoring reads the ratings from here. */
  answers: StoredAnswers;
  comment: string | null;
  edition: SurveyEdition;
  /**
   * Minutes of business time after which a step counts as the answer if nothing more comes; null when this is the
   * last step: then it counts at once.
   */
  stepCountsAfterMinutes: number | null;
  /** With whom it is stored. */
  identity: Identity;
  /** Whether something was promised for completing. */
  incentive: boolean;
}

export interface Claim {
  kind: SurveyKind;
  orderId: string;
  /** Shopify's id of the customer whom the checkout token names; null for a guest. */
  claimedBy: string | null;
  claimant: string;
  /** Keys of the people it may be about, claimant first, the order's own guest last. */
  keys: string[];
  /** What those keys left behind if they were erased. */
  tombstones: string[];
}

export interface Visit {
  kind: VisitSurveyKind;
  /** Made by the page, at random. */
  visitId: string;
  /** Whom Shopify names; null: nobody is logged in. */
  shopifyCustomerId: string | null;
}

export interface UnnamedLink {
  tokenHash: Buffer;
  invitationId: string;
  rules: ScannerRules;
  /** Under which the answer stands; it leads neither to the link nor to its order. */
  answerKey: string;
  /** null: an anonymous answer. */
  pseudonym: string | null;
}

/** Whose page a link is, as of the moment its answer was stored. */
export interface AnsweredPage {
  orderId: string;
  customerId: string;
  /** As LinkRecord has it. */
  locale: string | null;
  shop: SurveyShop;
}

export interface AnswersRepo {
  /** Stores, and with the last step uses the link up; refused = used, expired, unknown or erased by now. */
  storeByLink(
    shopId: string,
    link: { tokenHash: Buffer; customerId: string; orderId: string; rules: ScannerRules },
    answer: NewAnswer,
  ): Promise<StoredAnswer>;
  /**
   * The same in one round trip, for answers without files that were read before the link was looked up. Null, and
   * nothing is stored: the link is not open, it asks something else, or its shop is not installed.
   */
  storeUnseen(
    shopId: string,
    link: { tokenHash: Buffer; rules: ScannerRules; kind: SurveyKind; edition: string },
    answer: NewAnswer,
  ): Promise<{ stored: StoredAnswer; page: AnsweredPage } | null>;
  /**
   * Stores without the person, then uses up the links of the invitation, in two transactions; what is held back uses up
   * none. Of several links at once one is taken.
   */
  storeUnnamed(shopId: string, link: UnnamedLink, answer: NewAnswer): Promise<StoredAnswer>;
  /**
   * For a customer known by Shopify's signature; refused = the order is not this customer's, or erased.
   * @param about.page that may change what was sent off; null: it stays
   */
  storeForCustomer(
    shopId: string,
    about: { kind: SurveyKind; orderId: string; shopifyCustomerId: string; page: ChangingPage | null },
    answer: NewAnswer,
  ): Promise<StoredAnswer>;
  /**
   * From checkout, where nothing proves the order. An order known to be the claimant's is answered as
   * by `storeForCustomer`; else it is a claim, unverified, and without `claimedBy` only the first counts.
   * Refused = the order's customer, the claimant or the order itself was erased.
   * @param about.pageMark of the page, whose own answer may change; null: none may
   */
  storeClaim(
    shopId: string,
    about: Claim & { pageMark: string | null },
    answer: NewAnswer,
  ): Promise<StoredAnswer>;
  /**
   * About a visit and no order; later steps and changes of the same visit update it. With another identity than
   * identified nobody stands behind it.
   */
  storeVisit(shopId: string, visit: Visit, answer: NewAnswer): Promise<StoredAnswer>;
}

/** What lock_line raises when the customer it waited for is another one by now, or nobody. */
const CUSTOMER_MOVED = 'AC001';
const MAX_TRIES = 3;

/** A statement with its own parameters, from $14 on. */
interface Door {
  name: string;
  text: string;
  own: unknown[];
}

interface OwnedLine {
  orderId: string;
  customerId: string | null;
  /** Whose files the answer may name. */
  owner: string;
  door: Door;
}

type Db = Pick<Pool, 'query'>;

export function createAnswersRepo(pool: Pool): AnswersRepo {
  /** Whoever is not proven to be the sender of files may name none. */
  async function store(shopId: string, door: Door, answer: NewAnswer): Promise<StoredAnswer> {
    const questionIds = Object.keys(answer.answers.uploads ?? {});
    if (questionIds.length > 0) return { outcome: 'unknown_uploads', questionIds };
    return outcomeOf((await retried(() => execute(pool, shopId, door, answer))).rows[0]);
  }

  /** Where the sender may have sent files. */
  async function storeOwned(shopId: string, line: OwnedLine, answer: NewAnswer): Promise<StoredAnswer> {
    if (answer.answers.uploads === undefined) return store(shopId, line.door, answer);
    return retried(() => withTransaction(pool, (client) => storeWithFiles(client, shopId, line, answer)));
  }

  return {
    storeByLink: (shopId, link, answer) => {
      const door = byLink(link, null, null);
      return storeOwned(shopId, { ...link, owner: ownerByLink(link.tokenHash), door }, answer);
    },

    async storeUnseen(shopId, link, answer) {
      const door = byLink(link, link.kind, link.edition);
      const { rows } = await retried(() => execute(pool, shopId, door, answer));
      return rows[0].page === null ? null : { stored: outcomeOf(rows[0]), page: rows[0].page };
    },

    storeUnnamed: (shopId, { tokenHash, invitationId, rules, answerKey, pseudonym }, answer) =>
      withInvitation(pool, [shopId, invitationId], async (client) => {
        const own = [tokenHash, rules.scannedSeconds, answerKey, answer.identity, pseudonym];
        const door = { name: 'answer_unnamed', text: UNNAMED, own };
        const { rows } = await retried(() => execute(client, shopId, door, answer));
        const [{ outcome }] = rows;
        if (!['held', 'refused', 'answered'].includes(outcome)) {
          const useUp = { name: 'links_use_up', text: USE_UP_LINKS, values: [shopId, tokenHash] };
          await retried(() => client.query(useUp));
        }
        return unnamedOutcome(outcome);
      }),

    storeForCustomer: (shopId, about, answer) => {
      const { kind, orderId, shopifyCustomerId, page } = about;
      const own = [kind, orderId, shopifyCustomerId, page?.mark, page?.seen];
      const door = { name: 'answer_for_customer', text: FOR_CUSTOMER, own };
      return storeOwned(shopId, { orderId, customerId: null, owner: ownerByCustomer(about), door }, answer);
    },

    storeClaim: (shopId, { kind, orderId, claimedBy, claimant, keys, tombstones, pageMark }, answer) => {
      const own = [kind, orderId, claimedBy, claimant, keys, tombstones, pageMark];
      return store(shopId, { name: 'answer_claim', text: CLAIM, own }, answer);
    },

    async storeVisit(shopId, { kind, visitId, shopifyCustomerId }, answer) {
      const visit = visitHash(visitId);
      if (answer.identity === 'identified') {
        const own = [kind, visit, shopifyCustomerId];
        return store(shopId, { name: 'answer_of_visit', text: OF_VISIT, own }, answer);
      }
      const own = [kind, `${kind}:v:${visit}`, answer.identity];
      const door = { name: 'answer_unnamed_visit', text: UNNAMED_VISIT, own };
      return unnamedOutcome((await execute(pool, shopId, door, answer)).rows[0].outcome);
    },
  };
}

function byLink(
  { tokenHash, rules }: { tokenHash: Buffer; rules: ScannerRules },
  kind: SurveyKind | null,
  edition: string | null,
): Door {
  const { scannedSeconds, burstRatings, burstSeconds } = rules;
  const own = [tokenHash, scannedSeconds, burstRatings, burstSeconds, kind, edition];
  return { name: 'answer_by_link', text: BY_LINK, own };
}

async function retried<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if ((error as { code?: string }).code !== CUSTOMER_MOVED || tries === MAX_TRIES) throw error;
    }
  }
}

/** The files are looked at under the locks of the line, before the answer that names them is stored. */
async function storeWithFiles(
  client: PoolClient,
  shopId: string,
  line: OwnedLine,
  answer: NewAnswer,
): Promise<StoredAnswer> {
  await client.query({
    name: 'answer_lock',
    text: "SELECT lock_line($1, nullif($2, ''), NULL, $3)",
    values: [shopId, line.orderId, line.customerId],
  });
  const named = answer.answers.uploads ?? {};
  const questionIds = await unknownUploads(client, shopId, line.owner, named);
  if (questionIds.length > 0) return { outcome: 'unknown_uploads', questionIds };
  const stored = outcomeOf((await execute(client, shopId, line.door, answer)).rows[0]);
  if ('responseId' in stored)
    await attachUploads(client, shopId, stored.responseId, Object.values(named).flat());
  return stored;
}

function execute(db: Db, shopId: string, { own, ...query }: Door, answer: NewAnswer) {
  const values = [
    shopId,
    answer.responseId,
    answer.eventId,
    answer.surface,
    answer.metric,
    answer.rating,
    answer.route,
    JSON.stringify(answer.answers),
    answer.comment,
    answer.edition.version,
    answer.stepCountsAfterMinutes,
    answer.edition.surveyId,
    answer.incentive,
    ...own,
  ];
  return db.query({ ...query, values });
}
