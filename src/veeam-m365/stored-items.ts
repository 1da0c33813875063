import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import type { Download } from '../http/download.ts';
import { requireSegment } from '../http/path-segment.ts';
import { type BrowseOptions, getBelow, listBelow } from './browse.ts';
import { DOCUMENT_VERSIONS, type Fields, readFields, text } from './option-fields.ts';
import { restoreBelow, type SessionRestore } from './restore-below.ts';
import type { LoginRule } from './restore-options.ts';
import type { CommonRestoreOptions } from './restore-words.ts';
import { type SaveOptions, saveBelow } from './session-file.ts';
import { type SessionItem, toWireItem } from './session-item.ts';
import type { StoredItem } from './session-items.ts';
import { type GetPath, type PathParams, type PostPath, requireSince, type SessionOf } from './session-requests.ts';
import type { Workload } from './workload.ts';

/** A collection inside a OneDrive or a site, such as its documents. */
export interface StoredPlace {
  readonly workload: Workload;
  /** Path of the OneDrive or the site. */
  readonly base: string;
  /** The parameter of its id. */
  readonly container: string;
  /** The last part of the collection's path. */
  readonly name: string;
  /** The parameter of an item's id. */
  readonly item: string;
  /** The field of a request that lists several. */
  readonly key?: string;
  /** Single items of this collection have actions with a capital (VM-21). */
  readonly hasCapitalActions?: boolean;
}

/** One item by its id, or several as a list returns them. An id in a list is read first. */
export type Chosen<Item extends SessionItem = StoredItem> = string | readonly (string | Item)[];

interface Action {
  readonly verb: string;
  readonly fields: Fields;
  readonly login: LoginRule;
  readonly required?: readonly string[];
}

export interface FolderFilter {
  /** Only what is in this folder. */
  readonly parentId?: string | undefined;
}

/** The calls that all such collections have. */
export class StoredItems {
  readonly #session: SessionOf;
  readonly #place: StoredPlace;

  constructor(session: SessionOf, place: StoredPlace) {
    this.#session = session;
    this.#place = place;
  }

  list(containerId: string, options: FolderFilter & { includeFolders?: boolean | undefined } & BrowseOptions = {}) {
    const { parentId, includeFolders, ...browse } = options;
    if (includeFolders !== undefined) requireSince(this.#session.system, 'v7', 'includeFolders');
    const filter = {
      ...(parentId === undefined ? {} : { parentId: requireText('parentId', parentId) }),
      ...(includeFolders === undefined ? {} : { includeFolders }),
    };
    return listBelow<StoredItem>(this.#session, this.#path as GetPath, this.#params(containerId), browse, filter);
  }

  get(containerId: string, itemId: string, options: CallOptions = {}): Promise<StoredItem> {
    return getBelow(this.#session, this.#onePath as GetPath, this.#params(containerId, itemId), options);
  }

  versions(containerId: string, itemId: string, options: BrowseOptions = {}): Items<StoredItem> {
    requireSince(this.#session.system, 'v6', 'versions');
    const path = `${this.#onePath}/Versions` as GetPath;
    return listBelow(this.#session, path, this.#params(containerId, itemId), options);
  }

  /** Starts a restore, a copy and so on of one item, one version of an item, or several items. */
  async restore(
    containerId: string,
    chosen: Chosen,
    action: Action,
    options: CommonRestoreOptions & { readonly versionId?: number | undefined },
  ): Promise<SessionRestore> {
    const { verb, ...rules } = action;
    const { workload, item } = this.#place;
    const { versionId, ...others } = options;
    const common = { workload, targets: [{ id: requireSegment(this.#place.container, containerId) }], ...rules };
    if (typeof chosen === 'string') {
      const of = versionOf(this.#session, versionId);
      const capital = this.#place.hasCapitalActions && versionId === undefined;
      const name = capital ? `${verb[0]?.toUpperCase()}${verb.slice(1)}` : verb;
      return restoreBelow(this.#session, others, {
        ...common,
        what: `the restore of ${item.replace('Id', '')} ${chosen}`,
        path: `${this.#onePath}${of.path}/${name}` as PostPath,
        params: { ...this.#params(containerId, chosen), ...of.params },
      });
    }
    if (versionId !== undefined)
      throw new ConfigurationError('versionId', 'is only for one item that is named by its id.');
    const several = this.#several(chosen);
    return restoreBelow(this.#session, others, {
      ...common,
      what: `the restore of ${several.length} ${this.#place.key}`,
      path: `${this.#path}/${verb}` as PostPath,
      params: this.#params(containerId),
      more: async () => ({ [this.#place.key ?? '']: await this.wire(containerId, several, others) }),
    });
  }

  /** The restore of a restore operator: each item has its own settings. */
  async operatorRestore(
    containerId: string,
    chosen: Exclude<Chosen, string>,
    options: CommonRestoreOptions & { readonly documentVersion?: unknown },
    rules: Pick<Action, 'fields' | 'required'>,
  ): Promise<SessionRestore> {
    const { key = '', container, workload } = this.#place;
    requireSince(this.#session.system, 'v6', 'operatorRestore');
    const several = this.#several(chosen);
    const { documentVersion, ...others } = options;
    const version = readFields({ documentVersion }, DOCUMENT_VERSIONS, this.#session.system.dialect);
    return restoreBelow(this.#session, others, {
      workload,
      targets: [{ id: requireSegment(container, containerId) }],
      ...rules,
      fields: { ...rules.fields, reason: text },
      isOperator: true,
      what: `the restore of ${several.length} ${key}`,
      path: `${this.#path}/operatorRestore` as PostPath,
      params: this.#params(containerId),
      more: async () => {
        const items = await this.wire(containerId, several, others);
        return { [`${key}RestoreConfigs`]: items.map((item) => ({ [key.slice(0, -1)]: item, ...version })) };
      },
    });
  }

  /** Packs one item, one version of an item, or several items. */
  async save(
    containerId: string,
    chosen: Chosen,
    options: SaveOptions & { readonly versionId?: number | undefined; readonly asZip?: boolean | undefined },
  ): Promise<Download> {
    const { versionId, asZip, ...download } = options;
    const body = asZip === undefined ? undefined : { asZip };
    if (typeof chosen === 'string') {
      const of = versionOf(this.#session, versionId);
      const path = `${this.#onePath}${of.path}/save` as PostPath;
      // Documents have the choice, and their body is required.
      const hasChoice = this.#place.name === 'Documents';
      const params = { ...this.#params(containerId, chosen), ...of.params };
      return saveBelow(this.#session, path, params, body ?? (hasChoice ? {} : undefined), download);
    }
    const several = this.#several(chosen);
    const items = await this.wire(containerId, several, download);
    const path = `${this.#path}/save` as PostPath;
    return saveBelow(this.#session, path, this.#params(containerId), { [this.#place.key ?? '']: items }, download);
  }

  /** Items as requests name them. One that is only an id is read first, because the server wants more of it. */
  async wire(
    containerId: string,
    chosen: readonly (string | StoredItem)[],
    options: { readonly signal?: AbortSignal | undefined },
  ): Promise<object[]> {
    const { signal } = options;
    const items: object[] = [];
    for (const each of chosen) {
      const item = typeof each === 'string' ? { id: each } : each;
      const isKnown = 'name' in item || this.#session.system.dialect.version === 'v5';
      items.push(toWireItem(isKnown ? item : await this.get(containerId, item.id, signal ? { signal } : {})));
    }
    return items;
  }

  #several(chosen: Exclude<Chosen, string>): readonly (string | StoredItem)[] {
    const { key = 'items' } = this.#place;
    if (!Array.isArray(chosen) || chosen.length === 0) {
      // What the server makes of an empty list is not documented; it may be everything.
      throw new ConfigurationError(key, 'must be an id, or a list with at least one item.');
    }
    for (const [index, each] of chosen.entries()) {
      requireSegment(`${key}[${index}]`, typeof each === 'string' ? each : each?.id);
    }
    return chosen;
  }

  get #path(): string {
    return `${this.#place.base}/${this.#place.name}`;
  }

  get #onePath(): string {
    return `${this.#path}/{${this.#place.item}}`;
  }

  #params(containerId: string, itemId?: string): PathParams {
    const { container, item } = this.#place;
    return {
      [container]: requireSegment(container, containerId),
      ...(itemId === undefined ? {} : { [item]: requireSegment(item, itemId) }),
    };
  }
}

function versionOf({ system }: SessionOf, versionId: number | undefined): { path: string; params: PathParams } {
  if (versionId === undefined) return { path: '', params: {} };
  requireSince(system, 'v6', 'versionId');
  if (!Number.isInteger(versionId)) throw new ConfigurationError('versionId', 'must be a whole number.');
  return { path: '/Versions/{versionId}', params: { versionId } };
}
