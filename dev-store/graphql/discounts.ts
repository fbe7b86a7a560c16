import type { DiscountRecord } from '../store.ts';
import { connection, type PageArgs } from './connection.ts';
import type { GraphqlContext } from './execute.ts';
import { notModelled, requireScope } from './not-modelled.ts';
import { customerNode } from './people.ts';
import { metafieldsOf } from './metafields.ts';

interface DiscountInput {
  title?: string | null;
  code?: string | null;
  startsAt?: string | null;
  endsAt?: string | null;
  usageLimit?: number | null;
  appliesOncePerCustomer?: boolean | null;
  tags?: string[] | null;
  context?: {
    customers?: { add?: string[] | null } | null;
    customerSegments?: unknown;
    markets?: unknown;
  } | null;
  customerSelection?: { all?: boolean | null; customers?: { add?: string[] | null } | null } | null;
  customerGets?: {
    value?: {
      percentage?: number | null;
      discountAmount?: { amount?: string | number | null; appliesOnEachItem?: boolean | null } | null;
    } | null;
    items?: { all?: boolean | null } | null;
  } | null;
  minimumRequirement?: { subtotal?: { greaterThanOrEqualToSubtotal?: string | number | null } | null } | null;
  combinesWith?: Partial<DiscountRecord['combinesWith']> | null;
}
interface DiscountUserError {
  field: string[];
  message: string;
  code: string;
  extraInfo: null;
}

/** Checks the input and gives the record to store, or the user errors Shopify would give. */
function readDiscount(input: DiscountInput, context: GraphqlContext): DiscountRecord | DiscountUserError[] {
  const errors: DiscountUserError[] = [];
  const refuse = (path: string, message: string, code: string) =>
    errors.push({ field: ['basicCodeDiscount', ...path.split('.')], message, code, extraInfo: null });
  if (input.customerGets?.items?.all !== true)
    throw notModelled('code discounts on chosen products or collections');
  if (input.context?.customerSegments != null || input.context?.markets != null) {
    throw notModelled('code discounts for segments or markets');
  }
  const title = input.title?.trim() ?? '';
  const code = input.code?.trim() ?? '';
  if (title === '') refuse('title', "Title can't be blank", 'BLANK');
  if (title.length > 255) refuse('title', 'Title is too long (maximum is 255 characters)', 'TOO_LONG');
  if (code === '') refuse('code', "Code can't be blank", 'BLANK');
  if (code.length > 255) refuse('code', 'Code is too long (maximum is 255 characters)', 'TOO_LONG');
  if (code !== '' && context.store.discountByCode(code) !== undefined) {
    refuse('code', 'Code must be unique. Please try a different code.', 'TAKEN');
  }
  const startsAt = input.startsAt ?? null;
  if (startsAt === null || Number.isNaN(Date.parse(startsAt)))
    refuse('startsAt', "Starts at can't be blank", 'BLANK');
  const endsAt = input.endsAt ?? null;
  if (endsAt !== null && Number.isNaN(Date.parse(endsAt)))
    refuse('endsAt', 'Ends at is not a time', 'INVALID');
  if (endsAt !== null && startsAt !== null && Date.parse(endsAt) <= Date.parse(startsAt)) {
    refuse('endsAt', 'Ends at needs to be after starts_at', 'END_DATE_BEFORE_START_DATE');
  }
  if (input.usageLimit != null && input.usageLimit < 1) {
    refuse('usageLimit', 'Usage limit must be greater than 0', 'GREATER_THAN');
  }
  const value = readValue(input, refuse);
  const ids = input.context?.customers?.add ?? input.customerSelection?.customers?.add ?? null;
  const customerIds = ids?.map((gid) => /(\d+)$/.exec(gid)?.[1] ?? '') ?? null;
  const unknown = customerIds?.find((id) => !context.store.records.customer.has(id));
  if (unknown !== undefined)
    refuse('context.customers.add', `Customer with id ${unknown} is invalid.`, 'INVALID');
  if (errors.length > 0 || value === null || startsAt === null) return errors;
  const minimum = input.minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal;
  return {
    id: context.store.newId(),
    title,
    code,
    startsAt: new Date(startsAt).toISOString(),
    endsAt: endsAt === null ? null : new Date(endsAt).toISOString(),
    createdAt: new Date().toISOString(),
    usageLimit: input.usageLimit ?? null,
    appliesOncePerCustomer: input.appliesOncePerCustomer ?? false,
    tags: input.tags ?? [],
    customerIds,
    value,
    minimumSubtotal: minimum == null ? null : String(minimum),
    combinesWith: {
      orderDiscounts: input.combinesWith?.orderDiscounts ?? false,
      productDiscounts: input.combinesWith?.productDiscounts ?? false,
      shippingDiscounts: input.combinesWith?.shippingDiscounts ?? false,
    },
  };
}

function readValue(
  input: DiscountInput,
  refuse: (path: string, message: string, code: string) => void,
): DiscountRecord['value'] | null {
  const value = input.customerGets?.value;
  if (value?.percentage != null) {
    if (value.percentage > 0 && value.percentage <= 1) return { percentage: value.percentage };
    refuse('customerGets.value.percentage', 'Value must be between 0.0 and 1.0', 'VALUE_OUTSIDE_RANGE');
    return null;
  }
  const amount = value?.discountAmount?.amount;
  if (amount != null && Number(amount) > 0) {
    return { amount: String(amount), appliesOnEachItem: value?.discountAmount?.appliesOnEachItem ?? false };
  }
  refuse('customerGets.value', 'A percentage or an amount greater than 0 is required.', 'BLANK');
  return null;
}

export function discountCodeBasicCreate(args: { basicCodeDiscount: DiscountInput }, context: GraphqlContext) {
  requireScope(context, 'write_discounts');
  const record = readDiscount(args.basicCodeDiscount, context);
  if (Array.isArray(record)) return { codeDiscountNode: null, userErrors: record };
  context.store.save('discount', record);
  return { codeDiscountNode: discountNode(record, context), userErrors: [] };
}

/** GraphQL DiscountCodeNode with its basic code discount. */
export function discountNode(record: DiscountRecord, context: GraphqlContext) {
  const gid = `gid://shopify/DiscountCodeNode/${record.id}`;
  const currencyCode = context.shop.currencyCode;
  const value =
    'percentage' in record.value
      ? { __typename: 'DiscountPercentage', percentage: record.value.percentage }
      : {
          __typename: 'DiscountAmount',
          amount: { amount: record.value.amount, currencyCode },
          appliesOnEachItem: record.value.appliesOnEachItem,
        };
  const buyers = () =>
    record.customerIds === null
      ? { __typename: 'DiscountBuyerSelectionAll', all: 'ALL' }
      : {
          __typename: 'DiscountCustomers',
          customers: record.customerIds.flatMap((id) => {
            const customer = context.store.records.customer.get(id);
            return customer === undefined ? [] : [customerNode(customer, context)];
          }),
        };
  const codeDiscount = {
    __typename: 'DiscountCodeBasic',
    title: record.title,
    startsAt: record.startsAt,
    endsAt: record.endsAt,
    createdAt: record.createdAt,
    updatedAt: record.createdAt,
    usageLimit: record.usageLimit,
    appliesOncePerCustomer: record.appliesOncePerCustomer,
    asyncUsageCount: () => usesOf(record, context),
    tags: record.tags,
    combinesWith: record.combinesWith,
    context: buyers,
    customerGets: {
      appliesOnOneTimePurchase: true,
      appliesOnSubscription: false,
      items: { __typename: 'AllDiscountItems', allItems: true },
      value,
    },
    minimumRequirement:
      record.minimumSubtotal === null
        ? null
        : {
            __typename: 'DiscountMinimumSubtotal',
            greaterThanOrEqualToSubtotal: { amount: record.minimumSubtotal, currencyCode },
          },
    codesCount: { count: 1, precision: 'EXACT' },
    codes: (args: PageArgs) =>
      connection(
        [record],
        args,
        () => '',
        () => ({
          id: `gid://shopify/DiscountRedeemCode/${record.id}`,
          code: record.code,
          asyncUsageCount: usesOf(record, context),
        }),
      ),
  };
  return { __typename: 'DiscountCodeNode', id: gid, codeDiscount, ...metafieldsOf(gid, context.store) };
}

function usesOf(record: DiscountRecord, context: GraphqlContext): number {
  const code = record.code.toLowerCase();
  let uses = 0;
  for (const order of context.store.records.order.values()) {
    if (order.discountCodes.some((used) => used.toLowerCase() === code)) uses += 1;
  }
  return uses;
}
