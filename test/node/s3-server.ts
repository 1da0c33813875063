import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface S3Server {
  readonly endpoint: string;
  readonly keys: () => readonly string[];
  close(): Promise<void>;
}

/**
 * What the API of S3 does with conditional writes, over a loopback port and by path style.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function serveS3(bucket: string): Promise<S3Server> {
  const objects = new Map<string, string>();
  const server: Server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    // Not by URL, which would take the dots of a key for steps.
    const [path = '', query] = (request.url ?? '').split('?');
    const [, asked, ...rest] = path.split('/').map(decodeURIComponent);
    const key = rest.join('/');
    const end = (status: number, text: string, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(text);
    const fail = (status: number, code: string) => end(status, `<Error><Code>${code}</Code></Error>`);
    if (asked !== bucket) return fail(404, 'NoSuchBucket');
    if (request.method === 'GET' && key === '') return end(200, listing(objects, new URLSearchParams(query)));
    const current = objects.get(key);
    if (request.method === 'GET') {
      return current === undefined ? fail(404, 'NoSuchKey') : end(200, current, { etag: etagOf(current) });
    }
    if (request.headers['if-none-match'] === '*' && current !== undefined) return fail(412, 'PreconditionFailed');
    const match = request.headers['if-match'];
    if (match !== undefined && current === undefined) return fail(404, 'NoSuchKey');
    if (match !== undefined && match !== etagOf(current ?? '')) return fail(412, 'PreconditionFailed');
    objects.set(key, body);
    return end(200, '', { etag: etagOf(body) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    keys: () => [...objects.keys()],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A page of two keys at most, so that a list has several. */
function listing(objects: ReadonlyMap<string, string>, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('start-after') ?? '';
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, Math.min(2, Number(query.get('max-keys') ?? 1_000)));
  const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  return `<ListBucketResult><IsTruncated>${page.length < keys.length}</IsTruncated>${contents}</ListBucketResult>`;
}

function etagOf(text: string): string {
  return `"${createHash('md5').update(text).digest('hex')}"`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
