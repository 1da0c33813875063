// Sends a request with a password to a server, once for each set of options, and prints how each ended.
import { readFileSync } from 'node:fs';
import { trustedFetch } from 'restorekit/node';

const { url, cases } = JSON.parse(readFileSync('cases.json', 'utf8'));
const init = { method: 'POST', headers: { authorization: 'Basic dGhlLXBhc3N3b3Jk' }, body: '{"start":true}' };

const ends: object[] = [];
for (const options of cases) {
  try {
    const answer = await trustedFetch(options)(url, init);
    await answer.text();
    ends.push({ status: answer.status });
  } catch (error) {
    const { name, message, code, cause, field } = error as Error & {
      readonly code?: string;
      readonly field?: string;
      readonly cause?: { readonly code?: string; readonly message?: string };
    };
    ends.push({
      name,
      message: name === 'Error' ? message : (cause?.message ?? message),
      code: cause?.code ?? code,
      field,
    });
  }
}
console.log(JSON.stringify(ends));
