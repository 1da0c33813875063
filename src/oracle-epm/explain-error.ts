import { NotFoundError } from '../errors/not-found-error.ts';

/** A 404 outside of a wait means that the call itself does not exist (OE-25). */
export async function withAdvice<T>(call: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!NotFoundError.isInstance(error)) throw error;
    throw new NotFoundError(
      `This environment does not have the call to ${call}: its release is older than the call, or \`baseUrl\` is not the address of the environment. ${error.message}`,
      error,
    );
  }
}
