type Labels = Readonly<Record<string, string>>;
type Requirement = (labels: Labels) => boolean;

const MOST_REQUIREMENTS = 50;
const KEY = '(?:[\\w.-]+/)?[A-Za-z0-9](?:[\\w.-]*[A-Za-z0-9])?';
const VALUE = '[\\w.-]*';
const FORMS: readonly (readonly [RegExp, (key: string, values: readonly string[]) => Requirement])[] = [
  [new RegExp(`^(${KEY})$`), (key) => (labels) => Object.hasOwn(labels, key)],
  [new RegExp(`^!(${KEY})$`), (key) => (labels) => !Object.hasOwn(labels, key)],
  [new RegExp(`^(${KEY})\\s*==?\\s*(${VALUE})$`), (key, values) => (labels) => hasOneOf(labels, key, values)],
  [new RegExp(`^(${KEY})\\s*!=\\s*(${VALUE})$`), (key, values) => (labels) => !hasOneOf(labels, key, values)],
  [new RegExp(`^(${KEY})\\s+in\\s*\\(([^()]+)\\)$`), (key, values) => (labels) => hasOneOf(labels, key, values)],
  [new RegExp(`^(${KEY})\\s+notin\\s*\\(([^()]+)\\)$`), (key, values) => (labels) => !hasOneOf(labels, key, values)],
];

/**
 * Reads a label selector. Returns a text if it is wrong. A comma means "and"
 * (https://v3-apidocs.cloudfoundry.org/#labels-and-selectors). Exclusions match resources without the label too.
 */
export function readLabelSelector(text: string): Requirement | string {
  if (text.trim() === '') return 'Missing label_selector value';
  const parts = text.split(/,(?![^(]*\))/).map((part) => part.trim());
  if (parts.length > MOST_REQUIREMENTS) {
    return `Too many label_selector requirements (maximum is ${MOST_REQUIREMENTS})`;
  }
  const requirements = parts.map(readRequirement);
  const understood = requirements.filter((requirement) => requirement !== undefined);
  if (understood.length < requirements.length) return 'Invalid label_selector value';
  return (labels) => understood.every((requirement) => requirement(labels));
}

function readRequirement(part: string): Requirement | undefined {
  for (const [form, toRequirement] of FORMS) {
    const [, key, values] = form.exec(part) ?? [];
    if (key !== undefined)
      return toRequirement(
        key,
        (values ?? '').split(',').map((value) => value.trim()),
      );
  }
  return undefined;
}

function hasOneOf(labels: Labels, key: string, values: readonly string[]): boolean {
  const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
  return label !== undefined && values.includes(label);
}
