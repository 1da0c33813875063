import { inspect } from 'node:util';

/** Whatever a program could print, log or store of what it got. */
export function shown(value: unknown): string {
  const parts = [inspect(value, { depth: 12 }), toJson(value)];
  if (value instanceof Error) parts.push(String(value), value.stack ?? '', shown(value.cause ?? ''));
  return parts.join('\n');
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

/** The forms in which a server, a proxy or a log writes a secret down. */
export const writings: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'as in a URL': encodeURIComponent,
  'as in a URL of .NET': (secret) => encodeURIComponent(secret).replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
  'as in a form': (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
  'as in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  'as in JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  'as in a page': (secret) =>
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'as in a page of .NET': (secret) =>
    secret
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  'as in a page, in numbers': (secret) => secret.replaceAll(/[&<>"'/=%~+|]/g, (mark) => `&#${mark.charCodeAt(0)};`),
  'as in a page, in hexadecimal': (secret) =>
    secret.replaceAll(/[&<>"'/=%~+|]/g, (mark) => `&#x${mark.charCodeAt(0).toString(16)};`),
  'as in a URL in a URL': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  'as base64': (secret) => Buffer.from(secret).toString('base64'),
  'as base64 for URLs': (secret) => Buffer.from(secret).toString('base64url'),
};
