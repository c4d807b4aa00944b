/** The path of a call as the log may hold it: whoever calls can write anything there, also who a person is. */

/** Ids that say nothing of anybody: of a route, a message, a step of a track; and a year. */
const id =
  /^([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|(intake|debt|income|housing|cti|aftercare|closure)\.[a-z-]{2,40}|20\d\d)$/;

/**
 * Makes the shortening of paths.
 * @param paths - of all operations: their words stay, as do ids; all else becomes `…`
 */
export function pathInLog(paths: readonly string[]): (url: string) => string {
  const words = new Set(['v1', 'codec', 'decode', 'encode', ...paths.flatMap((path) => path.split('/'))]);
  return (url) =>
    url
      .split('?')[0]!
      .split('/')
      .map((part) => (words.has(part) || id.test(part) ? part : '…'))
      .join('/');
}
