import type { LiveMailbox } from './tenant.ts';

export type EntryKind =
  | 'folder'
  | 'message'
  | 'document'
  | 'item'
  | 'library'
  | 'list'
  | 'channel'
  | 'tab'
  | 'file'
  | 'post';

/** Something inside a mailbox, a OneDrive, a site or a team, as a backup holds it. */
export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly name: string;
  /** What it is in: a folder, a library, a list or a channel. */
  readonly parentId?: string;
  /** Undefined for what only holds others. */
  readonly content?: string;
}

/** All that a backup holds of one mailbox, OneDrive, site or team: what holds others first. */
export function entriesOf(thing: LiveMailbox, contents: ReadonlyMap<string, string>): readonly Entry[] {
  const items = [...contents].map(
    ([id, content], index): Entry => ({ id, content, ...describe(thing, id, index + 1) }),
  );
  return [...holdersOf(thing), ...items];
}

/** Whether an entry is something, or in it, however deep. */
export function isIn(entries: readonly Entry[], entry: Entry, holderId: string): boolean {
  for (let each: Entry | undefined = entry; each; each = parentOf(entries, each)) {
    if (each.id.toLowerCase() === holderId.toLowerCase()) return true;
  }
  return false;
}

function parentOf(entries: readonly Entry[], { parentId }: Entry): Entry | undefined {
  return parentId === undefined ? undefined : entries.find(({ id }) => id === parentId);
}

const folderId = (position: number, number: number) => `f01d000${position + 1}-0000-4000-8000-00000000000${number}`;
const CHANNELS = ['19:general@thread.tacv2', '19:plans@thread.tacv2'] as const;

function holdersOf({ workload, position }: LiveMailbox): readonly Entry[] {
  switch (workload) {
    case 'Vex':
      return [
        { id: 'folder-inbox', kind: 'folder', name: 'Inbox' },
        { id: 'folder-contracts', kind: 'folder', name: 'Contracts' },
      ];
    case 'Veod':
      return [
        { id: folderId(position, 1), kind: 'folder', name: 'Documents' },
        { id: folderId(position, 2), kind: 'folder', name: 'Pictures', parentId: folderId(position, 1) },
      ];
    case 'Vesp':
      return [
        { id: 'library-1', kind: 'library', name: 'Documents' },
        { id: 'list-1', kind: 'list', name: 'Contacts' },
        { id: 'folder-1', kind: 'folder', name: 'Reports', parentId: 'library-1' },
        { id: 'folder-2', kind: 'folder', name: 'Customers', parentId: 'list-1' },
      ];
    case 'Vet':
      return [
        { id: CHANNELS[0], kind: 'channel', name: 'General' },
        { id: CHANNELS[1], kind: 'channel', name: 'Plans' },
      ];
  }
}

function describe({ workload, position }: LiveMailbox, id: string, number: number): Omit<Entry, 'id' | 'content'> {
  switch (workload) {
    case 'Vex':
      return {
        kind: 'message',
        name: `Message ${number}`,
        parentId: number % 2 === 1 ? 'folder-inbox' : 'folder-contracts',
      };
    case 'Veod':
      return { kind: 'document', name: `Report ${number}.docx`, parentId: folderId(position, 1 + (number % 2)) };
    case 'Vesp':
      return id.startsWith('document')
        ? { kind: 'document', name: `Report ${number}.docx`, parentId: number % 4 === 1 ? 'library-1' : 'folder-1' }
        : { kind: 'item', name: `Contact ${number}`, parentId: number % 4 === 0 ? 'list-1' : 'folder-2' };
    case 'Vet': {
      const parentId = CHANNELS[Math.floor((number - 1) / 3) % 2] ?? CHANNELS[0];
      if (number % 3 === 1) return { kind: 'tab', name: `Tab ${number}`, parentId };
      return number % 3 === 2
        ? { kind: 'file', name: `Plan ${number}.xlsx`, parentId }
        : { kind: 'post', name: `Post ${number}`, parentId };
    }
  }
}
