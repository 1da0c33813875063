import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { ConnectionError } from 'restorekit/errors';
import { waitForCompletion } from 'restorekit/operation';
import { type EventLogger, type LogLevel, logEvents } from 'restorekit/terminal';
import { cloudFoundryEmulator, virtualClock } from 'restorekit/testing';
import { describe, expect, it } from 'vitest';

function recorder() {
  const lines: string[] = [];
  const write = (level: LogLevel) => (line: string) => lines.push(`${level} ${line}`);
  const logger: EventLogger = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
  return { lines, logger };
}

async function restoreWith(level: LogLevel | undefined) {
  const { lines, logger } = recorder();
  const clock = virtualClock();
  const emulator = cloudFoundryEmulator({
    clock,
    scenario: { durationMs: 600_000, faults: { outage: { fromMs: 60_000, toMs: 240_000 } } },
  });
  const cf = new CloudFoundryClient({
    baseUrl: 'https://api.example.org',
    auth: uaaPassword({ username: 'admin', password: 'secret' }),
    fetch: emulator.fetch,
    clock,
    onEvent: logEvents(logger, { level }),
  });
  const into = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
  const operation = await cf.serviceInstances.restore({ into, from: 'server-default', note: 'CHANGE-1' });
  await waitForCompletion(operation);
  return { lines, name: `cloud-foundry/restore-service-instance ${operation.id} (CHANGE-1)` };
}

describe('by default', () => {
  it('the login, the start, the outage and the end are told, each on a line', async () => {
    const { lines, name } = await restoreWith(undefined);
    expect(lines.filter((line) => line.startsWith('debug'))).toEqual([]);
    expect(lines).toContain(`info ${name}: started`);
    expect(lines.some((line) => /^info logs in at https:\/\/\S+ \(password\)$/.test(line))).toBe(true);
    expect(lines.find((line) => line.startsWith(`warn ${name}: cannot be seen for `))).toBeDefined();
    expect(lines.at(-1)).toMatch(
      /^info .*: the wait ended with 'succeeded' 1\d min .* polls, \d+ min \d+ s out of sight$/,
    );
    expect(lines.join('\n')).not.toContain('secret');
  });
});

it("'debug' tells requests with the vendor's request id, and polls", async () => {
  const { lines, name } = await restoreWith('debug');
  expect(
    lines.some((line) => /^debug POST \/v3\/.*\/actions\/restore answered 202 after .*, request id \S+$/.test(line)),
  ).toBe(true);
  expect(lines).toContain(`debug ${name}: running`);
});

it("'error' tells handlers that throw, and nothing else", () => {
  const { lines, logger } = recorder();
  const tell = logEvents(logger, { level: 'error' });
  tell({ type: 'retry', at: 0, attempt: 2, delayMs: 500, error: new Error('reset') });
  tell({ type: 'handler-error', at: 0, error: new Error('bug') });
  expect(lines).toEqual(['error a handler of the caller has thrown: bug']);
});

it('a vendor cannot write a second line or move the cursor', () => {
  const { lines, logger } = recorder();
  const error = new ConnectionError('reset\n\u001b[2Kerror all is well', { sent: 'no' });
  logEvents(logger)({ type: 'outage', at: 130_000, since: 0, kind: 'a/b', id: '1\n2', error });
  expect(lines).toEqual(['warn a/b 1 2: cannot be seen for 2 min 10 s: reset error all is well']);
});

it('a logger is called as a method, as some need it', () => {
  class Logger {
    lines: string[] = [];
    debug(line: string) {
      this.lines.push(line);
    }
    info(line: string) {
      this.lines.push(line);
    }
    warn(line: string) {
      this.lines.push(line);
    }
    error(line: string) {
      this.lines.push(line);
    }
  }
  const logger = new Logger();
  logEvents(logger)({ type: 'started', at: 0, kind: 'a/b', id: '1', startedAt: 0 });
  expect(logger.lines).toEqual(['a/b 1: started']);
});

it.each([
  ['no logger', undefined, undefined],
  ['a logger without warn', { debug() {}, info() {}, error() {} }, undefined],
  ['a level that is none', console, 'verbose'],
])('%s is refused at once', (_, logger, level) => {
  expect(() => logEvents(logger as EventLogger, { level: level as LogLevel })).toThrow(
    expect.objectContaining({ code: 'configuration' }),
  );
});
