import type { Pool, PoolClient } from 'pg';
import type { Metric, Route, SurveyKind } from '../../domain/surveys/contract.ts';
import type { ScannerRules } from '../../domain/surveys/scanners.ts';
import type { SurveyEdition } from '../../domain/surveys/live-surveys.ts';
import type { StoredAnswers } from '../../domain/surveys/stored-answers.ts';
import { BY_LINK, CLAIM, FOR_CUSTOMER } from './answer-statements.ts';
import { withTransaction } from './pool.server.ts';
import { attachUploads, ownerByLink, unknownUploads } from './uploads.repo.server.ts';

/** What is stored of an answer, whichever door it came through. */
export interface NewAnswer {
  responseId: string;
  eventId: string;
  surface: 'hosted_page' | 'storefront' | 'checkout' | 'customer_account';
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
}

/** stored = first answer, updated = a later one, unchanged = the same answer again, refused = the door is closed. */
export type StoredAnswer =
  | {
      outcome: 'stored' | 'updated';
      responseId: string;
      /** null: nothing follows now. It was a step, or what has counted already. */
      eventId: string | null;
    }
  | { outcome: 'unchanged' }
  | { outcome: 'refused' }
  /** It names files that are not its sender's. */
  | { outcome: 'unknown_uploads'; questionIds: string[] };

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

export interface AnswersRepo {
  /** Stores, and with the last step uses the link up; refused = used, expired, unknown or erased by now, or a step of a finished answer. */
  storeByLink(
    shopId: string,
    link: { tokenHash: Buffer; customerId: string; orderId: string; rules: ScannerRules },
    answer: NewAnswer,
  ): Promise<StoredAnswer>;
  /** For a customer known by Shopify's signature; refused = the order is not this customer's, or erased. */
  storeForCustomer(
    shopId: string,
    about: { kind: SurveyKind; orderId: string; shopifyCustomerId: string },
    answer: NewAnswer,
  ): Promise<StoredAnswer>;
  /**
   * From checkout, where nothing proves the order. An order known to be the claimant's is answered as
   * by `storeForCustomer`; else it is a claim, unverified, and without `claimedBy` only the first counts.
   * Refused = the order's customer, the claimant or the order itself was erased.
   */
  storeClaim(shopId: string, about: Claim, answer: NewAnswer): Promise<StoredAnswer>;
}

/** What lock_line raises when the customer it waited for is another one by now, or nobody. */
const CUSTOMER_MOVED = 'AC001';
const MAX_TRIES = 3;

/** A statement with its own parameters, from $13 on. */
interface Door {
  name: string;
  text: string;
  own: unknown[];
}

interface Line {
  orderId: string;
  customerId: string | null;
  keys: string[];
  /** Whose files the answer may name; null: nobody's. */
  owner: string | null;
}

export function createAnswersRepo(pool: Pool): AnswersRepo {
  /** Under the line's locks: an answer and an erasure, or an event being processed, never overlap. */
  async function once(shopId: string, line: Line, answer: NewAnswer, doors: Door[]): Promise<StoredAnswer> {
    return withTransaction(pool, async (client) => {
      const [first = null, ...others] = line.keys;
      await client.query({
        name: 'answer_lock',
        text: 'SELECT lock_line($1, $2, $4, $3)',
        values: [shopId, line.orderId, line.customerId, first],
      });
      // A guest's own key sorts behind all others, so it may be locked after them.
      if (others.length > 0) await client.query('SELECT lock_customers($1, $2)', [shopId, others]);
      const named = answer.answers.uploads ?? {};
      const questionIds = await unknownUploads(client, shopId, line.owner, named);
      if (questionIds.length > 0) return { outcome: 'unknown_uploads', questionIds };
      let outcome: StoredAnswer = { outcome: 'refused' };
      for (const door of doors) {
        outcome = await execute(client, shopId, door, answer);
        if (outcome.outcome !== 'refused') break;
      }
      return outcome;
    });
  }

  /** The first door that admits the answer stores it. */
  async function run(shopId: string, line: Line, answer: NewAnswer, doors: Door[]): Promise<StoredAnswer> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await once(shopId, line, answer, doors);
      } catch (error) {
        if ((error as { code?: string }).code !== CUSTOMER_MOVED || tries === MAX_TRIES) throw error;
      }
    }
  }

  const forCustomer = (kind: SurveyKind, orderId: string, shopifyCustomerId: string): Door => ({
    name: 'answer_for_customer',
    text: FOR_CUSTOMER,
    own: [kind, orderId, shopifyCustomerId],
  });

  return {
    storeByLink: (shopId, { tokenHash, rules, ...about }, answer) =>
      run(shopId, { ...about, keys: [], owner: ownerByLink(tokenHash) }, answer, [
        {
          name: 'answer_by_link',
          text: BY_LINK,
          own: [tokenHash, rules.scannedSeconds, rules.burstRatings, rules.burstSeconds],
        },
      ]),
    storeForCustomer: (shopId, { kind, orderId, shopifyCustomerId }, answer) =>
      run(shopId, { orderId, customerId: null, keys: [], owner: null }, answer, [
        forCustomer(kind, orderId, shopifyCustomerId),
      ]),
    storeClaim: (shopId, { kind, orderId, claimedBy, claimant, keys, tombstones }, answer) => {
      const own = [kind, orderId, claimedBy, claimant, tombstones];
      const claim = { name: 'answer_claim', text: CLAIM, own };
      const doors = claimedBy === null ? [claim] : [forCustomer(kind, orderId, claimedBy), claim];
      return run(shopId, { orderId, customerId: null, keys, owner: null }, answer, doors);
    },
  };
}

async function execute(
  client: PoolClient,
  shopId: string,
  { own, ...query }: Door,
  answer: NewAnswer,
): Promise<StoredAnswer> {
  const { responseId, eventId, surface, metric, rating, route, comment, edition, stepCountsAfterMinutes } =
    answer;
  const answers = JSON.stringify(answer.answers);
  const values = [
    shopId,
    responseId,
    eventId,
    surface,
    metric,
    rating,
    route,
    answers,
    comment,
    edition.version,
    stepCountsAfterMinutes,
    edition.surveyId,
    ...own,
  ];
  const { rows } = await client.query({ ...query, values });
  const row = rows[0];
  if (row.admitted === 0 || row.closed_to_steps) return { outcome: 'refused' };
  if (row.response_id === null) return { outcome: 'unchanged' };
  const uploads = Object.values(answer.answers.uploads ?? {}).flat();
  if (uploads.length > 0 || row.had_uploads) await attachUploads(client, shopId, row.response_id, uploads);
  return {
    outcome: row.revision === 1 ? 'stored' : 'updated',
    responseId: row.response_id,
    eventId: row.event_id,
  };
}
