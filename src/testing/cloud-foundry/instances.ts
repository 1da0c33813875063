/** A service instance of the emulated foundation. Names are unique per space only. */
export interface CloudFoundryInstance {
  readonly guid: string;
  readonly name: string;
  /** Only managed instances have a plan and backups. @default 'managed' */
  readonly type?: 'managed' | 'user-provided';
  /** @default the space `production`, which the instances share */
  readonly space?: Named;
  /** @default the organization `acme` */
  readonly organization?: Named;
  readonly plan?: Named;
  /** What the plan belongs to. @default the offering `postgres` */
  readonly offering?: Named;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  /** Of managed instances only. @default null */
  readonly dashboardUrl?: string;
  /** Of user-provided instances only. @default null */
  readonly syslogDrainUrl?: string;
  /** Of user-provided instances only. @default null */
  readonly routeServiceUrl?: string;
  /** Who uses it. @default nobody */
  readonly bindings?: readonly CloudFoundryBinding[];
  /** Spaces that it is shared with, and how many apps are bound in each. @default none */
  readonly sharedWith?: readonly { readonly spaceGuid: string; readonly boundApps: number }[];
  /** ISO time. @default '2026-01-12T09:30:00Z' */
  readonly createdAt?: string;
  readonly backups?: readonly CloudFoundryBackup[];
}

export interface Named {
  readonly guid: string;
  readonly name: string;
}

/** An app, a key or a route that uses an instance. */
export interface CloudFoundryBinding {
  readonly guid: string;
  readonly type: 'app' | 'key' | 'route';
  /** @default null */
  readonly name?: string;
  /** Of the type `app`. @default an app that is started, in the space of the instance */
  readonly app?: Named & { readonly state?: 'STARTED' | 'STOPPED'; readonly spaceGuid?: string };
  /** Of the type `route`. */
  readonly route?: { readonly guid: string; readonly url: string };
  /** Its last operation is still running. @default false */
  readonly isBusy?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  /** ISO time. @default '2026-01-12T09:31:00Z' */
  readonly createdAt?: string;
}

export interface CloudFoundryBackup {
  readonly id: string;
  /** ISO time. */
  readonly createdAt: string;
}

const production: Named = { guid: '5a84d315-9513-4d74-95e5-f6a5501eeef7', name: 'production' };
const staging: Named = { guid: '0f8a2c61-3b7d-4e0c-9c55-1d6b7a2e4f90', name: 'staging' };
const acme: Named = { guid: '1c0e6074-777f-450e-9abc-c42f39d9b75b', name: 'acme' };
const smallPlan: Named = { guid: '5358d122-638e-11ea-afca-bf6e756684ac', name: 'on-demand-small' };
const postgres: Named = { guid: '2f0c2c8e-1a43-4d7e-8f0f-5a3a0c9d6b21', name: 'postgres' };

export const isManaged = ({ type = 'managed' }: CloudFoundryInstance): boolean => type === 'managed';
export const spaceOf = (instance: CloudFoundryInstance): Named => instance.space ?? production;
export const organizationOf = (instance: CloudFoundryInstance): Named => instance.organization ?? acme;
export const planOf = (instance: CloudFoundryInstance): Named => instance.plan ?? smallPlan;
export const offeringOf = (instance: CloudFoundryInstance): Named => instance.offering ?? postgres;

export const defaultInstances: readonly CloudFoundryInstance[] = [
  {
    guid: 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c',
    name: 'orders-db',
    labels: { team: 'orders', env: 'production' },
    bindings: [
      {
        guid: 'dde5ad2a-d8f4-44dc-a56f-0452d744f1c3',
        type: 'app',
        app: { guid: '74f7c078-0934-470f-9883-4fdd5a5b8f13', name: 'orders' },
      },
      {
        guid: '2c9b4d10-6f1e-4a8b-9d27-3b5e8f0a7c64',
        type: 'app',
        name: 'reports',
        app: { guid: '9b0e1f2d-4c3a-4b5e-8d6f-7a8b9c0d1e2f', name: 'orders-report', state: 'STOPPED' },
      },
      { guid: '7aa37bad-6ccb-4ef9-ba48-9ce3a91b2b62', type: 'key', name: 'backup-check' },
    ],
    backups: [
      { id: '2f9a1a4e-6d3f-4c39-8c8e-6a1b6a1d7c55', createdAt: '2026-04-23T08:48:06Z' },
      { id: '7d0c9b0e-0a53-4f0b-8a43-93f6d6f5b0f2', createdAt: '2026-04-22T08:48:06Z' },
    ],
  },
  {
    guid: '88ce23e5-27c3-4381-a2df-32a28ec43133',
    name: 'billing-db',
    labels: { team: 'billing', env: 'production' },
    backups: [{ id: 'e3b6a1c4-5f0d-47a9-9b1e-0c2f7d8a9b10', createdAt: '2026-04-23T02:00:00Z' }],
  },
  {
    // The same name as in `production`: a restore by name alone may hit the wrong one.
    guid: '4b6d0e72-95c1-4c38-b0f4-7e2a1d9c8f35',
    name: 'orders-db',
    space: staging,
    labels: { team: 'orders', env: 'staging' },
    createdAt: '2026-02-03T14:00:00Z',
    backups: [
      // The form of the ids that the command line's plugin for backups shows: guid of the instance and seconds.
      { id: '4b6d0e72-95c1-4c38-b0f4-7e2a1d9c8f35_1776902400', createdAt: '2026-04-23T00:00:00Z' },
    ],
  },
];
