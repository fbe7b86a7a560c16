/** When a half-finished answer counts (docs/decisions/019-answers-step-by-step.md). */

/**
 * Business minutes after the latest step, if no more come: long enough to finish a comment, short enough that who
 * rates low and goes away is heard while it helps.
 */
export const STEP_COUNTS_AFTER_MINUTES = 15;
