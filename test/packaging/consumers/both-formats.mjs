// One program with both copies of the package: an error, and an operation, made by one and understood by the other.
import { createRequire } from 'node:module';
import * as errors from 'restorekit/errors';
import { waitForCompletion } from 'restorekit/operation';

const require = createRequire(import.meta.url);
const commonErrors = require('restorekit/errors');
const { defineOperation } = require('restorekit/operation');

const made = new commonErrors.ConfigurationError('baseUrl', 'must be a URL.');
const operation = defineOperation({
  kind: 'acme/restore',
  id: '7',
  startedAt: new Date(),
  poll: () => {
    throw new commonErrors.AuthenticationError('no', { status: 401, errors: [] });
  },
  outage: (error) => (errors.AuthenticationError.isInstance(error) ? 'give-up' : 'outage'),
  cadence: () => 0,
});
const lost = await waitForCompletion(operation).catch((error) => error);

console.log(
  JSON.stringify({
    isOneCopy: commonErrors.ConfigurationError === errors.ConfigurationError,
    isInstance: errors.ConfigurationError.isInstance(made),
    isBase: errors.RestoreKitError.isInstance(made),
    isOther: errors.NotFoundError.isInstance(made),
    lost: lost.name,
  }),
);
