import { docspaceEmulator } from '../../../src/testing/docspace/emulator.ts';
import type { DocSpaceScenario } from '../../../src/testing/docspace/scenario.ts';
import type { DocSpaceScenarioName } from '../../../src/testing/docspace/scenarios.ts';
import { virtualClock } from '../../../src/testing/virtual-clock.ts';

const API = 'https://portal.example.com/api/2.0';

/** What a call of the portal was answered. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what a test asks about.
  readonly body: any;
}

/** An emulated portal, and plain requests to it with the emulator's own API key. */
export function portal(scenario: DocSpaceScenario | DocSpaceScenarioName = {}) {
  const clock = virtualClock();
  const emulator = docspaceEmulator({ clock, scenario });
  const key = { authorization: `Bearer ${emulator.credentials.apiKey}` };

  async function ask(method: string, path: string, json?: unknown, headers: Record<string, string> = {}) {
    const answer = await emulator.fetch(`${API}/${path}`, {
      method,
      headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) } as Told;
  }

  return {
    clock,
    emulator,
    start: (body: object) => ask('POST', 'backup/startrestore', { notify: false, ...body }, key),
    progress: async (query = '') => (await ask('GET', `backup/getrestoreprogress${query}`)).body?.response,
    history: (query = '') => ask('GET', `backup/getbackuphistory${query}`, undefined, key),
    anonymous: (path: string, headers: Record<string, string> = {}) => ask('GET', path, undefined, headers),
  };
}

export const fromStorage = (storageType: number, params: Record<string, string>) => ({
  backupId: '',
  storageType,
  storageParams: Object.entries(params).map(([paramName, value]) => ({ key: paramName, value })),
});
