import { isObject, type Json } from '../json.ts';
import { findPixelExtension } from '../storefront/pixel-extension.ts';
import type { GraphqlContext } from './execute.ts';
import { requireScope } from './not-modelled.ts';

interface PixelArgs {
  id?: string;
  webPixel: { settings: Json };
}
interface PixelPayload {
  webPixel: GraphqlContext['store']['webPixel'];
  userErrors: { field: string[]; message: string; code: string }[];
}

/** The app has one pixel in a shop, so the id adds nothing; another's is none of the app's business. */
export function webPixel(args: { id?: string | null }, context: GraphqlContext) {
  requireScope(context, 'read_pixels');
  const { webPixel: pixel } = context.store;
  return args.id == null || args.id === pixel?.id ? pixel : null;
}

export function webPixelCreate(args: PixelArgs, context: GraphqlContext): PixelPayload {
  requireScopes(context);
  if (context.store.webPixel !== null)
    return refuse('webPixel', 'The app already has a web pixel on this shop.', 'TAKEN');
  return keep(`gid://shopify/WebPixel/${context.store.newId()}`, args, context);
}

export function webPixelUpdate(args: PixelArgs, context: GraphqlContext): PixelPayload {
  requireScopes(context);
  const { webPixel: pixel } = context.store;
  if (pixel === null || pixel.id !== args.id)
    return refuse('id', 'The app has no such web pixel on this shop.', 'NOT_FOUND');
  return keep(pixel.id, args, context);
}

function requireScopes(context: GraphqlContext): void {
  requireScope(context, 'write_pixels');
  requireScope(context, 'read_customer_events');
}

/** Stores the pixel if its settings are those that the extension declares. */
function keep(id: string, { webPixel: { settings: given } }: PixelArgs, context: GraphqlContext) {
  const extension = findPixelExtension(context.extensionsDir);
  if (extension === null) return refuse('webPixel', 'No extension found.', 'NO_EXTENSION');
  const settings = typeof given === 'string' ? parseJson(given) : given;
  if (!isObject(settings ?? null))
    return refuse('settings', 'Settings must be JSON.', 'INVALID_CONFIGURATION_JSON');
  const values = settings as Record<string, Json>;
  const known = extension.settings.map((field) => field.id);
  const extra = Object.keys(values).find((name) => !known.includes(name));
  const missing = extension.settings.find((field) => field.required && !values[field.id]);
  if (extra !== undefined || missing !== undefined) {
    const message = extra === undefined ? `${missing?.id} is required` : `${extra} is not defined`;
    return refuse('settings', message, 'INVALID_SETTINGS');
  }
  context.store.setWebPixel({ id, settings: values });
  return { webPixel: context.store.webPixel, userErrors: [] };
}

const refuse = (field: string, message: string, code: string): PixelPayload => ({
  webPixel: null,
  userErrors: [{ field: [field], message, code }],
});

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
