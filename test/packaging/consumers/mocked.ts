import { setupServer } from 'msw/node';
import { OracleEpmClient } from 'restorekit';
import { basicAuth } from 'restorekit/oracle-epm';
import { oracleEpmEmulator } from 'restorekit/testing';
import { mswHandlers } from 'restorekit/testing/msw';

const server = setupServer(...mswHandlers(oracleEpmEmulator(), { url: 'https://epm.example.org/*' }));

async function main(): Promise<void> {
  server.listen({ onUnhandledRequest: 'error' });
  const epm = new OracleEpmClient({
    baseUrl: 'https://epm.example.org',
    auth: basicAuth({ username: 'admin', password: 'secret' }),
  });
  const backups = await epm.backups.list().toArray();
  server.close();
  console.log(JSON.stringify({ backups: backups.length }));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
