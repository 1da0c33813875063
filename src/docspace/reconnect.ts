import type { Auth } from '../auth/auth.ts';
import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { PermissionError } from '../errors/permission-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { optionalWhole, requireText } from '../errors/require.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { aftermathOf } from './aftermath.ts';
import { backupProgressRequest } from './backup-progress.ts';
import { type FoundJob, readRestores } from './baseline.ts';
import { docspaceApiKey } from './docspace-api-key.ts';
import { checkShape } from './envelope.ts';
import { LOCKED } from './explain-refusal.ts';
import type { RestoreProgress } from './progress-record.ts';
import { readCall } from './read-call.ts';
import { explained, isRefusal } from './refusal.ts';
import { NewKeySchema } from './schemas.ts';
import { RESTORING, readSettings } from './settings.ts';
import { request } from './traits.ts';
import { writeCall } from './write-call.ts';

export interface NewApiKeyOptions {
  /** Shown in the portal, at most 30 characters. @default 'restorekit' and the date */
  readonly name?: string | undefined;
  /** Scopes such as '*:read' and '*:write'. @default ['*'], everything that its user may do */
  readonly permissions?: readonly string[] | undefined;
  /** 1 to 365. @default never */
  readonly expiresInDays?: number | undefined;
}

export interface ReconnectOptions {
  /**
   * The new API key to make. false makes none; then the new client logs in with the new credentials.
   * @default a key without limits
   */
  readonly apiKey?: NewApiKeyOptions | false | undefined;
}

/** A new API key. */
export interface NewApiKey {
  readonly id: string;
  readonly name: string;
  /** The key, `sk-...`. The portal shows it only this once: save it as a secret. It is a function, so that logs do not show it. */
  readonly reveal: () => string;
}

/** The portal after a restore. */
export interface Reconnected<Client> {
  /** A client that works: with the new key, or with the new credentials if none was made. */
  readonly client: Client;
  readonly apiKey?: NewApiKey;
  /**
   * What the portal answers to the old credentials of this client: 'refused' or 'accepted'. 'unknown' if it could not be
   * read, or if they are a password, which is not tried: wrong passwords lock accounts.
   */
  readonly oldCredentials: 'refused' | 'accepted' | 'unknown';
  /** What no longer works or has changed, one sentence each, according to the restores that the portal shows. */
  readonly dead: readonly string[];
  /** The last restore of the portal and the last one of the whole server, as far as the portal shows them. */
  readonly restores: readonly RestoreProgress[];
}

/** Makes a client with other credentials. */
export type Connect<Client> = (auth: Auth) => { readonly client: Client; readonly system: System };

/** The kinds of credentials that are sent as they are, so that trying them locks no account. */
const HARMLESS = ['docspace-api-key', 'docspace-token', 'bearer'];

/** See `Portal.reconnect`. */
export async function reconnect<Client>(
  old: { readonly system: System; readonly authKind: string },
  connect: Connect<Client>,
  { auth, options, call }: { readonly auth: Auth; readonly options: ReconnectOptions; readonly call: CallOptions },
): Promise<Reconnected<Client>> {
  refuseUnknown(options, ['apiKey']);
  const { apiKey: asked = {} } = options;
  const wanted = asked === false ? undefined : asked;
  const key = wanted === undefined ? undefined : toWireKey(wanted, old.system);
  const loggedIn = connect(auth);
  const restores = await readEndedRestores(loggedIn.system, call);
  // A read that only owners and admins may do, and that unpaid portals answer too.
  await checkAccess(loggedIn.system, call);
  const apiKey = key && (await makeKey(loggedIn.system, key, call));
  const connected = apiKey ? connect(docspaceApiKey(apiKey.reveal())) : loggedIn;
  // A key with scopes of the caller's choice may not be allowed to read this.
  if (apiKey && wanted?.permissions === undefined) await checkKey(connected.system, apiKey, call);
  const oldCredentials = await tryOld(old, call);
  const { client } = connected;
  return { client, oldCredentials, dead: deadAfter(restores, oldCredentials), restores, ...omitUndefined({ apiKey }) };
}

/**
 * Reads the restores without credentials, and with the new ones only if the portal requires that (DS-2).
 * @throws {PermissionError} a restore has not ended; new credentials would stop working when it does (DS-12, DS-13)
 */
async function readEndedRestores(system: System, call: CallOptions): Promise<readonly FoundJob[]> {
  const { tenantStatus } = await readSettings(system, call);
  if (tenantStatus === RESTORING) throw restoring(LOCKED);
  const restores = await readRestores(system, undefined, call);
  if (restores.every(({ isCompleted }) => isCompleted)) return restores;
  throw restoring('A restore is running. Credentials that are made now stop working when it has ended.');
}

function restoring(message: string): PermissionError {
  return new PermissionError(message, { status: 403, reason: 'portal-restoring' });
}

async function checkAccess(system: System, call: CallOptions): Promise<void> {
  await readCall(system, backupProgressRequest(false), call);
}

interface WireKey {
  readonly name: string;
  readonly permissions: string[];
  readonly expiresInDays?: number;
}

function toWireKey(wanted: NewApiKeyOptions, { clock }: System): WireKey {
  if (typeof wanted !== 'object' || wanted === null) {
    throw new ConfigurationError('apiKey', 'must be false, or an object with `name`, `permissions`, `expiresInDays`.');
  }
  refuseUnknown(wanted, ['name', 'permissions', 'expiresInDays']);
  const { name = `restorekit ${new Date(clock.now()).toISOString().slice(0, 10)}`, permissions = ['*'] } = wanted;
  const { expiresInDays } = wanted;
  if (requireText('apiKey.name', name).length > 30) {
    throw new ConfigurationError('apiKey.name', 'must not be longer than 30 characters.');
  }
  if (!Array.isArray(permissions) || permissions.length === 0) {
    throw new ConfigurationError('apiKey.permissions', 'must be a list of scopes that is not empty.');
  }
  permissions.forEach((scope, index) => {
    requireText(`apiKey.permissions.${index}`, scope);
  });
  optionalWhole('apiKey.expiresInDays', expiresInDays, 1, 365);
  return { name, permissions: [...permissions], ...omitUndefined({ expiresInDays }) };
}

/** Makes a key, once: the portal allows 5 in 15 minutes (DS-15). */
async function makeKey(system: System, body: WireKey, call: CallOptions): Promise<NewApiKey> {
  const content = await writeCall(system, request('post', '/api/2.0/keys', { body }), call);
  const { id, name, key } = checkShape('The new API key', NewKeySchema, content);
  system.transport.redactor.add(key);
  return { id, name: name ?? body.name, reveal: () => key };
}

/** Only a refusal counts: after an outage the key, which is shown only once, must not be lost. */
async function checkKey(system: System, { id }: NewApiKey, call: CallOptions): Promise<void> {
  try {
    await checkAccess(system, call);
  } catch (error) {
    call.signal?.throwIfAborted();
    if (isRefusal(error)) throw explained(error, `The API key ${id} was made, but the portal refuses it.`);
  }
}

async function tryOld(
  { system, authKind }: { readonly system: System; readonly authKind: string },
  call: CallOptions,
): Promise<Reconnected<unknown>['oldCredentials']> {
  if (!HARMLESS.includes(authKind)) return 'unknown';
  try {
    await checkAccess(system, call);
    return 'accepted';
  } catch (error) {
    call.signal?.throwIfAborted();
    return isRefusal(error) ? 'refused' : 'unknown';
  }
}

function deadAfter(
  restores: readonly FoundJob[],
  oldCredentials: Reconnected<unknown>['oldCredentials'],
): readonly string[] {
  const told = {
    refused: ['The portal refuses the old credentials of this client.'],
    accepted: ['The portal still accepts the old credentials of this client.'],
    unknown: [],
  }[oldCredentials];
  const [only, ...others] = restores.filter(hasSucceeded);
  if (!only) return [...told, 'The portal shows no restore that has succeeded, so it is not known what has changed.'];
  // Which of two was the last one is not shown.
  const dump = others.length === 0 ? only.dump : undefined;
  return [...told, ...aftermathOf(omitUndefined({ dump }), { ...only })];
}

function hasSucceeded({ isCompleted, percent, error, status }: FoundJob): boolean {
  return isCompleted && error === undefined && percent === 100 && status !== 'canceled' && status !== 'failed';
}
