/** A managed service instance of the emulated foundation. */
export interface CloudFoundryInstance {
  readonly guid: string;
  readonly name: string;
  /** @default a space that the instances share */
  readonly space?: Named;
  readonly organization?: Named;
  readonly plan?: Named;
  /** ISO time. @default '2026-01-12T09:30:00Z' */
  readonly createdAt?: string;
  readonly backups?: readonly CloudFoundryBackup[];
}

export interface Named {
  readonly guid: string;
  readonly name: string;
}

export interface CloudFoundryBackup {
  readonly id: string;
  /** ISO time. */
  readonly createdAt: string;
}

export const defaultSpace: Named = { guid: '5a84d315-9513-4d74-95e5-f6a5501eeef7', name: 'production' };
export const defaultOrganization: Named = { guid: '1c0e6074-777f-450e-9abc-c42f39d9b75b', name: 'acme' };
export const defaultPlan: Named = { guid: '5358d122-638e-11ea-afca-bf6e756684ac', name: 'on-demand-small' };

export const defaultInstances: readonly CloudFoundryInstance[] = [
  {
    guid: 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c',
    name: 'orders-db',
    backups: [
      { id: '2f9a1a4e-6d3f-4c39-8c8e-6a1b6a1d7c55', createdAt: '2026-04-23T08:48:06Z' },
      { id: '7d0c9b0e-0a53-4f0b-8a43-93f6d6f5b0f2', createdAt: '2026-04-22T08:48:06Z' },
    ],
  },
  {
    guid: '88ce23e5-27c3-4381-a2df-32a28ec43133',
    name: 'billing-db',
    backups: [{ id: 'e3b6a1c4-5f0d-47a9-9b1e-0c2f7d8a9b10', createdAt: '2026-04-23T02:00:00Z' }],
  },
];
