/** When a rule runs, on the wall clock of its zone: a cron expression of five fields, or a working day of each month. */
export type Schedule =
  | { readonly kind: "cron"; readonly cron: string }
  | {
      readonly kind: "monthly";
      readonly day: "first-workday" | "last-workday";
      readonly hour: number;
      readonly minute: number;
    };

/** What becomes of a run that falls on a holiday or weekend. */
export const WORKDAY_RULES = ["next", "previous", "ignore"] as const;
export type WorkdayRule = (typeof WORKDAY_RULES)[number];

/** What becomes of a run that was missed while the program was down. */
export const MISSED_RULES = ["late", "merge", "drop"] as const;
export type MissedRule = (typeof MISSED_RULES)[number];

/** What is posted when nothing changed. */
export const EMPTY_RULES = ["skip", "say"] as const;
export type EmptyRule = (typeof EMPTY_RULES)[number];
