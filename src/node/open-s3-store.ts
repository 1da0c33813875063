import { ConfigurationError } from '../errors/configuration-error.ts';
import { type ObjectCalls, objectStore } from '../start-once/object-store.ts';
import type { ListOptions, StoredValue } from '../start-once/restore-store.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { importDriver } from './import-driver.ts';
import type { StoreOpener } from './store-opener.ts';

/** The part of the AWS SDK that is used here. */
interface S3Client {
  send(command: unknown): Promise<{
    readonly Body?: { transformToString(): Promise<string> };
    readonly ETag?: string;
    readonly Contents?: readonly { readonly Key?: string }[];
  }>;
  destroy(): void;
}
type Command = new (input: Readonly<Record<string, unknown>>) => unknown;
interface Sdk {
  readonly S3Client: new (options: Readonly<Record<string, unknown>>) => S3Client;
  readonly GetObjectCommand: Command;
  readonly PutObjectCommand: Command;
  readonly ListObjectsV2Command: Command;
}
interface Connection {
  readonly sdk: Sdk;
  readonly client: S3Client;
}

export const openS3Store: StoreOpener = (url, { create }) => {
  const Bucket = url.hostname;
  if (Bucket === '') throw new ConfigurationError('url', 'must name a bucket: s3://bucket/prefix');
  const options = clientOptions(url.searchParams);
  const prefix = url.pathname.replace(/^\/+|\/+$/g, '');
  const keyOf = (name: string) => (prefix === '' ? name : `${prefix}/${name}`);

  let opening: Promise<Connection> | undefined;
  const open = async (): Promise<Connection> => {
    const sdk = await importDriver<Sdk>('@aws-sdk/client-s3', () => import('@aws-sdk/client-s3'));
    return { sdk, client: new sdk.S3Client(options) };
  };
  const connect = (): Promise<Connection> => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };

  const put = async (name: string, Body: string, condition: Readonly<Record<string, string>>) => {
    const { sdk, client } = await connect();
    const input = { Bucket, Key: keyOf(name), Body, ContentType: 'application/json', ...condition };
    const { ETag } = await client.send(new sdk.PutObjectCommand(input));
    return ETag;
  };
  const calls: ObjectCalls = {
    async get(name): Promise<StoredValue | undefined> {
      const { sdk, client } = await connect();
      const { Body, ETag } = await client.send(new sdk.GetObjectCommand({ Bucket, Key: keyOf(name) }));
      return Body && ETag !== undefined ? { value: await Body.transformToString(), version: ETag } : undefined;
    },
    putIfAbsent: (name, value) => put(name, value, { IfNoneMatch: '*' }),
    putIfMatch: (name, value, version) => put(name, value, { IfMatch: version }),
    async list(namePrefix, { after, limit }: ListOptions = {}) {
      const { sdk, client } = await connect();
      const StartAfter = after === undefined ? undefined : keyOf(after);
      const input = omitUndefined({ Bucket, Prefix: keyOf(namePrefix), StartAfter, MaxKeys: limit });
      const { Contents = [] } = await client.send(new sdk.ListObjectsV2Command(input));
      return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key.slice(keyOf('').length)]));
    },
  };
  return {
    store: objectStore(calls, { create }),
    close: async () => {
      const connection = await opening?.catch(() => undefined);
      connection?.client.destroy();
    },
  };
};

function clientOptions(parameters: URLSearchParams): Readonly<Record<string, unknown>> {
  // Not all vendors with the API of S3 support the checksums that the SDK adds by default.
  const options: Record<string, unknown> = { requestChecksumCalculation: 'WHEN_REQUIRED' };
  for (const [name, value] of parameters) {
    if (name === 'region' || name === 'endpoint') options[name] = value;
    else if (name === 'forcePathStyle') options[name] = value === 'true';
    else
      throw new ConfigurationError(
        'url',
        `must have no parameter ${name}; allowed are region, endpoint and forcePathStyle.`,
      );
  }
  return options;
}
