import { failure, invalidModel } from './envelope.ts';
import type { DocSpaceScenario } from './scenario.ts';

/** Only the owner and DocSpace admins may back up and restore, and only a server of one's own can be dumped. */
export function refuseBackupCall(
  scenario: DocSpaceScenario,
  { dump }: { readonly dump: boolean },
): Response | undefined {
  const mayEditPortal = ['owner', 'docspace-admin'].includes(scenario.role ?? 'owner');
  const mayDump = scenario.edition === 'standalone';
  return mayEditPortal && (mayDump || !dump) ? undefined : failure(403, 'Access denied');
}

/** The query parameter `Dump` as it was sent (DS-22); its name is compared without regard to case. */
export function readDump(url: URL, scenario: DocSpaceScenario): boolean | undefined | 'invalid' {
  if (scenario.server === '3.0') return undefined;
  const text = [...url.searchParams].find(([name]) => name.toLowerCase() === 'dump')?.[1].toLowerCase();
  if (text === undefined) return undefined;
  if (text !== 'true' && text !== 'false') return 'invalid';
  return text === 'true';
}

/** Checks `Dump` for calls in which it has two states: absent means the portal, and true is refused without dumps. */
export function refuseDumpCall(dump: boolean | undefined | 'invalid', request: Request, scenario: DocSpaceScenario) {
  return dump === 'invalid' ? refuseDump(request) : refuseBackupCall(scenario, { dump: dump === true });
}

export function refuseDump(request: Request): Response {
  return invalidModel(request, { Dump: ['The value is not valid for Dump.'] });
}
