import type { components } from '../../../generated/docspace.d.ts';
import type { Answer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { refuseTarget } from './backup-target.ts';
import { readDump, refuseBackupCall, refuseDumpCall } from './checks.ts';
import { failure, invalidModel, success } from './envelope.ts';
import type { Portal } from './portal.ts';
import { readObject, readStorageFields, STORAGE_TYPES, wrongType } from './request-body.ts';

type Schedule = components['schemas']['BackupSchedule'];
type NamedRoute = readonly [method: string, name: string, operationId: string, handle: Route['handle']];

const PERIODS = ['EveryDay', 'EveryWeek', 'EveryMonth'];

/** The schedule of automatic backups, one of the portal and one of the server. It is kept and never run. */
export function scheduleRoutes(portal: Portal): readonly NamedRoute[] {
  const { clock, scenario } = portal;
  const schedules = new Map<boolean, Schedule & { readonly setAt: number }>();

  const set = ({ request, json }: Call): Answer => {
    const dto = readObject(json);
    const fields = readStorageFields(dto);
    if (dto === undefined || 'errors' in fields) return invalidModel(request, 'errors' in fields ? fields.errors : {});
    const refused = refuseBackupCall(scenario, fields);
    if (refused) return refused;
    const cron = readCron(dto.cronParams);
    if (cron === 'missing') return failure(500, 'Object reference not set to an instance of an object.');
    if (cron === 'invalid') return invalidModel(request, wrongType('cronParams').errors);
    const { backupsStored = 1 } = dto;
    if (typeof backupsStored !== 'number') return invalidModel(request, wrongType('backupsStored').errors);
    if (backupsStored < 1 || backupsStored > 30) return failure(400, 'backupStored must be 1 - 30');
    const wrongTarget = refuseTarget(fields, portal);
    if (wrongTarget) return wrongTarget;
    if (scenario.plan === 'without-restore') return failure(402, 'Your pricing plan does not support this option');
    if (!isCron(cron)) return failure(500, 'Day-of-Week values must be between 1 and 7');
    if (scenario.ignoresSchedule) return success(request, true);
    const params = Object.fromEntries(fields.storageParams.map(({ key, value }) => [String(key), String(value)]));
    const { filePath, folderId = filePath ?? null, ...others } = params;
    const isConsumer = STORAGE_TYPES[fields.storageType] === 'ThirdPartyConsumer';
    schedules.set(fields.dump, {
      storageType: fields.storageType,
      storageParams: { ...others, ...(filePath ? { filePath } : {}), ...(isConsumer ? {} : { folderId }) },
      cronParams: cron,
      backupsStored,
      lastBackupTime: '0001-01-01T00:00:00',
      dump: fields.dump,
      setAt: clock.now(),
    });
    return success(request, true);
  };

  const withDump =
    (handle: (call: Call, dump: boolean) => Answer) =>
    (call: Call): Answer => {
      const dump = readDump(call.url, scenario);
      return refuseDumpCall(dump, call.request, scenario) ?? handle(call, dump === true);
    };
  const get = withDump(({ request }, dump) => {
    const found = schedules.get(dump);
    const { scheduleLostAfterMs = Number.POSITIVE_INFINITY } = scenario;
    if (!found || clock.now() - found.setAt >= scheduleLostAfterMs) return success(request);
    const { setAt: _, ...schedule } = found;
    return success(request, schedule);
  });
  const remove = withDump(({ request }, dump) => {
    schedules.delete(dump);
    return success(request, true);
  });

  return [
    ['GET', 'getbackupschedule', 'getBackupSchedule', get],
    ['POST', 'createbackupschedule', 'createBackupSchedule', set],
    ['DELETE', 'deletebackupschedule', 'deleteBackupSchedule', remove],
  ];
}

interface Cron {
  readonly period: number;
  readonly hour: number;
  readonly day: number;
}

function readCron(value: unknown): Cron | 'missing' | 'invalid' {
  if (value === undefined || value === null) return 'missing';
  const { period = 0, hour = 0, day = 0 } = Object(value) as Record<string, unknown>;
  const index =
    typeof period === 'string' ? PERIODS.findIndex((name) => name.toLowerCase() === period.toLowerCase()) : period;
  if (typeof index !== 'number' || index < 0 || index > 2 || typeof hour !== 'number' || typeof day !== 'number') {
    return 'invalid';
  }
  return { period: index, hour, day };
}

/** Days of the week are 1 to 7 and begin with Sunday. */
function isCron({ period, hour, day }: Cron): boolean {
  const days = [
    [0, 31],
    [1, 7],
    [1, 31],
  ][period] ?? [0, 0];
  return hour >= 0 && hour <= 23 && day >= (days[0] ?? 0) && day <= (days[1] ?? 0);
}
