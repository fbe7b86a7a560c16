/** Why staff hold an answer back: codes, since words of theirs could say something about the customer. */
export const HOLD_REASONS = ['spam', 'test', 'abuse', 'wrong_person', 'other'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/**
 * Why a rule holds an answer back: something opened the link of the mail that no person sees, or ratings came through
 * the link faster than people give them (app/infra/db/answer-statements.ts).
 */
export type RuleReason = 'scanned' | 'burst';
