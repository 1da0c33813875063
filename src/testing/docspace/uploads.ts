import type { Clock } from '../../clock/clock.ts';
import type { SourceState } from './archives.ts';
import type { DocSpaceScenario } from './scenario.ts';

const CHUNK_BYTES = 10 * 1024 * 1024;
/** How long the server keeps an upload, from its start. */
const KEPT_MS = 20 * 60_000;
const GZIP = [0x1f, 0x8b];

interface Upload {
  readonly extension: 'tar' | 'tar.gz';
  readonly size: number;
  readonly startedAt: number;
  received: number;
  /** The first two bytes, which tell the format. */
  readonly head: number[];
  isOpen: boolean;
}

/** What the upload handler answers, with HTTP 200 in any case. */
export interface UploadAnswer {
  readonly Success: boolean;
  readonly Message?: string;
  readonly ChunkSize: number;
  readonly EndUpload: boolean;
}

export const refusedUpload = (Message: string): UploadAnswer => ({
  Success: false,
  Message,
  ChunkSize: 0,
  EndUpload: false,
});

/** The archive that was uploaded for a restore from the local storage: one per portal. */
export function createUploads({ clock, scenario }: { readonly clock: Clock; readonly scenario: DocSpaceScenario }) {
  const { chunkBytes = CHUNK_BYTES, quotaBytes = Number.POSITIVE_INFINITY } = scenario.upload ?? {};
  const accepted = (isEnd: boolean): UploadAnswer => ({ Success: true, ChunkSize: chunkBytes, EndUpload: isEnd });
  let upload: Upload | undefined;

  return {
    /** Begins an upload, and deletes the archive of an earlier one. */
    beginUpload(size: number, extension: string | null): UploadAnswer {
      if (!(size > 0)) return refusedUpload('Total size must be greater than 0.');
      if (size > quotaBytes) return refusedUpload('Backup is larger than the total size of the portal');
      upload = {
        extension: extension === 'tar' ? 'tar' : 'tar.gz',
        size,
        startedAt: clock.now(),
        received: 0,
        head: [],
        isOpen: true,
      };
      return accepted(false);
    },
    /** Appends a chunk, wherever it belongs. */
    appendChunk(bytes: Uint8Array): UploadAnswer {
      if (!upload?.isOpen || clock.now() - upload.startedAt >= KEPT_MS) return refusedUpload('Need init upload.');
      if (bytes.byteLength > chunkBytes) return refusedUpload('chunkSize more then maxChunkUploadSize');
      upload.head.push(...bytes.subarray(0, GZIP.length - upload.head.length));
      upload.received += bytes.byteLength;
      upload.isOpen = upload.received < upload.size;
      return accepted(!upload.isOpen);
    },
    /** What a restore finds: an archive that is incomplete, too long or of another format is invalid. */
    uploadedArchive(): SourceState {
      if (!upload || upload.received === 0) return 'not-uploaded';
      const isGzip = GZIP.every((byte, index) => upload?.head[index] === byte);
      return upload.received === upload.size && isGzip === (upload.extension === 'tar.gz') ? 'good' : 'invalid';
    },
  };
}
