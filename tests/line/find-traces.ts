import type { LineHarness } from '#tests/fakes/line.ts';

/** Where one of the words stands in the database, in either case of writing, as `table.column`. */
export async function findTraces(line: LineHarness, traces: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { table, column, type } of await wordColumns(line)) {
    const words = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
    const rows = await line.rows(
      `SELECT 1 FROM "${table}" WHERE EXISTS (SELECT FROM unnest($1::text[]) t WHERE position(lower(t) IN lower(${words})) > 0) LIMIT 1`,
      [traces],
    );
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  return found;
}

/** Every column of the database that can hold words or bytes. */
function wordColumns(line: LineHarness) {
  return line.rows<{ table: string; column: string; type: string }>(
    `SELECT c.table_name AS table, c.column_name AS column, c.data_type AS type FROM information_schema.columns c
     JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
       AND c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'bytea', 'ARRAY') ORDER BY 1, 2`,
  );
}
