/** What a merchant may change, with every default of domain.md sections 2, 3, 4, 7, 8 and 12. */
import { z } from 'zod';
import { HORIZON_DAYS } from './horizon-days.ts';
import { REMINDER_DAYS } from './reminder-days.ts';
import { STAFF_DOMAINS } from './staff-domains.ts';

const days = (fallback: number, max = 3650) => z.number().int().min(0).max(max).default(fallback);
const percentage = z.number().min(0).max(100);
const percent = (fallback: number) => percentage.default(fallback);
const hour = (fallback: number) => z.number().int().min(0).max(23).default(fallback);
const on = z.boolean().default(true);
const off = z.boolean().default(false);
const countryCode = z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code such as DE');

/** Stored as JSON. A missing field, at any depth, takes its default; a field nobody knows is dropped. */
export const settingsSchema = z.object({
  /** null: the shop's own name. */
  brandName: z.string().trim().min(1).max(80).nullable().default(null),
  brandColor: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #1f5f4a')
    .default('#1f5f4a'),
  /** null: replies go to the shop's contact address. */
  replyTo: z.email('must be an e-mail address').max(254).nullable().default(null),
  /** Local time of the recipient; equal hours switch quiet hours off. */
  quietHours: z.object({ startHour: hour(21), endHour: hour(8) }).prefault({}),
  /** Local hour at which surveys are sent, to who has no habit. */
  sendHour: hour(10),
  /** Whether customers are asked at the hour at which they usually order and answer. */
  sendAtHabit: on,
  caps: z
    .object({
      /** At most 1 survey per person in so many days, and 1 NPS. */
      surveyDays: days(14, 365),
      npsDays: days(90, 730),
      /** Surveys about one order; NPS is about the shop. */
      perOrder: z.number().int().min(1).max(10).default(3),
      maxDeferDays: days(7, 30),
      marketingPer30Days: z.number().int().min(0).max(100).default(3),
    })
    .prefault({}),
  surveys: z
    .object({
      post_purchase: z.object({ enabled: on }).prefault({}),
      delivery: z.object({ enabled: on, delayDays: days(1, 60) }).prefault({}),
      usage: z.object({ enabled: on, delayDays: days(10, 180) }).prefault({}),
      relationship: z
        .object({
          enabled: on,
          delayDays: days(45, 365),
          repeatDays: z.number().int().min(30).max(730).default(90),
        })
        .prefault({}),
      /** Hours after the case was resolved. */
      support: z
        .object({ enabled: off, delayHours: z.number().int().min(1).max(168).default(1) })
        .prefault({}),
      return: z.object({ enabled: on, delayDays: days(0, 60) }).prefault({}),
      /** A higher tier, and each year since the first order. */
      milestone: z.object({ enabled: off, anniversaries: on }).prefault({}),
      website: z.object({ enabled: off }).prefault({}),
      /** A kiosk link of another number than this is no longer good. */
      storefront: z
        .object({ enabled: off, kioskLink: z.number().int().min(1).max(1_000_000).default(1) })
        .prefault({}),
    })
    .prefault({}),
  /** Whether customers of the strict countries need marketing consent before a survey reaches them. */
  surveyConsent: z.enum(['any', 'subscribed_in_strict_countries']).default('subscribed_in_strict_countries'),
  strictConsentCountries: z.array(countryCode).max(250).default(['DE']),
  /** Days after which a mailed survey without an answer is reminded of, once; null: never. */
  reminderDays: z
    .literal(REMINDER_DAYS, { error: `must be ${REMINDER_DAYS.join(', ')} days, or none` })
    .nullable()
    .default(null),
  surveyLinkDays: z.number().int().min(1).max(365).default(60),
  visits: z
    .object({
      /** Parts of addresses of the store, with commas or blanks between them; as the app embed has it; null: none. */
      helpPages: z
        .string()
        .trim()
        .min(1)
        .max(500)
        .nullable()
        .default('help, faq, contact, shipping, returns'),
    })
    .prefault({}),
  /** Whether what passed its back-test is shown; what failed never is. */
  predictions: z.object({ purchases: on, satisfaction: on }).prefault({}),
  /** Cases for orders that are likely to disappoint, before anybody has complained. */
  proactiveCare: z
    .object({
      enabled: on,
      /** Chance of a low rating, 0-1, from which on. */
      leastChance: z.number().min(0.1).max(0.9).default(0.3),
      /** So many in a day of the shop. */
      casesPerDay: z.number().int().min(1).max(100).default(5),
    })
    .prefault({}),
  /** Days ahead that orders are predicted; a chance of no order is one of none within them. */
  predictionHorizonDays: z
    .literal(HORIZON_DAYS, { error: `must be ${HORIZON_DAYS.join(', ')} days` })
    .default(90),
  /** Whose customers with such an address are staff; null: staff are not told apart. */
  staffEmailDomains: z
    .string()
    .trim()
    .max(500)
    .regex(STAFF_DOMAINS, 'must be domains such as nord.example, with commas between them')
    .nullable()
    .default(null),
  returnWindowDays: days(30, 365),
  /** Share of revenue that is margin, 0-1. */
  marginShare: z.number().min(0).max(1).default(0.4),
  compensation: z
    .object({
      enabled: on,
      /** Percent of the order for severity 1, 2 and 3. */
      percentBySeverity: z.tuple([percentage, percentage, percentage]).default([5, 10, 15]),
      maxUnits: z.number().min(0).max(1_000_000).default(25),
      cooldownDays: days(90),
      budgetPercent: percent(1),
      codeValidDays: z.number().int().min(1).max(730).default(60),
    })
    .prefault({}),
  loyalty: z
    .object({
      enabled: on,
      regularAt: z.number().int().min(1).max(1000).default(3),
      vipAt: z.number().int().min(2).max(1000).default(8),
    })
    .refine((loyalty) => loyalty.vipAt > loyalty.regularAt, {
      path: ['vipAt'],
      message: 'must be more purchases than Regular needs',
    })
    .prefault({}),
  referral: z.object({ enabled: on, percent: z.number().min(1).max(100).default(10) }).prefault({}),
  cases: z
    .object({
      /** Hours within which a detractor is answered by a person. */
      detractorTargetHours: z.number().int().min(1).max(168).default(4),
    })
    .prefault({}),
});

export type ShopSettings = z.infer<typeof settingsSchema>;

export type SettingsOutcome =
  | { outcome: 'ok'; settings: ShopSettings }
  /** `field` as a path, e.g. "caps.surveyDays"; `message` completes the sentence "<field> …". */
  | { outcome: 'invalid'; errors: { field: string; message: string }[] };

/** Checks what a merchant's form sends; missing fields take their defaults. */
export function checkSettings(input: unknown): SettingsOutcome {
  const parsed = settingsSchema.safeParse(input ?? {});
  if (parsed.success) return { outcome: 'ok', settings: parsed.data };
  const errors = parsed.error.issues.map((issue) => ({
    field: issue.path.join('.'),
    message: issue.message,
  }));
  return { outcome: 'invalid', errors };
}

/**
 * Stored settings with their defaults filled in; null and {} are all defaults. What is stored was checked
 * before, so a fault raises an Error that names every field.
 */
export function parseSettings(stored: unknown): ShopSettings {
  const result = checkSettings(stored);
  if (result.outcome === 'ok') return result.settings;
  const faults = result.errors.map(({ field, message }) => `${field || 'settings'}: ${message}`).join('; ');
  throw new Error(
    `The stored shop settings are not valid (${faults}). Save the settings page again to repair them.`,
  );
}

/** What proactive care goes by: nothing is done because of predictions that the team does not see. */
export const carePolicy = ({ proactiveCare, predictions }: ShopSettings) => ({
  ...proactiveCare,
  predictionsShown: predictions.satisfaction,
});

/** Every default. */
export const DEFAULT_SETTINGS: ShopSettings = parseSettings({});
