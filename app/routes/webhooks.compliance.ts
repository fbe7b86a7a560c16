/** The compliance topics come in at the same door; Shopify wants an address of their own for them. */
export { action, loader } from './webhooks.shopify.ts';
