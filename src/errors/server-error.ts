import { ApiError } from './api-error.ts';

/** 5xx. This says nothing about a restore that is running. */
export class ServerError extends ApiError {
  static override readonly brand: string = 'ServerError';
  override readonly code = 'server';
}
