// All restores, against systems that msw plays, and prints how they ended.
import { setupServer } from 'msw/node';
import { mswHandlers } from 'restorekit/testing/msw';
import { emulatorOf, ofEachSystem, restoreAt } from './restore-systems.ts';

const server = setupServer();
server.listen({ onUnhandledRequest: 'error' });
const ends = await ofEachSystem(async (name) => {
  const emulator = emulatorOf(name);
  const baseUrl = `https://${name}.example.org`;
  server.use(...mswHandlers(emulator, { url: `${baseUrl}/*` }));
  return { ...(await restoreAt(name, { baseUrl })), restores: emulator.restores.length };
});
server.close();
console.log(JSON.stringify(ends));
