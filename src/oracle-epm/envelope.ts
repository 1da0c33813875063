const FIELDS = ['details', 'items', 'links', 'intermittentStatus'];

/**
 * Whether a body has the form of the API's answers: a status, and one of the fields that every documented answer has,
 * null or not. Error bodies of gateways and frameworks also have a status, but none of these fields.
 */
export function isEnvelope(body: object): boolean {
  return 'status' in body && FIELDS.some((name) => name in body);
}
