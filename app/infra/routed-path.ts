/**
 * A request's path as the router reads it: dot segments resolved, then each segment decoded
 * (an encoded slash stays encoded). Whoever judges a path by its text must look at this form,
 * or another spelling of the same address slips past. The router also ignores case.
 * Null for a path that can't be decoded.
 */
export function routedPath(path: string): string | null {
  try {
    return new URL(`http://host${path}`).pathname
      .split('/')
      .map((segment) => decodeURIComponent(segment).replaceAll('/', '%2F'))
      .join('/');
  } catch {
    return null;
  }
}
