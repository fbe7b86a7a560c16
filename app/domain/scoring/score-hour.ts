/** The shop's local hour at which scores move with time: before the day begins, while few people order. */
export const SCORE_HOUR = 3;
