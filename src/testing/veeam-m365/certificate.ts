import type { Answer } from '../answer.ts';
import { field, type JsonObject } from './request-body.ts';
import type { VeeamServer } from './server.ts';

/**
 * Only the documents of v6 and later have certificates. Refuses a certificate that is no base64, such as the text of a PEM file or a path: the server then fails with an error
 * of its own platform, under 500. What is inside the PFX is not looked at.
 */
export function certificateProblem(server: VeeamServer, options: JsonObject | undefined): Answer | undefined {
  const certificate = options && field(options, 'applicationCertificate', server.scenario.strict);
  if (certificate === undefined || certificate === null || isBase64(String(certificate))) return undefined;
  return server.problem(500, 'Invalid length for a Base-64 char array or string.');
}

function isBase64(text: string): boolean {
  const characters = text.replace(/\s+/g, '');
  return characters.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(characters);
}
