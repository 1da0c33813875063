const FIELDS = ['details', 'items', 'links', 'intermittentStatus'];

/**
 * Whether a body has the form of the API's answers: a status, and one of the fields that every page of the documentation
 * shows beside it, null or not. The error bodies of gateways and frameworks have a status too, and none of these.
 */
export function isEnvelope(body: object): boolean {
  return 'status' in body && FIELDS.some((name) => name in body);
}
