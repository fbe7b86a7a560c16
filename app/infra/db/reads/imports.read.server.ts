import type { Pool } from 'pg';
import type { ImportPreviewRow, ImportView } from './import-views.ts';
import { iso, type SqlRow } from './rows.server.ts';

const MOST = 50;
const PREVIEW_ROWS = 5;

/** The imports of a shop, newest first; the one that waits to be started comes with its first rows. */
export async function readImports(pool: Pool, shopId: string): Promise<ImportView[]> {
  const [imports, preview] = await Promise.all([
    pool.query(
      `select * from answer_import where shop_id = $1 and status not in ('checking', 'expired')
        order by created_at desc, id desc limit ${MOST}`,
      [shopId],
    ),
    pool.query(
      `select t.line, t.email, t.order_ref, t.metric, t.rating, t.comment, t.answered_at from answer_import_row t
         join answer_import i on i.shop_id = t.shop_id and i.id = t.import_id and i.status = 'checked'
        where t.shop_id = $1 order by t.line limit ${PREVIEW_ROWS}`,
      [shopId],
    ),
  ]);
  return imports.rows.map((row) => ({
    id: row.id,
    tool: row.tool,
    status: row.status,
    rows: row.rows,
    fine: row.fine,
    unmatched: row.unmatched,
    duplicates: row.duplicates,
    faulty: row.faulty,
    erased: row.erased,
    leftOut: row.left_out,
    imported: row.imported,
    verified: row.verified,
    errors: row.errors,
    createdAt: row.created_at.toISOString(),
    doneAt: iso(row.done_at),
    undoneAt: iso(row.undone_at),
    preview: row.status === 'checked' ? preview.rows.map(previewFrom) : [],
  }));
}

function previewFrom(row: SqlRow): ImportPreviewRow {
  return {
    line: row.line,
    email: row.email,
    orderRef: row.order_ref,
    metric: row.metric,
    rating: row.rating,
    comment: row.comment,
    answeredAt: row.answered_at.toISOString(),
  };
}
