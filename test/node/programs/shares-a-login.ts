/** A process that shares the login of an environment with others: calls it some times, and says `done`. */
import { fileTokenStore } from '../../../src/node/file-token-store.ts';
import { epmOAuth, OracleEpmClient } from '../../../src/oracle-epm/index.ts';

const [, , url = '', folder = '', calls = ''] = process.argv;
const epm = new OracleEpmClient({
  baseUrl: url,
  auth: epmOAuth({
    idcsUrl: url,
    clientId: 'public-client',
    refreshToken: 'refresh-token-0',
    store: fileTokenStore(folder),
  }),
});
for (let call = 0; call < Number(calls); call += 1) {
  await epm.backups.list().toArray();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
}
process.stdout.write('done\n');
