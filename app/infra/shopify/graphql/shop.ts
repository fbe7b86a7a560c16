import { z } from 'zod';
import type { AdminOperation } from '../admin.server.ts';

export const shopInfo = {
  document: `#graphql
    query AftercareShopInfo {
      shop { id name email myshopifyDomain currencyCode ianaTimezone }
    }`,
  data: z.object({
    shop: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      myshopifyDomain: z.string(),
      currencyCode: z.string(),
      ianaTimezone: z.string(),
    }),
  }),
} satisfies AdminOperation<unknown>;
