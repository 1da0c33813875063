import { ConfigurationError } from '../errors/configuration-error.ts';
import { StoreError } from '../errors/store-error.ts';
import type { RestoreStore } from './restore-store.ts';

type Row = Readonly<Record<string, unknown>>;

export interface SqlStoreOptions {
  /**
   * Runs one statement with its parameters and commits it: `(text, values) => pool.query(text, values)` with pg, `(text,
   * values) => db.query(text, values)` with PGlite, `(text, values) => sql.unsafe(text, values)` with postgres.js. It
   * must not run inside a transaction of yours, because the intent must be durable before the request is sent.
   */
  readonly query: (text: string, values: string[]) => Promise<{ readonly rows: readonly Row[] } | readonly Row[]>;
  /** Name of the table that `createTableSql` creates. @default 'restorekit_store' */
  readonly table?: string | undefined;
}

const TABLE = 'restorekit_store';
/** Error codes of PostgreSQL for a missing table and a missing schema. */
const MISSING: readonly unknown[] = ['42P01', '3F000'];
/** The error code of PostgreSQL for a conflict at an isolation level stricter than READ COMMITTED. */
const SERIALIZATION_FAILURE = '40001';

/**
 * Returns the SQL that creates the table of `sqlStore` if it does not exist: `CREATE TABLE IF NOT EXISTS
 * restorekit_store (name text PRIMARY KEY, value text NOT NULL, version bigint NOT NULL)`. `name` is compared byte by
 * byte.
 *
 * Run it once, in the migration that creates the database. A service that runs it at each start would take a wrong or
 * new database for an empty store and restore again.
 */
export function createTableSql(table = TABLE): string {
  return `CREATE TABLE IF NOT EXISTS ${quoted(table)} (name text COLLATE "C" PRIMARY KEY, value text NOT NULL, version bigint NOT NULL)`;
}

/**
 * A store in one table of PostgreSQL 9.5 or later.
 *
 * All statements must go to the primary, because a replica may be behind. `synchronous_commit` must keep its default.
 * If a replica may be promoted, it must be synchronous (`synchronous_standby_names`), otherwise a failover loses
 * records. No job may delete rows: if a row is lost, its restore may start again.
 * @throws {ConfigurationError} an option is wrong
 * @throws {StoreError} from each call of the store: reason 'missing' if the table does not exist
 */
export function sqlStore(options: SqlStoreOptions): RestoreStore {
  const { query } = options;
  if (typeof query !== 'function') throw new ConfigurationError('query', 'must be a function.');
  const table = quoted(options.table ?? TABLE);
  const run = async (text: string, ...values: string[]): Promise<readonly Row[]> => {
    try {
      const answer = await query(text, values);
      return 'rows' in answer ? answer.rows : answer;
    } catch (error) {
      if (!MISSING.includes(codeOf(error))) throw error;
      throw new StoreError(
        `There is no table ${table}. Check the database. createTableSql() returns the SQL that creates the table; run it once only.`,
        {
          reason: 'missing',
          cause: error,
        },
      );
    }
  };
  const write = async (text: string, ...values: string[]): Promise<string | undefined> => {
    try {
      const [row] = await run(text, ...values);
      return row && String(row.version);
    } catch (error) {
      if (codeOf(error) === SERIALIZATION_FAILURE) return undefined;
      throw error;
    }
  };
  return {
    async get(name) {
      const [row] = await run(`SELECT value, version FROM ${table} WHERE name = $1`, name);
      return row && { value: String(row.value), version: String(row.version) };
    },
    createIfAbsent: (name, value) =>
      write(
        `INSERT INTO ${table} (name, value, version) VALUES ($1, $2, 1) ON CONFLICT (name) DO NOTHING RETURNING version`,
        name,
        value,
      ),
    compareAndSet: (name, value, version) =>
      write(
        `UPDATE ${table} SET value = $2, version = version + 1 WHERE name = $1 AND version::text = $3 RETURNING version`,
        name,
        value,
        version,
      ),
    async list(prefix, { after = '', limit } = {}) {
      const page = limit === undefined ? '' : ` LIMIT ${Math.max(0, Math.floor(limit))}`;
      const text = `SELECT name FROM ${table} WHERE left(name, length($1)) = $1 AND name > $2 ORDER BY name${page}`;
      const rows = await run(text, prefix, after);
      return rows.map((row) => String(row.name));
    },
  };
}

/** Checks and quotes the name of a table, with or without its schema. */
function quoted(table: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}(\.[a-z_][a-z0-9_]{0,62})?$/i.test(table)) {
    throw new ConfigurationError(
      'table',
      'must be a name, or a schema and a name, of letters, digits and underscores.',
    );
  }
  return table
    .split('.')
    .map((part) => `"${part}"`)
    .join('.');
}

function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown } | null)?.code;
}
