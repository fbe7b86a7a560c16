/**
 * The request without its `host` parameter if that names no host: Shopify's library decodes it
 * before it checks it, and breaks on what is no base64. A missing one it answers properly.
 * The body stays behind, as signing in reads none.
 */
export function withoutBrokenHost(request: Request): Request {
  const url = new URL(request.url);
  const host = url.searchParams.get('host');
  if (host === null || isHost(host)) return request;
  url.searchParams.delete('host');
  return new Request(url, { method: request.method, headers: request.headers, signal: request.signal });
}

/** Base64 of an address without its scheme, such as "admin.shopify.com/store/nordic-home". */
function isHost(host: string): boolean {
  try {
    return URL.canParse(`https://${atob(host)}`);
  } catch {
    // atob refuses what is no base64; that is the answer.
    return false;
  }
}
