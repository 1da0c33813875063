import { UsageError } from './options.ts';

const SECRET_NAME = /passw(or)?d|passphrase|secret|token|apikey|privatekey|accesskey|credential|certificate|usercode/;
const SECRET_VALUE = /^(sk-|bearer |basic |eyJ)|^-----BEGIN /i;
const FROM_ENV = /FromEnv$/;

/**
 * Refuses a file that holds a secret. It checks the names of fields, values with the form of keys and tokens, and
 * addresses with a password. No message repeats a value.
 * @throws {UsageError} names the field
 */
export function refuseSecrets(value: unknown, path = ''): void {
  if (typeof value === 'string') {
    if (SECRET_VALUE.test(value) || hasUserInfo(value)) {
      throw new UsageError(
        `${path}: holds a secret. Put it into an environment variable and name the variable in the file.`,
      );
    }
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const field = Array.isArray(value) ? `${path}[${name}]` : `${path}${path === '' ? '' : '.'}${name}`;
    const isSecret = SECRET_NAME.test(name.toLowerCase().replace(/[^a-z]/g, '')) && !FROM_ENV.test(name);
    if (isSecret) {
      throw new UsageError(
        `${field}: a secret does not belong into this file. Put it into an environment variable and name the variable: "${name}FromEnv": "MY_VARIABLE".`,
      );
    }
    refuseSecrets(inner, field);
  }
}

/**
 * The secret in the environment variable that a field names. It is read each time it is needed.
 * @throws {UsageError} the field is no name of a variable, or the variable is not set
 */
export function secretFromEnv(
  name: unknown,
  field: string,
  env: Readonly<Record<string, string | undefined>>,
): () => string {
  // A value that is no name may be the secret itself, so it is not repeated.
  if (typeof name !== 'string' || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new UsageError(`${field}: must be the name of an environment variable.`);
  }
  const read = () => {
    const value = env[name];
    if (value === undefined || value === '') throw new UsageError(`${field}: ${name} is not set in the environment.`);
    return value;
  };
  read();
  return read;
}

function hasUserInfo(value: string): boolean {
  if (!/^https?:/i.test(value) || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username !== '' || password !== '';
}
