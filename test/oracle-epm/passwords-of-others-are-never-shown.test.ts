import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { OracleEpmClient } from '../../src/oracle-epm/index.ts';
import { rejection } from '../support/rejection.ts';
import { jobSamples, OTHER_URL, SECRET } from './jobs.ts';
import { emulated, json, scriptedEnvironment } from './support.ts';

const BASE64 = Buffer.from(SECRET).toString('base64');
const withPassword = jobSamples.filter(({ body }) => JSON.stringify(body).match(new RegExp(`${SECRET}|${BASE64}`)));

function shows(value: unknown): boolean {
  const text = `${inspect(value, { depth: 10, showHidden: true })}${JSON.stringify(value)}`;
  return text.includes(SECRET) || text.includes(BASE64);
}

it('there are calls with a password', () => {
  expect(withPassword.map(({ kind }) => kind)).toHaveLength(4);
});

describe.each(withPassword.map((sample) => [sample.kind, sample] as const))('%s', (_, { start }) => {
  it('has none in its handle and its events', async () => {
    const events: unknown[] = [];
    const { epm } = emulated({ onEvent: (event) => events.push(event) });
    const operation = await start(epm);
    expect(events).not.toEqual([]);
    for (const each of [operation.toJSON(), operation, events]) expect(shows(each)).toBe(false);
  });

  it.each([SECRET, BASE64])('has none in the error of a server that echoes it', async (echo) => {
    const { epm } = scriptedEnvironment([json({ details: `Login with ${echo} failed`, status: 1, links: null }, 400)]);
    const error = await rejection(start(epm));
    expect((error as Error).message).toContain('[redacted]');
    expect(shows(error)).toBe(false);
  });
});

it('a password may be a function, which is asked before anything is sent', async () => {
  const { epm, emulator } = emulated();
  const clone = (targetPassword: () => string | Promise<string>) =>
    epm.environment.clone({ targetUrl: OTHER_URL, targetUsername: 'jane', targetPassword });
  const down = () => Promise.reject(new Error('vault is down'));
  expect(await rejection(clone(down))).toMatchObject({ name: 'ConnectionError', sent: 'no', started: 'no' });
  expect(await rejection(clone(() => ''))).toMatchObject({ name: 'ConfigurationError', field: 'targetPassword' });
  expect(emulator.requests).toEqual([]);
  await clone(async () => SECRET);
  expect(JSON.parse(emulator.requests[0]?.body ?? '').targetEncryptPassword).toBe(BASE64);
});

it('the password of imported users is sent, and kept out of the handle', async () => {
  const { epm, emulator } = emulated();
  const operation = await epm.snapshots.import({
    snapshotName: 'Artifact Snapshot',
    importUsers: true,
    userPassword: SECRET,
    resetPassword: false,
  });
  expect(JSON.parse(emulator.requests[0]?.body ?? '').parameters).toEqual({
    importUsers: 'true',
    userPassword: SECRET,
    resetPassword: 'false',
  });
  expect(shows(operation.toJSON())).toBe(false);
  expect(OracleEpmClient.name).toBe('OracleEpmClient');
});
