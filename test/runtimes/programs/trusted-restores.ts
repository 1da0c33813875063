// All restores over TLS, with the authority and the certificate named, and prints how they ended.
import { readFileSync } from 'node:fs';
import { trustedFetch } from 'restorekit/node';
import { ofEachSystem, restoreAt } from './restore-systems.ts';

const { urls, trust } = JSON.parse(readFileSync('servers.json', 'utf8'));
const fetch = trustedFetch(trust);
console.log(JSON.stringify(await ofEachSystem((name) => restoreAt(name, { baseUrl: urls[name], fetch }))));
