/** The Admin API's version everywhere: shopify.app.toml, the library, our client, the dev store. */
export const API_VERSION = '2026-10';
