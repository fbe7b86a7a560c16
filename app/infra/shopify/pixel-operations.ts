import type { z } from 'zod';
import type { AdminClient, AdminFailure, AdminResult } from './admin.server.ts';
import { webPixel, webPixelCreate, webPixelUpdate } from './graphql/pixels.ts';
import { refusedBy } from './refused-by.ts';

export interface PixelWish {
  /** Of an earlier activation; null: none is known. */
  pixelId: string | null;
  /** As extensions/store-pixel/shopify.extension.toml names them; Shopify refuses others. */
  settings: { accountID: string; helpPages?: string };
}

export type PixelOutcome = { kind: 'done'; pixelId: string } | AdminFailure;

/**
 * Creates the pixel, or changes the one that is there: an app has one in each shop. What Shopify has forgotten is created
 * anew, and what it has while we do not know of it ("taken") is looked up, so that asking twice is harmless.
 */
export async function activatePixel(
  admin: AdminClient,
  shopDomain: string,
  { pixelId, settings }: PixelWish,
): Promise<PixelOutcome> {
  const pixel = { settings };
  if (pixelId !== null) {
    const updated = outcomeOf(await admin.adminGraphql(shopDomain, webPixelUpdate, { id: pixelId, pixel }));
    if (typeof updated !== 'string') return updated;
  }
  const created = outcomeOf(await admin.adminGraphql(shopDomain, webPixelCreate, { pixel }));
  if (typeof created !== 'string') return created;
  const found = await admin.adminGraphql(shopDomain, webPixel, {});
  if (found.kind !== 'ok') return found;
  const id = found.data.webPixel?.id;
  // Removed in between.
  if (id === undefined) return { kind: 'retryable', reason: 'Shopify does not find the pixel that it has.' };
  const taken = outcomeOf(await admin.adminGraphql(shopDomain, webPixelUpdate, { id, pixel }));
  return typeof taken === 'string' ? refusedBy([]) : taken;
}

/** Of the two user errors that have a way out, the code. */
function outcomeOf(
  result: AdminResult<z.output<typeof webPixelCreate.data>>,
): PixelOutcome | 'TAKEN' | 'NOT_FOUND' {
  if (result.kind !== 'ok') return result;
  const end = result.data.end;
  if (end?.webPixel) return { kind: 'done', pixelId: end.webPixel.id };
  const errors = end?.userErrors ?? [];
  const solvable = errors.map(({ code }) => code).find((code) => code === 'TAKEN' || code === 'NOT_FOUND');
  return solvable ?? refusedBy(errors);
}
