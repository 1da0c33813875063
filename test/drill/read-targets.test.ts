import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../examples/drill/options.ts';
import { readTargets } from '../../examples/drill/read-targets.ts';
import { whatIsOverwritten } from '../../examples/drill/targets.ts';

const example = readFileSync(new URL('../../examples/drill/targets.example.json', import.meta.url), 'utf8');
const env = {
  DRILL_EPM_PASSWORD: 'one',
  DRILL_CF_CLIENT_SECRET: 'two',
  DRILL_VEEAM5_PASSWORD: 'three',
  DRILL_VEEAM6_PASSWORD: 'four',
  DRILL_VEEAM8_PASSWORD: 'five',
  DRILL_EXCHANGE_PASSWORD: 'six',
  DRILL_DOCSPACE_KEY: 'sk-seven',
};

interface Draft {
  readonly auth?: unknown;
  readonly restore?: unknown;
  readonly [field: string]: unknown;
}

const epm: Draft = {
  system: 'oracle-epm',
  baseUrl: 'https://epm.example',
  auth: { username: 'admin', passwordFromEnv: 'SECRET' },
  restore: { backupName: '2026-04-23T08:48:06/Environment_Backup' },
};

function refusal(target: unknown, variables: Record<string, string | undefined> = { SECRET: 'hidden' }): string {
  try {
    readTargets(JSON.stringify({ targets: [target] }), variables);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('the documented sample', () => {
  it('is accepted, with all systems', () => {
    const targets = readTargets(example, env);
    expect(targets.map(({ system }) => system)).toEqual([
      'oracle-epm',
      'cloud-foundry',
      'veeam-m365-v5',
      'veeam-m365-v6',
      'veeam-m365-v8',
      'docspace',
    ]);
    expect(targets.map(whatIsOverwritten).join('\n')).toContain('drill@acme.example');
  });

  it('gives no secret away', () => {
    const text = JSON.stringify(readTargets(example, env));
    for (const secret of Object.values(env)) expect(text).not.toContain(`"${secret}"`);
  });

  it.each(Object.keys(env))('needs %s in the environment', (name) => {
    expect(() => readTargets(example, { ...env, [name]: '' })).toThrow(`${name} is not set`);
  });
});

describe('a secret in the file', () => {
  it.each([
    [{ ...epm, auth: { username: 'admin', password: 'hidden-1' } }, 'targets[0].auth.password'],
    [{ ...epm, auth: { username: 'admin', passwordFromEnv: 'SECRET', token: 'hidden-1' } }, 'targets[0].auth.token'],
    [{ ...epm, auth: { 'API-Key': 'hidden-1' } }, 'targets[0].auth.API-Key'],
    [{ ...epm, client_secret: 'hidden-1' }, 'targets[0].client_secret'],
    [{ ...epm, label: 'sk-hidden-1' }, 'targets[0].label'],
    [{ ...epm, auth: { username: 'admin', passwordFromEnv: 'Bearer hidden-1' } }, 'targets[0].auth.passwordFromEnv'],
    [{ ...epm, auth: { username: 'admin', passwordFromEnv: 'hidden-1!' } }, 'targets[0].auth.passwordFromEnv'],
    [{ ...epm, baseUrl: 'https://admin:hidden-1@epm.example' }, 'targets[0].baseUrl'],
  ])('is refused by the name of its field: %#', (target, field) => {
    const message = refusal(target);
    expect(message).toContain(field);
    expect(message).not.toContain('hidden-1');
  });

  it('is not quoted when the file is no JSON', () => {
    expect(() => readTargets('{ "password": hidden-1 }', {})).toThrow(UsageError);
    expect(() => readTargets('{ "password": hidden-1 }', {})).not.toThrow(/hidden/);
  });
});

describe('a wrong file', () => {
  it.each([
    [{ ...epm, system: 'oracle' }, 'targets[0].system: must be one of'],
    [{ ...epm, baseUrl: undefined }, 'targets[0].baseUrl: is missing'],
    [{ ...epm, retore: {} }, 'targets[0].retore: is not known here'],
    [{ ...epm, restore: {} }, 'targets[0].restore.backupName: is missing'],
    [
      { ...epm, restore: { backupName: 'x', storedSnapshotAndFiles: true } },
      'targets[0].restore.storedSnapshotAndFiles: is not known here',
    ],
    [{ ...epm, restore: { backupName: 'x', storedSnapshotsAndFiles: 'yes' } }, 'must be true or false'],
    [{ ...epm, auth: 'admin' }, 'targets[0].auth: must be an object'],
    [{ ...epm, auth: { username: 'admin' } }, 'targets[0].auth.passwordFromEnv: is missing'],
    ['text', 'targets[0]: must be an object'],
  ])('is refused by the name of the field: %#', (target, message) => {
    expect(refusal(target)).toContain(message);
  });

  it.each([
    ['[]', 'The file: must be an object'],
    ['{}', 'targets: must be a list'],
    ['{ "targets": [] }', 'targets: is empty'],
    ['{ "targets": [], "confirm": "overwrite" }', 'confirm: is not known here'],
    ['{', 'The file is no JSON'],
  ])('%s', (text, message) => {
    expect(() => readTargets(text, {})).toThrow(message);
  });
});
