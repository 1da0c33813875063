import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { optionalText, requireFields, requireText } from '../errors/require.ts';
import { SelectionError } from '../errors/selection-error.ts';
import type { Redactor } from '../http/redactor.ts';
import type { NamedResource, ServiceInstance } from './service-instance.ts';

/**
 * Which instance to find. Names of service instances are unique per space only, and names of spaces per organization
 * only.
 */
export interface FindServiceInstance {
  /** Case-sensitive. */
  readonly name: string;
  /** Name or guid of the space of the instance. @default that of the client's `target`, if no organization is set */
  readonly space?: string | undefined;
  /** Name or guid of the organization of the space. @default that of the client's `target` */
  readonly organization?: string | undefined;
}

/** Where `find` looks if a call names no other place, like `cf target -o ORGANIZATION -s SPACE`. */
export interface CloudFoundryTarget {
  /** Name or guid. */
  readonly organization?: string | undefined;
  /** Name or guid. */
  readonly space?: string | undefined;
}

/** What `find` looks for, with the client's target. */
interface Place extends FindServiceInstance {
  readonly isOfTarget: boolean;
}

/** @throws {ConfigurationError} a field is unknown, missing or empty */
export function checkFind(wanted: FindServiceInstance): void {
  requireFields('filter', wanted, "{ name: 'orders-db', space: 'production' }");
  refuseUnknown(wanted, ['name', 'space', 'organization']);
  requireText('name', wanted.name);
  optionalText('space', wanted.space);
  optionalText('organization', wanted.organization);
}

/** @throws {ConfigurationError} a field is unknown or empty */
export function checkTarget(target: CloudFoundryTarget | undefined): CloudFoundryTarget {
  if (target === undefined) return {};
  if (typeof target !== 'object' || target === null) {
    throw new ConfigurationError('target', 'must be an object with `organization` and `space`.');
  }
  refuseUnknown(target, ['organization', 'space']);
  const { organization, space } = target;
  optionalText('target.organization', organization);
  optionalText('target.space', space);
  return { organization, space };
}

/** The target's space belongs to the target's organization, so it is not used with another organization. */
export function placeOf({ name, space, organization }: FindServiceInstance, target: CloudFoundryTarget): Place {
  if (organization !== undefined) return { name, space, organization, isOfTarget: false };
  return {
    name,
    space: space ?? target.space,
    organization: target.organization,
    isOfTarget: target.organization !== undefined || (space === undefined && target.space !== undefined),
  };
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The filters that keep instances of other places out of the answer; undefined if the place has no guid. */
export function placeFilter({ space, organization }: Place) {
  if (space !== undefined && GUID.test(space)) return { spaceGuids: [space.toLowerCase()] };
  return organization !== undefined && GUID.test(organization)
    ? { organizationGuids: [organization.toLowerCase()] }
    : undefined;
}

/** The instances of that name in that place. */
export function matching(named: readonly ServiceInstance[], { name, space, organization }: Place): ServiceInstance[] {
  return named.filter(
    (instance) =>
      instance.name === name && isMeant(instance.space, space) && isMeant(instance.organization, organization),
  );
}

/**
 * Selects the one matching instance. @param named all instances of that name, in any space
 * @param redactor removes secrets that the server echoes from the error
 * @throws {SelectionError} 'none', or 'several'
 */
export function selectInstance(named: readonly ServiceInstance[], place: Place, redactor: Redactor): ServiceInstance {
  const found = matching(named, place);
  const [only] = found;
  if (only && found.length === 1) return only;
  const what = `service instance ${describePlace(place)}`;
  if (only) {
    throw new SelectionError(
      redactor.text(
        `There are ${found.length} of ${what}: ${listed(found)}. Name the space and the organization, or use the guid.`,
      ),
      { reason: 'several', found: redactor.data(found.map(withoutAddresses)) },
    );
  }
  const others = named.length > 0 ? ` Instances of that name: ${listed(named)}.` : '';
  throw new SelectionError(redactor.text(`There is no ${what} that this account may read.${others}`), {
    reason: 'none',
  });
}

function describePlace({ name, space, organization, isOfTarget }: Place): string {
  const inSpace = space === undefined ? '' : ` in the space ${space}`;
  const ofOrganization = organization === undefined ? '' : ` of the organization ${organization}`;
  return `${name}${inSpace}${ofOrganization}${isOfTarget ? ' (the target of this client)' : ''}`;
}

/** The addresses of user-provided instances may hold credentials, and errors are logged. */
function withoutAddresses({ syslogDrainUrl, routeServiceUrl, ...instance }: ServiceInstance): ServiceInstance {
  return instance;
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
