import { SpanStatusCode } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { resume, waitForCompletion } from 'restorekit';
import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { restoreTelemetry } from 'restorekit/opentelemetry';
import { cloudFoundryEmulator, virtualClock } from 'restorekit/testing';
import { expect, it } from 'vitest';

type Scenario = Exclude<NonNullable<Parameters<typeof cloudFoundryEmulator>[0]>['scenario'], string | undefined>;

const RESTORE = { into: 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c', from: 'server-default' } as const;

function observed(scenario: Scenario) {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const counts = new Map<string, number>();
  const add = (name: string) => ({
    add: (value: number) => counts.set(name, (counts.get(name) ?? 0) + value),
    record: (value: number) => counts.set(name, value),
  });
  const meter = { createUpDownCounter: add, createCounter: add, createHistogram: add };
  const clock = virtualClock();
  const emulator = cloudFoundryEmulator({ clock, scenario });
  const cf = new CloudFoundryClient({
    baseUrl: 'https://api.example.org',
    auth: uaaPassword({ username: 'admin', password: 'secret' }),
    fetch: emulator.fetch,
    clock,
    onEvent: restoreTelemetry({ tracer: provider.getTracer('test'), meter: meter as never }),
  });
  const ms = ([seconds, nanoseconds]: readonly [number, number]) => seconds * 1_000 + nanoseconds / 1e6;
  return { cf, clock, counts, spans: () => exporter.getFinishedSpans(), ms };
}

it('from the start to the end that a wait has seen, with its polls and its outage', async () => {
  const { cf, counts, spans, ms } = observed({
    durationMs: 600_000,
    faults: { outage: { fromMs: 60_000, toMs: 240_000 } },
  });
  const operation = await cf.serviceInstances.restore({ ...RESTORE, note: 'CHANGE-1' });
  expect(counts.get('restorekit.restores.running')).toBe(1);
  const [done] = await Promise.all([waitForCompletion(operation), waitForCompletion(operation)]);

  expect(spans()).toHaveLength(1);
  const [span] = spans();
  expect(span?.attributes).toMatchObject({
    'restorekit.kind': 'cloud-foundry/restore-service-instance',
    'restorekit.id': operation.id,
    'restorekit.note': 'CHANGE-1',
    'restorekit.outcome': 'succeeded',
    'restorekit.polls': done.polls,
    'restorekit.unreachable_ms': done.unreachableMs,
  });
  expect(span?.status.code).toBe(SpanStatusCode.OK);
  expect(span && ms(span.endTime) - ms(span.startTime)).toBe(done.elapsedMs);
  expect(span?.events.map(({ name }) => name)).toEqual(['poll', 'outage', 'seen again', 'poll']);
  expect(Object.fromEntries(counts)).toMatchObject({
    'restorekit.restores.running': 0,
    'restorekit.restores.ended': 1,
    'restorekit.restores.duration': done.elapsedMs / 1_000,
    'restorekit.restores.unreachable': done.unreachableMs / 1_000,
  });
});

it('from the first poll where another process has started it, and an error where it did not succeed', async () => {
  const { cf, spans } = observed({ durationMs: 60_000, ending: 'failed' });
  const handle = JSON.stringify(await cf.serviceInstances.restore(RESTORE));
  const other = observed({ durationMs: 60_000 });
  await expect(waitForCompletion(resume(handle, [cf]))).rejects.toMatchObject({ code: 'operation-failed' });
  expect(spans()).toMatchObject([
    { status: { code: SpanStatusCode.ERROR }, attributes: { 'restorekit.outcome': 'failed' } },
  ]);
  expect(other.spans()).toEqual([]);
});

it('an error too where the wait ends without a verdict', async () => {
  const { cf, spans } = observed({ durationMs: 600_000 });
  const operation = await cf.serviceInstances.restore(RESTORE);
  await expect(waitForCompletion(operation, { timeoutMs: 60_000 })).rejects.toMatchObject({ code: 'wait-timeout' });
  expect(spans()).toMatchObject([
    { status: { code: SpanStatusCode.ERROR }, attributes: { 'restorekit.outcome': 'unknown' } },
  ]);
});
