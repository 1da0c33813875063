// A test file of a consumer: for vitest as it is, and for Jest with another import.
import { expect, it } from 'vitest';
import { ofEachSystem, restoreInProcess, restoreOverLoopback, systemNames } from './restore-systems.ts';

const good = Object.fromEntries(systemNames.map((name) => [name, { state: 'succeeded', restores: 1 }]));

it('restores each system in this process', async () => {
  expect(await ofEachSystem(restoreInProcess)).toEqual(good);
}, 30_000);

it('restores each system over loopback', async () => {
  expect(await ofEachSystem(restoreOverLoopback)).toEqual(good);
}, 60_000);
