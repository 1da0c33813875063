/** The version of this package, as sent in `User-Agent`. Written by `npm run generate`. */
export const VERSION = '0.1.0';
