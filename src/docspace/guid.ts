import { ConfigurationError } from '../errors/configuration-error.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ZEROS = /^[0-]+$/;

/** The id of a backup record. @throws {ConfigurationError} it is no GUID, or the all-zero one (DS-25) */
export function requireBackupId(field: string, value: unknown, hint: string): string {
  if (typeof value !== 'string' || !GUID.test(value)) {
    throw new ConfigurationError(field, `must be a GUID from the backup history${hint}.`);
  }
  if (ZEROS.test(value)) {
    throw new ConfigurationError(
      field,
      'is the all-zero GUID, which is no backup: the server would accept it and fail later.',
    );
  }
  return value;
}
