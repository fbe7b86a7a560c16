/** Whether a promoter may be sent their referral code now (domain.md section 12). */
import type { CustomerState } from '../core/state.ts';

export type InviteObstacle =
  | 'shop_uninstalled'
  | 'redacted'
  | 'no_email'
  | 'unsubscribed'
  | 'no_marketing_consent'
  | 'already_invited'
  | 'open_case'
  | 'marketing_cap'
  | 'no_referral_code';

/** Marketing: only with consent, once, while no case is open, and within the cap of 30 days. null = it may go. */
export function inviteObstacle(about: {
  shopStatus: string;
  customer: Pick<CustomerState, 'email' | 'consent' | 'redactedAt' | 'unsubscribedAt'> | null;
  hasOpenCase: boolean;
  alreadyInvited: boolean;
  /** Marketing messages in the last 30 days, and how many there may be. */
  recentMarketing: number;
  marketingCap: number;
  /** The code that the mail hands over; null = none was issued. */
  referralCode: string | null;
}): InviteObstacle | null {
  const { customer } = about;
  if (about.shopStatus !== 'installed') return 'shop_uninstalled';
  if (!customer || customer.redactedAt) return 'redacted';
  if (!customer.email) return 'no_email';
  if (customer.unsubscribedAt) return 'unsubscribed';
  if (customer.consent?.state !== 'subscribed') return 'no_marketing_consent';
  if (about.alreadyInvited) return 'already_invited';
  if (about.hasOpenCase) return 'open_case';
  if (about.recentMarketing >= about.marketingCap) return 'marketing_cap';
  return about.referralCode ? null : 'no_referral_code';
}
