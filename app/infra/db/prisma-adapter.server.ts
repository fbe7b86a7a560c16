/**
 * The PostgreSQL adapter of Prisma, taught what its 6.19 release lacks. Used by
 * prisma.config.ts (migrations, through the WebAssembly schema engine, so that no
 * engine is downloaded) and by the client of the running app.
 */
import { PrismaPg as BasePrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';

type Adapter = Awaited<ReturnType<BasePrismaPg['connect']>>;
type AdapterOptions = ConstructorParameters<typeof BasePrismaPg>[1];
type Transaction = Awaited<ReturnType<Adapter['startTransaction']>>;

/** The part of the adapter that its types hide and that the two corrections need. */
interface Internals {
  performIO(query: unknown): Promise<{ fields?: { dataTypeID: number }[] }>;
  onError(error: unknown): never;
}

/** Types of the system catalogue that the adapter refuses -> the nearest type it knows. */
const CATALOGUE_TYPES: ReadonlyMap<number, number> = new Map([
  [18, 25], // "char" -> text
  [19, 25], // name -> text
  [1002, 1009], // "char"[] -> text[]
  [1003, 1009], // name[] -> text[]
]);

/**
 * PrismaPg that (1) reads the catalogue's own column types and (2) runs a migration
 * script as ONE query. The base class cuts scripts at every semicolon, which breaks
 * function bodies. One query is also one implicit transaction: a migration is applied
 * whole or not at all (so `CREATE INDEX CONCURRENTLY` cannot stand in a migration).
 */
export class PrismaPg extends BasePrismaPg {
  readonly #source: pg.Pool | pg.PoolConfig;

  constructor(source: pg.Pool | pg.PoolConfig, options?: AdapterOptions) {
    super(source, options);
    this.#source = source;
  }

  override async connect(): Promise<Adapter> {
    return corrected(await super.connect());
  }

  /**
   * A throw-away database for `prisma migrate diff`. The base class drops it while its
   * own connections are still open, which PostgreSQL refuses, and never closes the pool
   * it created the database with; both are put right here.
   */
  override async connectToShadowDb(): Promise<Adapter> {
    const config = this.#source instanceof pg.Pool ? this.#source.options : this.#source;
    const database = `prisma_migrate_shadow_db_${globalThis.crypto.randomUUID()}`;
    await asOneQuery(config, `CREATE DATABASE "${database}"`);
    const shadow = await new BasePrismaPg(inDatabase(config, database)).connect();
    const closePool = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await closePool();
      await asOneQuery(config, `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
    };
    return corrected(shadow);
  }
}

/** The same connection settings, for another database of the same server. */
function inDatabase(config: pg.PoolConfig, database: string): pg.PoolConfig {
  if (!config.connectionString) return { ...config, database };
  // pg lets the connection string win over `database`, so the name is changed inside it.
  const url = new URL(config.connectionString);
  url.pathname = `/${encodeURIComponent(database)}`;
  return { ...config, connectionString: url.href };
}

async function asOneQuery(config: pg.PoolConfig, sql: string): Promise<void> {
  const client = new pg.Client(config);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function corrected(adapter: Adapter): Adapter {
  const { onError } = readCatalogueTypes(adapter);
  adapter.executeScript = async (script) => {
    try {
      await adapter.underlyingDriver().query(script);
    } catch (error) {
      onError.call(adapter, error);
    }
  };
  const startTransaction = adapter.startTransaction.bind(adapter);
  adapter.startTransaction = async (isolationLevel) => {
    const transaction = await startTransaction(isolationLevel);
    readCatalogueTypes(transaction);
    return transaction;
  };
  return adapter;
}

function readCatalogueTypes(queryable: Adapter | Transaction): Internals {
  const internals = queryable as unknown as Internals;
  const performIO = internals.performIO.bind(internals);
  internals.performIO = async (query) => {
    const result = await performIO(query);
    for (const field of result.fields ?? []) {
      const known = CATALOGUE_TYPES.get(field.dataTypeID);
      if (known !== undefined) field.dataTypeID = known;
    }
    return result;
  };
  return internals;
}
