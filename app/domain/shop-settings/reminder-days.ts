/** After how many days a merchant may have a survey reminded of. By itself, so that a page need not load the whole schema. */
export const REMINDER_DAYS = [3, 5, 7] as const;
