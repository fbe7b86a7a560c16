import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';

const loaded = new Map<string, GraphQLSchema>();

/** The package exports no path to its data, so its folder is looked for as Node would. */
function schemaFile(version: string): string | null {
  const folders = createRequire(import.meta.url).resolve.paths('@shopify/dev-mcp') ?? [];
  const files = folders.map((folder) =>
    join(folder, '@shopify', 'dev-mcp', 'dist', 'data', `admin_${version}.json.gz`),
  );
  return files.find((file) => existsSync(file)) ?? null;
}

/** Takes the documentation out: nobody reads it here, and it is most of the schema's memory. */
function dropTexts(value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) dropTexts(item);
  } else if (typeof value === 'object' && value !== null) {
    const record = value as Record<string, unknown>;
    if (typeof record['description'] === 'string') record['description'] = null;
    if (typeof record['deprecationReason'] === 'string') record['deprecationReason'] = null;
    for (const key in record) dropTexts(record[key]);
  }
}

/**
 * Shopify's published Admin schema of a version such as `2026-10`, or null if that version is not
 * known. It takes about 0.4 s at first use, so it is built on demand and kept.
 */
export function adminSchema(version: string): GraphQLSchema | null {
  if (!/^(\d{4}-\d{2}|unstable)$/.test(version)) return null;
  const known = loaded.get(version);
  if (known !== undefined) return known;
  const file = schemaFile(version);
  if (file === null) return null;
  const text = gunzipSync(readFileSync(file)).toString('utf8');
  const parsed = JSON.parse(text) as { data?: IntrospectionQuery } & IntrospectionQuery;
  dropTexts(parsed);
  const schema = buildClientSchema(parsed.data ?? parsed, { assumeValid: true });
  loaded.set(version, schema);
  return schema;
}
