/** Comparators as people write them: 突破 ">", 不少于 ">=", 约 "~". */
export const COMPARATORS = ["=", ">", ">=", "<", "<=", "~"] as const;
export type Comparator = (typeof COMPARATORS)[number];

/** A figure with its comparator in the unit it was printed in: 1830 with 亿元, never 183000000000. */
export type Quantity =
  | { readonly op: Comparator; readonly value: number; readonly unit: string }
  | { readonly op: "range"; readonly min: number; readonly max: number; readonly unit: string };
