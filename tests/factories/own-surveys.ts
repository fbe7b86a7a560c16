import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import type { Definition } from '#app/domain/surveys/definition.ts';

/** Publishes `definition` as a survey of the shop's own, as the editor leaves it. @returns its id */
export async function publish(
  pool: Pool,
  shopId: string,
  definition: Definition,
  about: { position?: number; paused?: boolean; id?: string } = {},
): Promise<string> {
  const { position = 1, paused = false, id = uuidv7() } = about;
  const { kind, version } = definition;
  const json = JSON.stringify(definition);
  await pool.query(
    `INSERT INTO survey (shop_id, id, kind, status, draft, live_version, position, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, business_now(), business_now())
     ON CONFLICT (shop_id, id) DO UPDATE SET draft = $5, live_version = $6, status = $4`,
    [shopId, id, kind, paused ? 'paused' : 'live', json, version, position],
  );
  await pool.query(
    `INSERT INTO survey_version (shop_id, survey_id, version, definition, published_at)
     VALUES ($1, $2, $3, $4, business_now())`,
    [shopId, id, version, json],
  );
  const live = { id, kind, version, position, ...(paused && { paused: true }) };
  await pool.query(
    `UPDATE shop SET live_surveys = coalesce((SELECT jsonb_agg(l) FROM jsonb_array_elements(live_surveys) l
       WHERE l ->> 'id' <> $2), '[]') || jsonb_build_array($3::jsonb) WHERE id = $1`,
    [shopId, id, JSON.stringify(live)],
  );
  return id;
}
