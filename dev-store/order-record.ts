import { idOf, isoSeconds, objectOf, objectsOf, textOf, type JsonObject } from './json.ts';
import { addAmounts } from './amounts.ts';
import {
  addressOf,
  moneyOf,
  NOTHING,
  tagsOf,
  type LineRecord,
  type MoneyPair,
  type OrderRecord,
} from './records.ts';

function lineRecord(line: JsonObject): LineRecord {
  const quantity = Number(line['quantity'] ?? 0);
  const current = line['current_quantity'];
  return {
    id: idOf(line) ?? '0',
    productId: idOf(line, 'product_id'),
    variantId: idOf(line, 'variant_id'),
    title: textOf(line, 'title') ?? textOf(line, 'name') ?? 'Item',
    variantTitle: textOf(line, 'variant_title'),
    sku: textOf(line, 'sku'),
    quantity,
    currentQuantity: typeof current === 'number' ? current : quantity,
    requiresShipping: line['requires_shipping'] !== false,
    unitPrice: moneyOf(line, 'price') ?? NOTHING,
    discount: moneyOf(line, 'total_discount') ?? NOTHING,
    discountAllocations: objectsOf(line, 'discount_allocations').flatMap(
      (one) => moneyOf(one, 'amount') ?? [],
    ),
    taxLines: objectsOf(line, 'tax_lines').map((tax) => ({
      title: textOf(tax, 'title') ?? 'Tax',
      rate: typeof tax['rate'] === 'number' ? tax['rate'] : null,
      price: moneyOf(tax, 'price') ?? NOTHING,
    })),
  };
}

/** The shipping lines' sum, where a body gives them and no total. */
function shippingOf(body: JsonObject): MoneyPair | null {
  if (!Array.isArray(body['shipping_lines'])) return null;
  const prices = objectsOf(body, 'shipping_lines').flatMap(
    (line) => moneyOf(line, 'discounted_price') ?? moneyOf(line, 'price') ?? [],
  );
  return {
    shop: addAmounts(prices.map((one) => one.shop)),
    presentment: addAmounts(prices.map((one) => one.presentment)),
  };
}

/** The compact record of a raw order body; null without an id or a creation time. */
export function orderRecord(body: JsonObject): OrderRecord | null {
  const id = idOf(body);
  const createdAt = isoSeconds(textOf(body, 'created_at'));
  if (id === null || createdAt === null) return null;
  const currency = textOf(body, 'currency') ?? 'USD';
  const customer = objectOf(body, 'customer');
  return {
    id,
    name: textOf(body, 'name') ?? `#${id}`,
    createdAt,
    updatedAt: isoSeconds(textOf(body, 'updated_at')) ?? createdAt,
    processedAt: isoSeconds(textOf(body, 'processed_at')) ?? createdAt,
    cancelledAt: isoSeconds(textOf(body, 'cancelled_at')),
    cancelReason: textOf(body, 'cancel_reason'),
    closedAt: isoSeconds(textOf(body, 'closed_at')),
    email: textOf(body, 'email') || textOf(body, 'contact_email'),
    phone: textOf(body, 'phone'),
    locale: textOf(body, 'customer_locale'),
    currency,
    presentmentCurrency: textOf(body, 'presentment_currency') ?? currency,
    financialStatus: textOf(body, 'financial_status'),
    fulfillmentStatus: textOf(body, 'fulfillment_status'),
    customerId: customer === null ? null : idOf(customer),
    test: body['test'] === true,
    taxesIncluded: typeof body['taxes_included'] === 'boolean' ? body['taxes_included'] : null,
    sourceName: textOf(body, 'source_name'),
    note: textOf(body, 'note'),
    confirmationNumber: textOf(body, 'confirmation_number'),
    tags: tagsOf(body),
    discountCodes: objectsOf(body, 'discount_codes').flatMap((entry) => textOf(entry, 'code') ?? []),
    money: {
      subtotal: moneyOf(body, 'subtotal_price'),
      discounts: moneyOf(body, 'total_discounts'),
      tax: moneyOf(body, 'total_tax'),
      shipping: moneyOf(body, 'total_shipping_price') ?? shippingOf(body),
      total: moneyOf(body, 'total_price'),
      currentSubtotal: moneyOf(body, 'current_subtotal_price'),
      currentTotal: moneyOf(body, 'current_total_price'),
      currentDiscounts: moneyOf(body, 'current_total_discounts'),
      currentTax: moneyOf(body, 'current_total_tax'),
    },
    shippingAddress: addressOf(objectOf(body, 'shipping_address')),
    billingAddress: addressOf(objectOf(body, 'billing_address')),
    lines: objectsOf(body, 'line_items').map(lineRecord),
  };
}
