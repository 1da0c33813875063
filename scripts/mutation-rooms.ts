interface MutationRoom {
  /** Sources that are changed, one place at a time. */
  readonly mutate: readonly string[];
  /** Tests that must notice. */
  readonly tests: readonly string[];
}

/** No braces: on a command line, StrykerJS splits patterns at commas. */
const of = (folder: string, files: readonly string[]) => files.map((file) => `src/${folder}/${file}.ts`);
const systemTests = ['test/oracle-epm', 'test/cloud-foundry', 'test/veeam-m365', 'test/docspace'];

/** What `npm run mutate -- --room <name>` changes, and which folders of tests it runs. */
export const mutationRooms: Readonly<Record<string, MutationRoom>> = {
  protocols: { mutate: ['src/protocols/*.ts'], tests: ['test/protocols', 'test/operation'] },
  operation: {
    mutate: ['src/operation/*.ts'],
    tests: ['test/operation', 'test/protocols', 'test/errors', 'test/resume'],
  },
  client: {
    mutate: ['src/client/*.ts', '!src/client/sample-calls.ts'],
    tests: ['test/client', 'test/http', 'test/resume', ...systemTests],
  },
  auth: { mutate: ['src/auth/*.ts'], tests: ['test/auth', 'test/http'] },
  http: { mutate: ['src/http/*.ts'], tests: ['test/http', 'test/auth', 'test/client'] },
  'start-once': { mutate: ['src/start-once/*.ts'], tests: ['test/start-once'] },
  'oracle-epm': {
    mutate: of('oracle-epm', ['decide-job', 'steps', 'restored-parts', 'ended-at-once', 'aftermath']),
    tests: ['test/oracle-epm'],
  },
  'cloud-foundry': {
    mutate: of('cloud-foundry', [
      'decide-job',
      'other-operation',
      'second-witness',
      'job-warnings',
      'header-warnings',
      'explain-error',
      'explain-failure',
      'created-backup',
    ]),
    tests: ['test/cloud-foundry'],
  },
  'veeam-m365': {
    mutate: of('veeam-m365', [
      'decide-*',
      'events-at-end',
      'mailbox-restore-result',
      'restore-events',
      'restore-status',
    ]),
    tests: ['test/veeam-m365'],
  },
  docspace: {
    mutate: of('docspace', [
      'decide-progress',
      'progress-record',
      'identity-warnings',
      'aftermath',
      'follow-backup',
      'cancel-backup',
    ]),
    tests: ['test/docspace'],
  },
};
