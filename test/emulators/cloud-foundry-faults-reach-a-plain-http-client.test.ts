import { expect, it } from 'vitest';
import { BILLING, foundationWire, ORDERS } from './cloud-foundry-wire.ts';

const MINUTE = 60_000;

it('the root has login and uaa as objects, whose address may be null', async () => {
  const { ask } = await foundationWire({ scenario: { nullLinks: ['login'] } });
  expect((await ask('/')).body.links).toMatchObject({
    login: { href: null },
    uaa: { href: 'https://api.example.org' },
    credhub: null,
  });
});

it('a job knows its operation, and a backup the instance and the second it is of', async () => {
  const { ask, post, clock, restore } = await foundationWire();
  const { job } = await restore();
  expect((await ask(job)).body.operation).toBe('service_instance.restore');
  const saved = await post(`/v3/service_instances/${BILLING}/backups`);
  const path = new URL(saved.headers.get('location') ?? '').pathname;
  expect((await ask(path)).body.operation).toBe('service_instance.create_backup');
  const seconds = Math.floor(clock.now() / 1000);
  clock.jump(MINUTE);
  const { body } = await ask(`/v3/service_instances/${BILLING}/backups`);
  expect(body.backups).toContainEqual({ id: `${BILLING}_${seconds}`, created_at: seconds });
});

it('a job that is stuck says PROCESSING, and the instance tells that the work has ended', async () => {
  const { ask, clock, restore, renew, emulator } = await foundationWire({ scenario: 'processing-for-good' });
  const { job } = await restore();
  clock.jump(59 * MINUTE);
  await renew();
  const lastOperation = async () => (await ask(`/v3/service_instances/${ORDERS}`)).body.last_operation.state;
  const jobState = async () => (await ask(job)).body.state;
  expect([await jobState(), await lastOperation()]).toEqual(['PROCESSING', 'in progress']);
  clock.jump(MINUTE);
  expect([await jobState(), await lastOperation()]).toEqual(['PROCESSING', 'succeeded']);
  expect(emulator.serviceInstances[0]).toMatchObject({ isBusy: false, contents: expect.stringContaining('backup') });
  expect(emulator.restores[0]?.truth).toBe('succeeded');
});

it('FAILED by a timeout leaves the instance in progress until the broker is done', async () => {
  const { ask, clock, restore, post } = await foundationWire({ scenario: 'gave-up-and-the-broker-succeeds' });
  const { job } = await restore();
  clock.jump(MINUTE);
  expect((await ask(job)).body).toMatchObject({ state: 'FAILED', errors: [{ title: 'CF-JobTimeout' }] });
  const instance = `/v3/service_instances/${ORDERS}`;
  expect((await ask(instance)).body.last_operation.state).toBe('in progress');
  expect((await post(`${instance}/actions/restore`, {})).status).toBe(409);
  clock.jump(10 * MINUTE);
  expect((await ask(instance)).body.last_operation.state).toBe('succeeded');
});

it('another job stands under our URL', async () => {
  const { ask, restore } = await foundationWire({ scenario: 'another-job-answers' });
  const { job } = await restore();
  const states: string[] = [];
  for (let poll = 0; poll < 4; poll += 1) {
    const { body } = await ask(job);
    states.push(`${job.endsWith(body.guid) ? 'ours' : 'other'} ${body.state}`);
  }
  expect(states).toEqual(['ours PROCESSING', 'other COMPLETE', 'other COMPLETE', 'ours PROCESSING']);
});

it('a malformed error stands beside a good one', async () => {
  const { ask, clock, restore } = await foundationWire({ scenario: 'malformed-error' });
  const { job } = await restore();
  clock.jump(MINUTE);
  expect((await ask(job)).body.errors).toEqual([
    'broken',
    null,
    { code: 'ten', detail: 'only a detail' },
    expect.objectContaining({ title: 'CF-UnableToPerform' }),
  ]);
});

it('an expired token is answered with 429 10014 by an old server', async () => {
  const { ask, clock, restore, renew } = await foundationWire({ scenario: 'expired-token-is-a-429' });
  const { job } = await restore();
  clock.jump(2 * MINUTE);
  const { status, headers, body } = await ask(job);
  expect([status, headers.get('retry-after'), body.errors[0].code]).toEqual([429, '3600', 10014]);
  await renew();
  expect((await ask(job)).status).toBe(200);
});

it('single polls are refused although the token is good', async () => {
  const { ask, restore } = await foundationWire({ scenario: 'single-401s' });
  const { job } = await restore();
  const statuses: number[] = [];
  for (let poll = 0; poll < 10; poll += 1) statuses.push((await ask(job)).status);
  expect(statuses).toEqual([200, 200, 200, 200, 401, 200, 200, 200, 200, 401]);
});

it('a gateway answers 404 in its own words', async () => {
  const { ask, clock, restore } = await foundationWire({ scenario: 'gateway-404' });
  const { job } = await restore();
  clock.jump(MINUTE);
  expect(await ask(job)).toMatchObject({ status: 404, body: { message: 'no Route matched' } });
});

it('warnings come with the 202, with each poll and at the end', async () => {
  const { ask, clock, restore } = await foundationWire({ scenario: 'warnings-all-the-way' });
  const { started, job } = await restore();
  expect(started.headers.get('x-cf-warnings')).toBe('The+plan+is+deprecated');
  const poll = await ask(job);
  expect(poll.headers.get('x-cf-warnings')).toContain('%2C+really');
  expect(poll.body.warnings).toEqual([]);
  clock.jump(5 * MINUTE);
  expect((await ask(job)).body.warnings).toHaveLength(2);
});

it('the server writes its times, and its Date, by its own clock', async () => {
  const { ask, clock, restore } = await foundationWire({ scenario: 'server-clock-ahead' });
  const { started, job } = await restore();
  const ahead = clock.now() + 11 * MINUTE;
  expect(Date.parse(started.headers.get('date') ?? '')).toBe(ahead);
  expect(Date.parse((await ask(job)).body.created_at)).toBe(ahead);
  const { body } = await ask(`/v3/service_instances/${ORDERS}`);
  expect(Date.parse(body.last_operation.created_at)).toBe(ahead);
});

it('the common faults of one refused poll and of a misrouted answer are in its own words', async () => {
  const { ask, restore } = await foundationWire({
    scenario: { faults: { single401: true, misroutedAnswer: { fromPoll: 3, toPoll: 3 } } },
  });
  const { job } = await restore();
  expect((await ask(job)).status).toBe(200);
  expect(await ask(job)).toMatchObject({ status: 401, body: { errors: [{ title: 'CF-InvalidAuthToken' }] } });
  const misrouted = (await ask(job)).body;
  expect(misrouted.state).toBe('COMPLETE');
  expect(job.endsWith(misrouted.guid)).toBe(false);
});
