import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { SizeRow } from '../figures.ts';
import { ROOT } from '../support/ensure-built.ts';

const BENCH = join(ROOT, 'bench');
const waiting = `export { waitForCompletion } from 'restorekit/operation';`;
const client = (entry: string, names: string) => `export { ${names} } from 'restorekit/${entry}'; ${waiting}`;
const shipped = ['', '/errors', '/operation', '/oracle-epm', '/cloud-foundry', '/veeam-m365', '/docspace', '/terminal'];

const ours: Readonly<Record<string, string>> = {
  'restorekit: waitForCompletion': waiting,
  'restorekit: Oracle EPM with waiting': client('oracle-epm', 'OracleEpmClient, basicAuth'),
  'restorekit: Cloud Foundry with waiting': client('cloud-foundry', 'CloudFoundryClient, uaaPassword'),
  'restorekit: Veeam v6 with waiting': client('veeam-m365', 'VeeamM365V6Client, veeamPassword'),
  'restorekit: DocSpace with waiting': client('docspace', 'DocSpaceClient, docspaceApiKey'),
  'restorekit: everything but emulators': shipped
    .map((entry, index) => `export * as e${index} from 'restorekit${entry}';`)
    .join('\n'),
};

const peers: Readonly<Record<string, string>> = {
  'a bare loop':
    'export async function wait(poll, ms) { for (;;) { const answer = await poll(); if (answer) return answer; await new Promise((resolve) => setTimeout(resolve, ms)); } }',
  'p-wait-for': `export { default } from 'p-wait-for';`,
  'util-waiter': `export { createWaiter } from '@smithy/util-waiter';`,
  'core-lro': `export { createHttpPoller } from '@azure/core-lro';`,
  'core-lro and its pipeline': `export { createHttpPoller } from '@azure/core-lro'; export { getClient } from '@azure-rest/core-client';`,
  'oci-common, waiter file alone': `export { genericWaiter } from './node_modules/oci-common/lib/waiter.js';`,
  'oci-common': `export { genericWaiter } from 'oci-common';`,
  'google-gax, operation file alone': `export { operation } from './node_modules/google-gax/build/src/longRunningCalls/longrunning.js';`,
  'google-gax': `export { operation } from 'google-gax';`,
  'openapi-fetch': `export { default } from 'openapi-fetch';`,
};

export async function measureSizes(): Promise<SizeRow[]> {
  const rows: SizeRow[] = [];
  for (const [isOurs, codes] of [
    [true, ours],
    [false, peers],
  ] as const) {
    for (const [what, code] of Object.entries(codes)) {
      const resolveDir = isOurs ? ROOT : BENCH;
      const [browserKb, nodeKb] = [await sizeOf(code, resolveDir, 'browser'), await sizeOf(code, resolveDir, 'node')];
      rows.push({ what, isOurs, browserKb, nodeKb });
    }
  }
  return rows;
}

/** Kilobytes, or undefined if it cannot be bundled. */
async function sizeOf(code: string, resolveDir: string, platform: 'browser' | 'node'): Promise<number | undefined> {
  try {
    const result = await build({
      stdin: { contents: code, resolveDir, loader: 'js' },
      bundle: true,
      write: false,
      minify: true,
      format: 'esm',
      target: 'es2022',
      platform,
      logLevel: 'silent',
    });
    const [file] = result.outputFiles;
    return file && gzipSync(file.contents, { level: 9 }).length / 1_000;
  } catch {
    return undefined;
  }
}
