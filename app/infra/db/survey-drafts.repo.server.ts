import type { Pool, PoolClient } from 'pg';
import type { SurveyKind } from '../../domain/core/state.ts';
import type { Definition } from '../../domain/surveys/definition.ts';
import { withTransaction } from './pool.server.ts';

export type SurveyStatus = 'draft' | 'live' | 'paused' | 'archived';

export interface StoredSurvey {
  id: string;
  kind: SurveyKind;
  status: SurveyStatus;
  /** As stored; parse it as a definition. */
  draft: unknown;
  revision: number;
  liveVersion: number | null;
  updatedAt: Date;
}

/** What a test of a draft needs. */
export interface TestedDraft {
  kind: SurveyKind;
  /** As stored; parse it as a definition. */
  draft: unknown;
  shop: {
    id: string;
    name: string;
    /** As stored; parse with shop-settings. */
    settings: unknown;
  };
}

/** conflict: somebody saved it since `revision`. */
export type SavedDraft = { outcome: 'saved'; revision: number } | { outcome: 'conflict' | 'gone' };

/** The surveys a shop edits. What shoppers are asked changes by publish, setStatus and move only. */
export interface SurveyDraftsRepo {
  load(shopId: string, surveyId: string): Promise<StoredSurvey | null>;
  /** The draft with what a page of it shows, as of business now; null: no such survey, or the app is not installed. */
  loadForTest(shopId: string, surveyId: string): Promise<TestedDraft | null>;
  /**
   * Adds a draft behind the others of its kind.
   * @param most how many surveys of its own the shop may have, archived ones aside; full: it has them
   */
  create(
    shopId: string,
    survey: { id: string; kind: SurveyKind; draft: Definition; at: Date },
    most: number,
  ): Promise<'created' | 'full'>;
  save(
    shopId: string,
    surveyId: string,
    change: { revision: number; draft: Definition; at: Date },
  ): Promise<SavedDraft>;
  /** Saves the definition as the draft and as its next version, which is asked from now on. */
  publish(
    shopId: string,
    surveyId: string,
    change: { revision: number; definition: Definition; staffId: string; at: Date },
  ): Promise<{ outcome: 'published'; version: number; revision: number } | { outcome: 'conflict' | 'gone' }>;
  /**
   * stale: it has another status than `from`, or was never published and is to be asked.
   * full: out of the archive it would be one more than `most`.
   */
  setStatus(
    shopId: string,
    surveyId: string,
    change: { from: readonly SurveyStatus[]; to: SurveyStatus; at: Date },
    most: number,
  ): Promise<'changed' | 'stale' | 'full'>;
  /** Changes places with its neighbour of the same kind. false: there is none. */
  move(shopId: string, surveyId: string, direction: 'up' | 'down'): Promise<boolean>;
}

const COLUMNS = 'id, kind, status, draft, revision, live_version, updated_at';

/** Everything that changes what is asked takes its turn, so that each sees what the one before has left. */
const LOCK_SHOP = 'SELECT FROM shop WHERE id = $1 FOR NO KEY UPDATE';

/** What every path reads with the shop: see LiveSurvey. */
const REWRITE_LIVE = `
  UPDATE shop SET live_surveys = (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'kind', s.kind, 'version', s.live_version, 'position', s.position)
      || CASE WHEN s.status = 'paused' THEN '{"paused": true}'::jsonb ELSE '{}' END
      || CASE WHEN s.rewards_given >= (v.definition #>> '{incentive,budget}')::int THEN '{"rewardsGone": true}'::jsonb ELSE '{}' END
      || coalesce(v.definition -> 'schedule', '{}') ORDER BY s.kind, s.position, s.id), '[]')
    FROM survey s LEFT JOIN survey_version v ON v.shop_id = $1 AND v.survey_id = s.id AND v.version = s.live_version
    WHERE s.shop_id = $1 AND s.status IN ('live', 'paused'))
  WHERE id = $1`;

const PUBLISH = `
  WITH last AS (
    SELECT coalesce(max(version), 0) AS version FROM survey_version WHERE shop_id = $1 AND survey_id = $2
  ), published AS (
    UPDATE survey SET draft = $4::jsonb || jsonb_build_object('version', last.version + 1), status = 'live',
      live_version = last.version + 1, revision = revision + 1, updated_at = $5
    FROM last WHERE shop_id = $1 AND id = $2 AND revision = $3
    RETURNING draft, live_version
  )
  INSERT INTO survey_version (shop_id, survey_id, version, definition, published_at, published_by)
  SELECT $1, $2, live_version, draft, $5, $6 FROM published RETURNING version`;

const MOVE = `
  WITH own AS (SELECT id, kind, position FROM survey WHERE shop_id = $1 AND id = $2 AND status <> 'archived'),
  other AS (
    SELECT s.id, s.position FROM survey s, own
    WHERE s.shop_id = $1 AND s.kind = own.kind AND s.status <> 'archived'
      AND CASE WHEN $3 = 'up' THEN s.position < own.position ELSE s.position > own.position END
    ORDER BY abs(s.position - own.position) LIMIT 1)
  UPDATE survey s SET position = CASE WHEN s.id = own.id THEN other.position ELSE own.position END
  FROM own, other WHERE s.shop_id = $1 AND s.id IN (own.id, other.id)`;

export function createSurveyDraftsRepo(pool: Pool): SurveyDraftsRepo {
  return {
    async load(shopId, surveyId) {
      const text = `SELECT ${COLUMNS} FROM survey WHERE shop_id = $1 AND id = $2`;
      const { rows } = await pool.query(text, [shopId, surveyId]);
      return rows[0] ? toStored(rows[0]) : null;
    },

    async loadForTest(shopId, surveyId) {
      const { rows } = await pool.query(
        `SELECT s.kind, s.draft, json_build_object('id', h.id, 'name', coalesce(h.name, h.domain), 'settings', h.settings) AS shop
           FROM survey s JOIN shop h ON h.id = s.shop_id
          WHERE s.shop_id = $1 AND s.id = $2 AND h.status = 'installed'`,
        [shopId, surveyId],
      );
      return rows[0] ?? null;
    },

    async create(shopId, { id, kind, draft, at }, most) {
      return changing(pool, shopId, async (client) => {
        if (await isFull(client, shopId, most)) return 'full';
        await client.query(
          `INSERT INTO survey (shop_id, id, kind, status, draft, position, created_at, updated_at)
           SELECT $1, $2, $3, 'draft', $4, coalesce(max(position), 0) + 1, $5, $5 FROM survey WHERE shop_id = $1 AND kind = $3`,
          [shopId, id, kind, draft, at],
        );
        return 'created';
      });
    },

    async save(shopId, surveyId, { revision, draft, at }) {
      const { rows } = await pool.query(
        `UPDATE survey SET draft = $4, revision = revision + 1, updated_at = $5
         WHERE shop_id = $1 AND id = $2 AND revision = $3 RETURNING revision`,
        [shopId, surveyId, revision, draft, at],
      );
      if (rows[0]) return { outcome: 'saved', revision: rows[0].revision };
      return { outcome: (await exists(pool, shopId, surveyId)) ? 'conflict' : 'gone' };
    },

    async publish(shopId, surveyId, { revision, definition, staffId, at }) {
      const version = await changing(pool, shopId, async (client) => {
        const values = [shopId, surveyId, revision, definition, at, staffId];
        return (await client.query(PUBLISH, values)).rows[0]?.version as number | undefined;
      });
      if (version !== undefined) return { outcome: 'published', version, revision: revision + 1 };
      return { outcome: (await exists(pool, shopId, surveyId)) ? 'conflict' : 'gone' };
    },

    async setStatus(shopId, surveyId, { from, to, at }, most) {
      return changing(pool, shopId, async (client) => {
        if (from.includes('archived') && (await isFull(client, shopId, most))) return 'full';
        const { rowCount } = await client.query(
          `UPDATE survey SET status = $4, updated_at = $5 WHERE shop_id = $1 AND id = $2 AND status = ANY($3)
             AND (live_version IS NOT NULL OR $4 IN ('draft', 'archived'))`,
          [shopId, surveyId, from, to, at],
        );
        return rowCount === 1 ? 'changed' : 'stale';
      });
    },

    async move(shopId, surveyId, direction) {
      return changing(pool, shopId, async (client) => {
        const { rowCount } = await client.query(MOVE, [shopId, surveyId, direction]);
        return rowCount === 2;
      });
    },
  };
}

/** Does something about a shop's surveys, or what they promise, and says in the same transaction which are live now. */
export async function changing<Result>(
  pool: Pool,
  shopId: string,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  return withTransaction(pool, async (client) => {
    await client.query(LOCK_SHOP, [shopId]);
    const result = await work(client);
    await client.query(REWRITE_LIVE, [shopId]);
    return result;
  });
}

/** Asked under the shop's lock, so that two who make the last one at once do not both get it. */
async function isFull(client: PoolClient, shopId: string, most: number): Promise<boolean> {
  const { rows } = await client.query(
    "SELECT count(*)::int AS count FROM survey WHERE shop_id = $1 AND status <> 'archived'",
    [shopId],
  );
  return rows[0].count >= most;
}

async function exists(pool: Pool, shopId: string, surveyId: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT FROM survey WHERE shop_id = $1 AND id = $2', [
    shopId,
    surveyId,
  ]);
  return rowCount === 1;
}

function toStored(row: Record<string, unknown>): StoredSurvey {
  return {
    id: row['id'] as string,
    kind: row['kind'] as SurveyKind,
    status: row['status'] as SurveyStatus,
    draft: row['draft'],
    revision: row['revision'] as number,
    liveVersion: row['live_version'] as number | null,
    updatedAt: row['updated_at'] as Date,
  };
}
