import type { components } from '../../../generated/oracle-epm.d.ts';
import { jsonAnswer } from '../answer.ts';
import type { Call } from '../route.ts';
import type { OracleEpmEnding } from './scenario.ts';

type Schemas = components['schemas'];
export type Link = Schemas['Link'];

/** An error in the form of the migration family; the wording is not documented. */
export function errorAnswer(status: number, details: string, headers: Record<string, string> = {}): Response {
  const body: Schemas['Job'] = { details, status: 1, links: null, items: null };
  return jsonAnswer(body, { status, headers });
}

export function link(rel: string, href: string, action = 'GET'): Link {
  return { href, action, rel, data: null };
}

export function detailsOf({ status, details }: OracleEpmEnding): string | null {
  if (details !== undefined) return details;
  return status === 0 ? 'Environment backup restored successfully' : 'The environment backup could not be restored';
}

/** Blanks around the id name the same job: a link that ends in `%20` leads to it. */
export function jobIdOf({ params }: Call): string {
  return (params.jobId ?? '').trim();
}
