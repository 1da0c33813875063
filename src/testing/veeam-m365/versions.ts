import { jsonAnswer } from '../answer.ts';
import { deviationOf } from '../deviation.ts';
import type { VeeamVersion } from './scenario.ts';

export const VERSIONS: readonly VeeamVersion[] = ['v5', 'v6', 'v7', 'v8'];

/** How the versions of the interface differ in what they answer. */
export interface VersionTraits {
  /** The newest product that speaks this version as its own. */
  readonly product: string;
  readonly startStatus: number;
  readonly stopStatus: number;
  /** Absent where the version has no logout. */
  readonly logoutStatus?: number;
  /** Organizations and jobs are pages, not arrays (VM-22). */
  readonly hasPagedLists: boolean;
  readonly hasPagedRestorePoints: boolean;
  /** Pages have a `totalCount` (VM-23). */
  readonly hasTotalCount: boolean;
  /** Restore calls answer the id of a session, and do not block (VM-15). */
  readonly restoresInOwnSession: boolean;
}

export const traitsOf: Readonly<Record<VeeamVersion, VersionTraits>> = {
  v5: {
    product: '5.0.0.1070',
    startStatus: 201,
    stopStatus: 200,
    hasPagedLists: false,
    hasPagedRestorePoints: false,
    hasTotalCount: false,
    restoresInOwnSession: false,
  },
  v6: {
    product: '6.0.0.367',
    startStatus: 200,
    stopStatus: 200,
    hasPagedLists: false,
    hasPagedRestorePoints: false,
    hasTotalCount: true,
    restoresInOwnSession: false,
  },
  v7: {
    product: '7.0.0.2911',
    startStatus: 200,
    stopStatus: 200,
    logoutStatus: 200,
    hasPagedLists: false,
    hasPagedRestorePoints: true,
    hasTotalCount: true,
    restoresInOwnSession: false,
  },
  v8: {
    product: '8.2.0.2202',
    startStatus: 201,
    stopStatus: 204,
    logoutStatus: 204,
    hasPagedLists: true,
    hasPagedRestorePoints: true,
    hasTotalCount: false,
    restoresInOwnSession: true,
  },
};

/** Whether a version has what came with another one. */
export function isSince(version: VeeamVersion, first: VeeamVersion): boolean {
  return VERSIONS.indexOf(version) >= VERSIONS.indexOf(first);
}

const CODES: Readonly<Record<number, string>> = {
  400: 'ParameterValidationFailure',
  403: 'ResourceAccessDenied',
  404: 'ResourceNotFound',
};

/** Errors have a code since v7, and a trace since v8. */
export async function withErrorCode(version: VeeamVersion, answer: Response): Promise<Response> {
  if (!isSince(version, 'v7') || answer.status < 400 || deviationOf(answer) !== undefined) return answer;
  if (answer.headers.get('content-type')?.includes('json') !== true) return answer;
  const body = await answer.clone().json();
  if (typeof body?.message !== 'string') return answer;
  const more =
    version === 'v7' ? { errorCode: null } : { errorCode: CODES[answer.status] ?? 'HttpError', stackTrace: null };
  return jsonAnswer({ ...body, ...more }, { status: answer.status });
}
