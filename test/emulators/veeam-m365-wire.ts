import { veeamM365Emulator } from '../../src/testing/veeam-m365/emulator.ts';
import type { VeeamM365Scenario } from '../../src/testing/veeam-m365/scenario.ts';
import type { VeeamM365ScenarioName } from '../../src/testing/veeam-m365/scenarios.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';

const BASE = 'https://vb365.example.org:4443/v6';

/** An emulated server with one open session, and plain requests of v6 to it, without any client. */
export async function sessionWire(scenario: VeeamM365Scenario | VeeamM365ScenarioName = {}) {
  const clock = virtualClock();
  const emulator = veeamM365Emulator({ clock, scenario });
  let authorization = '';
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await emulator.fetch(BASE + path, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
  const logIn = async () => {
    const answer = await emulator.fetch(`${BASE}/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'password',
        username: 'DOMAIN\\administrator',
        password: 'secret',
      }).toString(),
    });
    authorization = `Bearer ${((await answer.json()) as { access_token: string }).access_token}`;
  };
  await logIn();
  const dateTime = new Date(clock.now()).toISOString();
  const opened = await ask('POST', `/Organizations/${emulator.organizationId}/explore`, { dateTime, type: 'Vex' });
  const session = `/RestoreSessions/${opened.body.id}`;
  const mailboxes = `${session}/organization/mailboxes`;
  const ids = emulator.mailboxes.map(({ id }) => id);
  return {
    clock,
    emulator,
    ask,
    logIn,
    opened,
    session,
    mailboxes,
    ids,
    get: () => ask('GET', session),
    stop: () => ask('POST', `${session}/Stop`),
    /** The events of restores. */
    events: async () => (await ask('GET', `${session}/Events`)).body.results.slice(1),
    restore: (body: unknown = {}) => ask('POST', `${mailboxes}/${ids[0]}/restore`, body),
    restoreMany: (body: object = {}) =>
      ask('POST', `${mailboxes}/restore`, { mailboxes: ids.slice(0, 3).map((id) => ({ id })), ...body }),
  };
}
