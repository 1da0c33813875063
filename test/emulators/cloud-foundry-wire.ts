import { type CloudFoundryEmulatorOptions, cloudFoundryEmulator } from '../../src/testing/cloud-foundry/emulator.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';

export const ORDERS = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
export const BILLING = '88ce23e5-27c3-4381-a2df-32a28ec43133';
export const STAGING_ORDERS = '4b6d0e72-95c1-4c38-b0f4-7e2a1d9c8f35';
const BASE = 'https://api.example.org';

/** An emulated foundation and plain requests to it, without any client. */
export async function foundationWire(options: CloudFoundryEmulatorOptions = {}) {
  const clock = virtualClock();
  const emulator = cloudFoundryEmulator({ clock, ...options });

  const token = (form: Record<string, string>, headers: Record<string, string> = {}) =>
    emulator.fetch(`${BASE}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(form).toString(),
    });
  const logIn = async (password = 'secret') => {
    const answer = await token(
      { grant_type: 'password', username: 'admin', password },
      { authorization: 'Basic Y2Y6' },
    );
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };
  let authorization = `bearer ${(await logIn()).body.access_token}`;
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await emulator.fetch(BASE + path, { ...init, headers: { authorization, ...init.headers } });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: parse(text) };
  };
  const post = (path: string, body?: unknown) =>
    ask(path, {
      method: 'POST',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { authorization, 'content-type': 'application/json' } }),
    });
  return {
    clock,
    emulator,
    token,
    logIn,
    ask,
    post,
    renew: async () => {
      authorization = `bearer ${(await logIn()).body.access_token}`;
    },
    /** Starts a restore of `orders-db`; the path of its job. */
    restore: async (body: unknown = {}) => {
      const started = await post(`/v3/service_instances/${ORDERS}/actions/restore`, body);
      return { started, job: new URL(started.headers.get('location') ?? '', BASE).pathname };
    },
  };
}

/** The body as JSON, whatever it holds; the text where it is none. */
function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
