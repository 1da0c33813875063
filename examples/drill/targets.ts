import type { Auth, Secret } from 'restorekit';
import type { RestoreServiceInstanceInput } from 'restorekit/cloud-foundry';
import type { RestorePortalInput } from 'restorekit/docspace';
import type { RestoreEnvironmentInput } from 'restorekit/oracle-epm';

/** The fields of every target: the system, its address and the credentials. */
interface TargetBase {
  /** The name of the target on the screen. */
  readonly label: string;
  readonly baseUrl: string;
  readonly auth: Auth;
}

export interface OracleEpmTarget extends TargetBase {
  readonly system: 'oracle-epm';
  readonly restore: RestoreEnvironmentInput;
}

export interface CloudFoundryTarget extends TargetBase {
  readonly system: 'cloud-foundry';
  readonly restore: RestoreServiceInstanceInput;
}

/** One mailbox, restored to where it was. */
export interface MailboxRestore {
  readonly scope: { readonly organizationId: string } | { readonly jobId: string };
  /** The point in time whose backup is opened. */
  readonly dateTime: Date | string;
  /** The address of the mailbox. */
  readonly mailbox: string;
  /** The login of the server at Exchange, if it needs one. */
  readonly exchange?: { readonly userName: string; readonly userPassword: Secret };
}

export interface VeeamTarget extends TargetBase {
  readonly system: 'veeam-m365-v5' | 'veeam-m365-v6' | 'veeam-m365-v7' | 'veeam-m365-v8';
  readonly restore: MailboxRestore;
}

export interface DocSpaceTarget extends TargetBase {
  readonly system: 'docspace';
  readonly restore: RestorePortalInput;
}

/** One restore of the drill. */
export type Target = OracleEpmTarget | CloudFoundryTarget | VeeamTarget | DocSpaceTarget;

export type SystemName = Target['system'];

/** Describes what a restore of this target overwrites. */
export function whatIsOverwritten(target: Target): string {
  switch (target.system) {
    case 'oracle-epm':
      return `the whole environment ${target.baseUrl}, with ${target.restore.backupName}`;
    case 'cloud-foundry':
      return `the service instance ${target.restore.into} of ${target.baseUrl}`;
    case 'veeam-m365-v5':
    case 'veeam-m365-v6':
    case 'veeam-m365-v7':
    case 'veeam-m365-v8':
      return `the mailbox ${target.restore.mailbox}, by ${target.baseUrl}`;
    case 'docspace':
      return `the whole portal ${target.baseUrl}, its users and keys included`;
  }
}

/** The options of the client of a target. */
export function clientOptions<T extends TargetBase & { readonly system: string; readonly restore: unknown }>(
  target: T,
): Omit<T, 'system' | 'label' | 'restore'> {
  const { system: _, label: __, restore: ___, ...options } = target;
  return options;
}
