/** How many days ahead a merchant may have orders predicted. By itself, so that a page need not load the whole schema. */
export const HORIZON_DAYS = [30, 60, 90, 120, 180] as const;
