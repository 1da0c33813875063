import { requireText } from '../errors/require.ts';
import { SelectionError } from '../errors/selection-error.ts';
import type { Redactor } from '../http/redactor.ts';
import { refuseUnknown } from '../operation/refuse-unknown.ts';
import type { NamedResource, ServiceInstance } from './service-instance.ts';

/**
 * Which instance to find. Names of service instances are unique per space only, and names of spaces per organization
 * only.
 */
export interface FindServiceInstance {
  /** Case-sensitive. */
  readonly name: string;
  /** Name or guid of the space of the instance. */
  readonly space?: string | undefined;
  /** Name or guid of the organization of the space. */
  readonly organization?: string | undefined;
}

/** @throws {ConfigurationError} a field is unknown, missing or empty */
export function checkFind(wanted: FindServiceInstance): void {
  requireText('name', wanted?.name);
  refuseUnknown(wanted, ['name', 'space', 'organization']);
  if (wanted.space !== undefined) requireText('space', wanted.space);
  if (wanted.organization !== undefined) requireText('organization', wanted.organization);
}

/**
 * Selects the one matching instance. @param named all instances of that name, in any space
 * @param redactor removes secrets that the server echoes from the error
 * @throws {SelectionError} 'none', or 'several'
 */
export function selectInstance(
  named: readonly ServiceInstance[],
  wanted: FindServiceInstance,
  redactor: Redactor,
): ServiceInstance {
  const { space, organization } = wanted;
  const found = named.filter(
    (instance) =>
      instance.name === wanted.name && isMeant(instance.space, space) && isMeant(instance.organization, organization),
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  const where = `${space === undefined ? '' : ` in the space ${space}`}${organization === undefined ? '' : ` of the organization ${organization}`}`;
  const what = `service instance ${wanted.name}${where}`;
  if (only) {
    throw new SelectionError(
      redactor.text(
        `There are ${found.length} of ${what}: ${listed(found)}. Name the space and the organization, or use the guid.`,
      ),
      { reason: 'several', found: redactor.data(found) },
    );
  }
  const others = named.length > 0 ? ` Instances of that name: ${listed(named)}.` : '';
  throw new SelectionError(redactor.text(`There is no ${what} that this account may read.${others}`), {
    reason: 'none',
  });
}

/** A resource that the server does not show does not match. */
function isMeant(resource: NamedResource | undefined, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  return resource !== undefined && (resource.name === wanted || resource.guid.toLowerCase() === wanted.toLowerCase());
}

const MOST_LISTED = 10;

function listed(instances: readonly ServiceInstance[]): string {
  const texts = instances.slice(0, MOST_LISTED).map(({ guid, space, organization }) => {
    const place = [organization, space].flatMap((resource) => resource?.name ?? resource?.guid ?? []).join('/');
    return place === '' ? guid : `${guid} in ${place}`;
  });
  return instances.length > MOST_LISTED ? `${texts.join(', ')} and more` : texts.join(', ');
}
