import { z } from 'zod';
import type { AdminOperation } from '../admin.server.ts';

const payload = z
  .object({
    webPixel: z.object({ id: z.string() }).nullable(),
    userErrors: z.array(
      z.object({ code: z.string().nullable(), field: z.array(z.string()).nullable(), message: z.string() }),
    ),
  })
  .nullable();

const ANSWER = '{ webPixel { id } userErrors { code field message } }';

export const webPixelCreate = {
  document: `#graphql
    mutation AftercareWebPixelCreate($pixel: WebPixelInput!) {
      end: webPixelCreate(webPixel: $pixel) ${ANSWER}
    }`,
  data: z.object({ end: payload }),
} satisfies AdminOperation<unknown>;

export const webPixelUpdate = {
  document: `#graphql
    mutation AftercareWebPixelUpdate($id: ID!, $pixel: WebPixelInput!) {
      end: webPixelUpdate(id: $id, webPixel: $pixel) ${ANSWER}
    }`,
  data: z.object({ end: payload }),
} satisfies AdminOperation<unknown>;

/** The app's own in this shop; without one Shopify answers null, or that there is no such record. */
export const webPixel = {
  document: `#graphql
    query AftercareWebPixel { webPixel { id } }`,
  data: z.object({ webPixel: z.object({ id: z.string() }).nullable() }),
} satisfies AdminOperation<unknown>;
