import { createTableSql, sqlStore } from '../start-once/sql-store.ts';
import { importDriver } from './import-driver.ts';
import type { StoreOpener } from './store-opener.ts';

/** The part of pg that is used here. */
interface Pool {
  query(text: string, values?: string[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}
interface Pg {
  readonly Pool: new (options: { readonly connectionString: string; readonly allowExitOnIdle: boolean }) => Pool;
}

export const openPostgresStore: StoreOpener = (url, { create }) => {
  const table = url.searchParams.get('table') ?? undefined;
  url.searchParams.delete('table');
  let opening: Promise<Pool> | undefined;
  const open = async (): Promise<Pool> => {
    const module = await importDriver<Pg & { readonly default?: Pg }>('pg', () => import('pg'));
    const { Pool } = module.default ?? module;
    const pool = new Pool({ connectionString: url.href, allowExitOnIdle: true });
    // If an idle connection fails, no call is affected. Without a listener, the event would end the process.
    pool.on('error', () => {});
    if (create) await pool.query(createTableSql(table));
    return pool;
  };
  const pool = (): Promise<Pool> => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  const query = async (text: string, values: string[]) => (await pool()).query(text, values);
  return {
    store: sqlStore({ query, table }),
    close: async () => {
      const opened = await opening?.catch(() => undefined);
      await opened?.end();
    },
  };
};
