/** How many sends a lane takes: `count` in any `perMs`. */
export interface Budget {
  readonly count: number;
  readonly perMs: number;
}

/** The send budgets of a platform: for each place, and for all of them together (each must allow a send). */
export interface Budgets {
  readonly place: readonly Budget[];
  readonly all: readonly Budget[];
}
