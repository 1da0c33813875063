import { type Answer, jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import type { Accounts } from './accounts.ts';
import { refuseBackupCall } from './checks.ts';
import type { Portal } from './portal.ts';
import { refusedUpload, type UploadAnswer } from './uploads.ts';

/** The upload of an archive. It is no call of the API: no envelope, and refusals are 200. */
export function uploadRoutes(portal: Portal, accounts: Accounts): Route[] {
  const handle = async ({ request, url }: Call): Promise<Answer> => jsonAnswer(await answer(request, url));

  const answer = async (request: Request, url: URL): Promise<UploadAnswer> => {
    const isUser = accounts.identify(request.headers).kind === 'user';
    if (!isUser || refuseBackupCall(portal.scenario, { dump: false })) return refusedUpload('Access denied');
    // ASP.NET reads names of parameters in any case.
    const query = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
    if (query.get('init') === 'true') {
      return portal.beginUpload(Number(query.get('totalsize')), query.get('extension') ?? null);
    }
    const file = await firstFile(request);
    return file ? portal.appendChunk(file) : refusedUpload('Index was out of range.');
  };

  return [{ operationId: 'uploadBackupFile', method: 'POST', path: '/backupFileUpload.ashx', role: 'other', handle }];
}

async function firstFile(request: Request): Promise<Uint8Array | undefined> {
  try {
    const [file] = [...(await request.formData()).values()].filter((value) => typeof value !== 'string');
    return file && new Uint8Array(await file.arrayBuffer());
  } catch {
    return undefined;
  }
}
