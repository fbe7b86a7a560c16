import type { Pool } from 'pg';
import { courseOf, type CaseWithCourse } from '../case-course.ts';
import { presentRun } from '../model-runs.repo.server.ts';

const MODEL = `SELECT parameters FROM model_run WHERE shop_id = $1 AND id = ${presentRun('escalation')}`;

const CASES = `
  SELECT ${courseOf('business_now()')} FROM support_case k LEFT JOIN orders o ON o.shop_id = $1 AND o.order_id = k.order_id
  WHERE k.shop_id = $1 AND k.id = ANY($2::uuid[]) AND k.opened_severity IS NOT NULL AND k.status IN ('open', 'acknowledged')`;

/** Those of the cases that are open, with the model of escalation that counts; null: none does. */
export async function readOpenCases(
  pool: Pool,
  shopId: string,
  caseIds: readonly string[],
): Promise<{ parameters: unknown; cases: CaseWithCourse[] } | null> {
  const model = await pool.query(MODEL, [shopId]);
  if (model.rows.length === 0 || caseIds.length === 0) return null;
  const { rows } = await pool.query<CaseWithCourse>(CASES, [shopId, caseIds]);
  return { parameters: model.rows[0].parameters, cases: rows };
}
