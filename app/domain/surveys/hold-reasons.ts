/** Why staff hold an answer back: codes, since words of theirs could say something about the customer. */
export const HOLD_REASONS = ['spam', 'test', 'abuse', 'wrong_person', 'other'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];
