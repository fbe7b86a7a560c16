import type { Pool } from 'pg';
import { BROWSER } from './answers.ts';

const MOST_REDIRECTS = 5;

/**
 * Installs the app as Shopify does: the admin opens the app in its frame with an id token,
 * and the app exchanges that for its own tokens.
 * @returns a sentence when the app is installed but its page does not open, else null
 * @throws Error with a sentence when the app does not know the shop afterwards
 */
export async function installApp(
  devStoreUrl: string,
  pool: Pool,
  shopDomain: string,
): Promise<string | null> {
  const admin = await open(`${devStoreUrl}/admin/apps/aftercare`);
  const source = /<iframe[^>]*\ssrc="([^"]+)"/.exec(await admin.text())?.[1];
  if (!admin.ok || !source)
    throw new Error(`The dev store's admin shows no frame for the app (status ${admin.status}).`);
  const problem = await follow(unescapeHtml(source));
  const { rows } = await pool.query<{ status: string }>('SELECT status FROM shop WHERE domain = $1', [
    shopDomain,
  ]);
  if (rows[0]?.status === 'installed') return problem;
  throw new Error(
    problem ??
      `The app opened in the admin, but ${shopDomain} is ${rows[0]?.status ?? 'unknown'} to it afterwards instead of installed.`,
  );
}

async function follow(first: string): Promise<string | null> {
  let url = first;
  for (let hop = 0; hop < MOST_REDIRECTS; hop += 1) {
    const page = await open(url);
    const location = page.headers.get('location');
    const text = await page.text();
    if (page.status >= 300 && page.status < 400 && location) url = new URL(location, url).toString();
    else if (page.ok) return null;
    else {
      const words = text
        .replace(/<[^>]*>/g, ' ')
        .trim()
        .slice(0, 200);
      return `The app does not open in the admin: status ${page.status}. ${words}`;
    }
  }
  return 'The app does not open in the admin: it redirects without end.';
}

function open(url: string): Promise<Response> {
  const headers = { 'User-Agent': BROWSER, Accept: 'text/html', 'Sec-Fetch-Dest': 'iframe' };
  return fetch(url, { redirect: 'manual', headers });
}

/** The numeric entities and the one named entity that an escaped address can hold. */
function unescapeHtml(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&amp;', '&');
}
