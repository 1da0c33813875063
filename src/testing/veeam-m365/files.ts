import { type Answer, connectionReset } from '../answer.ts';
import type { Call } from '../route.ts';
import type { Entry } from './entries.ts';
import type { VeeamServer } from './server.ts';

/** The content of a file that a session gives out, made of what was chosen: one line for each item. */
export function fileOf(entries: readonly Entry[], kind: 'pst' | 'zip' | 'plain'): string {
  const lines = entries.flatMap(({ name, content }) => (content === undefined ? [] : [`${name}: ${content}\n`]));
  // The first bytes of such files, so that they are taken for what they are.
  return `${{ pst: '!BDN', zip: 'PK\u0003\u0004', plain: '' }[kind]}${lines.join('')}`;
}

/** Answers with a file when it is made. */
export async function fileAnswer(server: VeeamServer, call: Call, content: string): Promise<Answer> {
  const { packingMs = 0, fileFault } = server.scenario.files ?? {};
  if (packingMs > 0) await server.clock.sleep(packingMs, call.request.signal);
  if (fileFault === 'no-outlook') {
    return server.problem(500, 'Microsoft Outlook is not installed on the server.');
  }
  if (fileFault === 'reset') return connectionReset;
  const bytes = new TextEncoder().encode(content);
  const sent = fileFault === 'cut' ? bytes.slice(0, Math.floor(bytes.byteLength / 2)) : bytes;
  return new Response(sent, {
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(bytes.byteLength) },
  });
}
