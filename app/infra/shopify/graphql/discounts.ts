import { z } from 'zod';
import type { AdminOperation } from '../admin.server.ts';

/** Operations on discount codes; code discounts are native ones, so checkout applies them by itself. */

const node = z.object({ id: z.string() });

export const discountCodeCreate = {
  document: `#graphql
    mutation AftercareDiscountCodeCreate($discount: DiscountCodeBasicInput!) {
      discountCodeBasicCreate(basicCodeDiscount: $discount) {
        codeDiscountNode { id }
        userErrors { field code message }
      }
    }`,
  data: z.object({
    discountCodeBasicCreate: z
      .object({
        codeDiscountNode: node.nullable(),
        userErrors: z.array(
          z.object({
            field: z.array(z.string()).nullable(),
            code: z.string().nullable(),
            message: z.string(),
          }),
        ),
      })
      .nullable(),
  }),
} satisfies AdminOperation<unknown>;

export const discountByCode = {
  document: `#graphql
    query AftercareDiscountByCode($code: String!) {
      codeDiscountNodeByCode(code: $code) { id }
    }`,
  data: z.object({ codeDiscountNodeByCode: node.nullable() }),
} satisfies AdminOperation<unknown>;
