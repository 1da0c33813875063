import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const children: ChildProcess[] = [];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'restorekit-drill-'));
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

function drill(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const tsx = ['--import', 'tsx', 'examples/drill/main.ts'];
  const child = spawn(process.execPath, [...tsx, ...args], { cwd: root, env: { ...process.env, ...env } });
  children.push(child);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const ended = new Promise<Awaited<Run['ended']>>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });
  return { child, ended };
}

describe.concurrent('the drill', () => {
  it('prints one document of six restores that succeeded, at least two of them through an outage', async () => {
    const began = performance.now();
    const { code, stdout } = await drill(['--json']).ended;
    expect(performance.now() - began).toBeLessThan(60_000);
    const { drill: entries } = JSON.parse(stdout);
    expect(entries.map(({ kind }: { kind: string }) => kind)).toEqual([
      'oracle-epm/restore-environment',
      'cloud-foundry/restore-service-instance',
      'veeam-m365-v5/mailbox-restore',
      'veeam-m365-v6/mailbox-restore',
      'veeam-m365-v8/mailbox-restore',
      'docspace/restore',
    ]);
    for (const entry of entries) {
      expect(entry).toMatchObject({ state: 'succeeded', handle: { v: 1, kind: entry.kind } });
      expect(entry.polls).toBeGreaterThan(1);
    }
    const unseen = entries.filter(({ unreachableMs }: { unreachableMs: number }) => unreachableMs > 1_000);
    expect(unseen.length).toBeGreaterThanOrEqual(2);
    expect(code).toBe(0);
  });

  it('tells people the same in plain lines and a table', async () => {
    const { code, stdout, stderr } = await drill([]).ended;
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toMatch(/Oracle EPM: not reachable: the server answers 503/);
    const [, table = ''] = stdout.split(/^(?=SYSTEM)/m);
    expect(table.trimEnd().split('\n')).toHaveLength(8);
    expect(table.match(/ succeeded /g)).toHaveLength(6);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('leaves the restores alone when it is interrupted, and hands over what is needed to go on', async () => {
    const { child, ended } = drill([]);
    await new Promise<void>((resolve) => {
      child.stdout?.on('data', (text: string) => {
        if (text.includes('Cloud Foundry: POLLING')) resolve();
      });
    });
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(130);
    expect(stdout).toContain('NOT KNOWN');
    expect(stderr).toContain('restores that were started go on');
    const handles = stderr.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
    expect(handles.map(({ kind }: { kind: string }) => kind)).toContain('cloud-foundry/restore-service-instance');
  });
});

describe('wrong usage', () => {
  it.each([
    [['--jsn'], '--jsn'],
    [['--target', '/does/not/exist.json'], '/does/not/exist.json'],
    [['--yes-overwrite'], '--target'],
  ])('%j ends with 2 and says why', async (args, reason) => {
    const { code, stdout, stderr } = await drill(args).ended;
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(reason);
  });

  it('of a file of targets sends nothing without --yes-overwrite', async () => {
    const file = join(folder, 'targets.json');
    const target = {
      system: 'docspace',
      baseUrl: 'http://127.0.0.1:9',
      auth: { apiKeyFromEnv: 'DRILL_TEST_KEY' },
      restore: { backupId: '5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7a11' },
    };
    writeFileSync(file, JSON.stringify({ targets: [target] }));
    const env = { DRILL_TEST_KEY: 'sk-test' };
    const checked = await drill(['--target', file], env).ended;
    expect(checked.code).toBe(2);
    expect(checked.stderr).toContain('the whole portal http://127.0.0.1:9');

    const refused = await drill(['--target', file, '--yes-overwrite', '--json'], env).ended;
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ drill: [{ system: 'docspace', state: 'not-started' }] });
  });

  it('is helped by --help', async () => {
    const { code, stdout } = await drill(['--help']).ended;
    expect(code).toBe(0);
    expect(stdout).toContain('--yes-overwrite');
  });
});
