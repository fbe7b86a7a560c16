/** What predictions of low ratings are tested on at the least: newer rated orders, and low ratings and others among them. */
export const MIN_JUDGED = { rated: 200, low: 20 } as const;
