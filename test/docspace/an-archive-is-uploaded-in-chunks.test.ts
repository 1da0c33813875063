import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { UploadArchiveOptions } from '../../src/docspace/index.ts';
import { ApiError, IncompleteTransferError, UnexpectedResponseError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import type { DocSpaceScenario } from '../../src/testing/docspace/scenario.ts';
import { rejection } from '../support/rejection.ts';
import { portalWith, scriptedPortal } from './support.ts';

const ARCHIVE = new Uint8Array(25).map((_, index) => (index === 0 ? 0x1f : index === 1 ? 0x8b : index));
const NAME = { fileName: 'portal.tar.gz' };
const SMALL: DocSpaceScenario = { edition: 'standalone', upload: { chunkBytes: 10 } };
const sha256 = createHash('sha256').update(ARCHIVE).digest('hex');

const uploadsOf = ({ emulator }: ReturnType<typeof portalWith>) =>
  emulator.requests.filter(({ operationId }) => operationId === 'uploadBackupFile');

const sources: readonly [
  string,
  () => Parameters<ReturnType<typeof portalWith>['docspace']['portal']['upload']>[0],
  object,
][] = [
  ['bytes', () => ARCHIVE, {}],
  ['a Blob', () => new Blob([ARCHIVE]), {}],
  ['a web stream', () => new Blob([ARCHIVE]).stream(), { totalBytes: 25 }],
  ['a stream of Node', () => Readable.from([ARCHIVE.slice(0, 7), ARCHIVE.slice(7)]), { totalBytes: 25 }],
];

describe('an archive', () => {
  it.each(sources)(
    'from %s is uploaded in chunks of the size that the server wants, and restored',
    async (_, source, more) => {
      const portal = portalWith(SMALL);
      const seen: number[] = [];
      const archive = await portal.docspace.portal.upload(source(), {
        ...NAME,
        ...more,
        onProgress: ({ bytes, totalBytes }) => seen.push(bytes, totalBytes ?? -1),
      });
      expect(archive).toEqual({ bytes: 25, sha256, filePath: 'portal.tar.gz' });
      expect(seen).toEqual([10, 25, 20, 25, 25, 25]);
      const [first, ...chunks] = uploadsOf(portal);
      expect(new URL(first?.url ?? '').search).toBe('?Init=true&totalSize=25&extension=tar.gz');
      expect(chunks.map(({ url }) => new URL(url).search)).toEqual(['', '', '']);
      for (const { headers } of chunks) expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
      const operation = await portal.docspace.portal.restore({ storage: 'local', filePath: archive.filePath });
      expect((await waitForCompletion(operation)).state).toBe('succeeded');
    },
  );

  it('of two names has the extension that the server reads it by', async () => {
    const portal = portalWith(SMALL);
    await portal.docspace.portal.upload(new Uint8Array(25), { fileName: '/backups/PORTAL.TAR' });
    expect(new URL(uploadsOf(portal)[0]?.url ?? '').searchParams.get('extension')).toBe('tar');
  });

  it('that was not uploaded is a restore that never begins (DS-9)', async () => {
    const { docspace, clock } = portalWith(SMALL);
    const operation = await docspace.portal.restore({ storage: 'local', filePath: 'portal.tar.gz' });
    clock.jump(3_600_000);
    expect(await operation.poll()).toMatchObject({ state: 'running', percent: 0 });
  });

  it('replaces one that was uploaded before', async () => {
    const portal = portalWith(SMALL);
    await portal.docspace.portal.upload(new Uint8Array(25), NAME);
    await portal.docspace.portal.upload(ARCHIVE, NAME);
    const operation = await portal.docspace.portal.restore({ storage: 'local', filePath: 'portal.tar.gz' });
    expect((await waitForCompletion(operation)).state).toBe('succeeded');
  });

  it.each<[string, unknown, unknown]>([
    ['fileName', ARCHIVE, undefined],
    ['fileName', ARCHIVE, {}],
    ['fileName', ARCHIVE, { fileName: 'portal.zip' }],
    ['fileName', ARCHIVE, { fileName: 'portal.tar.gz.part' }],
    ['totalBytes', new Blob([ARCHIVE]).stream(), NAME],
    ['totalBytes', ARCHIVE, { ...NAME, totalBytes: 24 }],
    ['totalBytes', ARCHIVE, { ...NAME, totalBytes: '25' }],
    ['source', new Uint8Array(), NAME],
    ['source', 'portal.tar.gz', { ...NAME, totalBytes: 25 }],
    ['onProgress', ARCHIVE, { ...NAME, onProgress: 'log' }],
    ['filename', ARCHIVE, { filename: 'portal.tar.gz' }],
  ])('with a wrong %s is refused before anything is sent', async (field, source, options) => {
    const portal = portalWith(SMALL);
    const upload = portal.docspace.portal.upload(source as Uint8Array, options as UploadArchiveOptions);
    await expect(upload).rejects.toMatchObject({ code: 'configuration', field });
    expect(portal.emulator.requests).toEqual([]);
  });
});

describe('an upload (DS-33)', () => {
  it('that takes more than 20 minutes is refused, and the error says why', async () => {
    const { docspace, clock } = portalWith(SMALL);
    const upload = docspace.portal.upload(ARCHIVE, { ...NAME, onProgress: () => clock.jump(11 * 60_000) });
    const error = await rejection(upload);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ message: expect.stringMatching(/Need init upload.*20 minutes/) });
  });

  it('that the server refuses is an error with its text, although the answer is 200', async () => {
    const { docspace } = portalWith({ ...SMALL, upload: { quotaBytes: 20 } });
    const error = await rejection(docspace.portal.upload(ARCHIVE, NAME));
    expect(error).toMatchObject({ code: 'api', errors: [{ message: expect.stringContaining('larger than') }] });
    const foreign = portalWith({ ...SMALL, role: 'room-admin' });
    expect(await rejection(foreign.docspace.portal.upload(ARCHIVE, NAME))).toMatchObject({
      message: expect.stringContaining('Access denied'),
    });
  });

  it('whose source breaks off is not complete at the server, and a restore of it fails', async () => {
    const { docspace } = portalWith(SMALL);
    const short = docspace.portal.upload(new Blob([ARCHIVE.slice(0, 12)]).stream(), { ...NAME, totalBytes: 25 });
    expect(await rejection(short)).toMatchObject({ code: 'incomplete-transfer', reason: 'source' });
    const operation = await docspace.portal.restore({ storage: 'local', filePath: 'portal.tar.gz' });
    expect(await rejection(waitForCompletion(operation))).toMatchObject({ state: 'failed' });
  });

  it('ends with the reason of the signal, before the next chunk', async () => {
    const portal = portalWith(SMALL);
    const control = new AbortController();
    const upload = portal.docspace.portal.upload(ARCHIVE, {
      ...NAME,
      signal: control.signal,
      onProgress: () => control.abort(new Error('enough')),
    });
    await expect(upload).rejects.toThrow('enough');
    expect(uploadsOf(portal)).toHaveLength(2);
  });
});

describe('a chunk', () => {
  const begun = { Success: true, ChunkSize: 10, EndUpload: false };
  const ended = { ...begun, EndUpload: true };
  const uploadTo = async (...answers: readonly (object | Response)[]) => {
    const { docspace, asked } = scriptedPortal((_, count) => {
      const answer = answers[count - 1] ?? begun;
      // The server names no content type.
      return answer instanceof Response ? answer : new Response(new Blob([JSON.stringify(answer)]));
    });
    const told = await docspace.portal.upload(ARCHIVE, NAME).catch((error: unknown) => error);
    return { told, sent: asked.length };
  };

  it('whose answer is lost is not sent again: the server would append it twice', async () => {
    const { told, sent } = await uploadTo(begun, begun, new Response(null, { status: 502 }));
    expect(told).toBeInstanceOf(IncompleteTransferError);
    expect(told).toMatchObject({ reason: 'connection', bytes: 10, totalBytes: 25, isRetryable: true });
    expect((told as Error).message).toMatch(/from its beginning/);
    expect(sent).toBe(3);
  });

  it.each([
    ['more', [begun, begun, ended]],
    ['less', [begun, begun, begun, begun]],
  ])('after which the server has %s of the archive than was sent ends the upload', async (what, answers) => {
    const { told } = await uploadTo(...answers);
    expect(told).toBeInstanceOf(IncompleteTransferError);
    expect((told as Error).message).toContain(`the server has ${what} of it`);
  });

  it('answered without a content type is understood', async () => {
    expect((await uploadTo(begun, begun, begun, ended)).told).toMatchObject({ bytes: 25 });
  });

  it.each([
    ['no size of chunks', { Success: true }],
    ['a size of 0', { Success: true, ChunkSize: 0 }],
    ['a size below one byte', { Success: true, ChunkSize: 0.5 }],
    ['a message beside success', { ...begun, Message: 'Odd.' }],
  ])('is not sent after %s', async (_, answer) => {
    const { told, sent } = await uploadTo(answer);
    expect(told).toBeInstanceOf(ApiError);
    expect(sent).toBe(1);
  });

  it.each([
    ['a page', new Response('<html></html>')],
    ['another shape', { success: true }],
  ])('is not sent after %s', async (_, answer) => {
    const { told, sent } = await uploadTo(answer);
    expect(told).toBeInstanceOf(UnexpectedResponseError);
    expect(sent).toBe(1);
  });

  it('is not larger than 16 MB, whatever the server announces', async () => {
    const sizes: number[] = [];
    const { docspace } = scriptedPortal(() => Response.json({ ...begun, ChunkSize: 1e12 }));
    const source = new Blob([new Uint8Array(17 * 1024 * 1024)]);
    await docspace.portal
      .upload(source, { ...NAME, onProgress: ({ bytes }) => sizes.push(bytes) })
      .catch(() => undefined);
    expect(sizes).toEqual([16 * 1024 * 1024]);
  });
});
