import type { ApiVersion } from './api-version.ts';
import type { Dialect } from './dialect.ts';
import { dialectSinceV6 } from './dialect-since-v6.ts';
import { v5Dialect } from './v5-dialect.ts';

export function dialectOf(version: ApiVersion): Dialect {
  return version === 'v5' ? v5Dialect : dialectSinceV6(version);
}
