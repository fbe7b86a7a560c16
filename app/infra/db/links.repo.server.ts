import type { Pool } from 'pg';
import type { LiveSurvey } from '../../domain/core/state.ts';
import type { SurveyKind } from '../../domain/surveys/contract.ts';
import type { EarlierAnswer } from '../../domain/surveys/earlier-answer.ts';
import { groupCommit } from './group-commit.ts';
import { scoreClicksAgain } from './score-again.ts';

/** A mailed survey link with everything its page needs, as of business now. */
export interface LinkRecord {
  state: 'open' | 'used' | 'expired' | 'redacted';
  kind: SurveyKind;
  customerId: string;
  orderId: string;
  invitationId: string;
  /** Which repeat of its kind for the order the mail asked. */
  sequence: number;
  orderName: string;
  /** The locale tag of the order that the mail was about, as the mail had it; else the shopper's. As of Shopify. */
  locale: string | null;
  /** The edition that the mail asked; null: one of before editions. */
  edition: string | null;
  /** The person's answer by name, from whichever door: the page goes on from its steps, or says that it is there. */
  earlier: EarlierAnswer | null;
  shop: SurveyShop;
}

export interface SurveyShop {
  id: string;
  domain: string;
  status: 'unknown' | 'installed' | 'uninstalled' | 'redacted';
  name: string;
  /** As stored; parse with shop-settings. */
  settings: unknown;
  liveSurveys: readonly LiveSurvey[];
}

export interface NewLink {
  tokenHash: Buffer;
  invitationId: string;
  kind: SurveyKind;
  /** What the mail asks; null: whatever is live when it is opened. */
  edition?: string | null;
  customerId: string;
  orderId: string;
  /** Business days for which it works. */
  days: number;
}

export interface LinksRepo {
  /** null: no such link in this shop. */
  find(shopId: string, tokenHash: Buffer): Promise<LinkRecord | null>;
  insert(shopId: string, link: NewLink): Promise<void>;
  /** The link beside it that no person sees was opened: what this one answers within a minute is held back. */
  markScanned(shopId: string, tokenHash: Buffer): Promise<void>;
  /** A person is on the page of this link; kept once per invitation, while the link is open. Their score may move. */
  noteVisit(shopId: string, tokenHash: Buffer, scannedSeconds: number): Promise<void>;
}

/** SQL: the shop `s` as a SurveyShop. */
export const SHOP = `json_build_object('id', s.id, 'domain', s.domain, 'status', s.status,
  'name', coalesce(s.name, s.domain), 'settings', s.settings, 'liveSurveys', s.live_surveys) AS shop`;

/** SQL: the answer `r`, which no rule holds back, as an EarlierAnswer; null: there is none. */
export const EARLIER = `CASE WHEN r.id IS NOT NULL THEN json_build_object('answers', r.answers,
  'to', json_build_object('surveyId', r.survey_id, 'version', r.definition),
  'finished', NOT r.unfinished, 'counted', answer_counted(r), 'revision', r.revision, 'page', r.page) END`;

const FIND = `
  SELECT l.kind, l.edition, l.order_id, l.invitation_id, coalesce(i.sequence, 0) AS sequence, c.id AS customer_id,
    coalesce(o.name, '') AS order_name,
    coalesce(o.locale, c.locale) AS locale, ${SHOP}, ${EARLIER} AS earlier,
    CASE WHEN c.id IS NULL OR c.redacted_at IS NOT NULL THEN 'redacted'
         WHEN l.used_at IS NOT NULL THEN 'used'
         WHEN l.expires_at <= business_now() THEN 'expired'
         ELSE 'open' END AS state
  FROM survey_link l
  JOIN shop s ON s.id = l.shop_id
  CROSS JOIN LATERAL current_customer_id(l.shop_id, l.customer_id) AS who(id)
  LEFT JOIN customer c ON c.shop_id = l.shop_id AND c.id = who.id
  LEFT JOIN orders o ON o.shop_id = l.shop_id AND o.order_id = l.order_id
  LEFT JOIN survey_invitation i ON i.shop_id = l.shop_id AND i.id = l.invitation_id
  LEFT JOIN survey_response r ON r.shop_id = l.shop_id AND r.held_reason IS NULL
    AND r.customer_id = c.id AND r.answer_key = answer_key_of(l.kind, l.order_id, i.sequence, l.invitation_id)
  WHERE l.shop_id = $1 AND l.token_hash = $2`;

const INSERT = `
  INSERT INTO survey_link (shop_id, token_hash, invitation_id, kind, edition, customer_id, order_id, issued_at, expires_at)
  SELECT $1, decode(j.token_hash, 'hex'), j.invitation_id, j.kind, j.edition, j.customer_id, j.order_id, now, now + make_interval(days => j.days)
  FROM (SELECT business_now() AS now) clock CROSS JOIN jsonb_to_recordset($2::jsonb) AS j(token_hash text,
    invitation_id uuid, kind text, edition text, customer_id uuid, order_id text, days int)
  ON CONFLICT DO NOTHING`;

const MARK_SCANNED = `
  UPDATE survey_link SET scanned_at = business_now() WHERE shop_id = $1 AND token_hash = $2`;

/**
 * On the invitation, which stays when its links are deleted. What comes right after a scanner is taken for one. Where
 * answers have a name, the person's engagement moves with the click.
 */
const NOTE_VISIT = `
  WITH visited AS (
    SELECT i.id, i.customer_id, i.by_name, clock.now FROM (SELECT business_now() AS now) clock, survey_link l, survey_invitation i
    WHERE l.shop_id = $1 AND l.token_hash = $2 AND l.used_at IS NULL AND l.expires_at > clock.now
      AND (l.scanned_at IS NULL OR l.scanned_at + $3::int * interval '1 second' <= clock.now)
      AND i.shop_id = $1 AND i.id = l.invitation_id AND i.seen_at IS NULL),
  ${scoreClicksAgain('SELECT customer_id FROM visited WHERE by_name', 'true')}
  UPDATE survey_invitation i SET seen_at = v.now FROM visited v, scored_again_first
  WHERE i.shop_id = $1 AND i.id = v.id AND i.seen_at IS NULL`;

export function createLinksRepo(pool: Pool): LinksRepo {
  type Link = NewLink & { shopId: string };
  // Mails that are written at the same time share a statement.
  const insertTogether = groupCommit(
    async (links: [Link, ...Link[]]): Promise<void[]> => {
      const rows = links.map(({ tokenHash, invitationId, customerId, orderId, kind, edition, days }) => ({
        ...{ token_hash: tokenHash.toString('hex'), invitation_id: invitationId },
        ...{ kind, edition, customer_id: customerId, order_id: orderId, days },
      }));
      const values = [links[0].shopId, JSON.stringify(rows)];
      await pool.query({ name: 'links_insert', text: INSERT, values });
      return [];
    },
    // A token is made once: the same row again is the same link.
    { gather: true, keyOf: ({ shopId }) => shopId, apart: true },
  );
  return {
    async find(shopId, tokenHash) {
      const { rows } = await pool.query({ name: 'link_find', text: FIND, values: [shopId, tokenHash] });
      const row = rows[0];
      if (!row) return null;
      return {
        state: row.state,
        kind: row.kind,
        edition: row.edition,
        customerId: row.customer_id,
        orderId: row.order_id,
        invitationId: row.invitation_id,
        sequence: row.sequence,
        orderName: row.order_name,
        locale: row.locale,
        earlier: row.earlier,
        shop: row.shop,
      };
    },

    insert: (shopId, link) => insertTogether({ shopId, ...link }),

    async markScanned(shopId, tokenHash) {
      await pool.query({ name: 'link_scanned', text: MARK_SCANNED, values: [shopId, tokenHash] });
    },

    async noteVisit(shopId, tokenHash, scannedSeconds) {
      await pool.query({ name: 'link_visit', text: NOTE_VISIT, values: [shopId, tokenHash, scannedSeconds] });
    },
  };
}
