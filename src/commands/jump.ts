import { endsOf } from "../core/aim.ts";
import type { Commitment } from "../core/commitment.ts";
import type { Day } from "../core/day.ts";
import { currentReading } from "../core/pace.ts";
import type { Quantity } from "../core/quantity.ts";
import type { CommitmentRecord } from "../core/record.ts";

/** What a reading is ten times away from. */
export interface Against {
  readonly what: "reading" | "target" | "baseline";
  readonly value: Quantity;
  readonly asOf: Day | null;
}

const TIMES = 10;

/**
 * A reading ten times the current one or a tenth of it, or where there is none ten times the target or its start: most
 * likely a slip of the unit or the point. Null where it is none.
 */
export function jumpOf(commitment: Commitment, value: Quantity, record: CommitmentRecord): Against | null {
  const { kind, target, baseline } = commitment;
  const current = currentReading(commitment, record)?.reading.data;
  if (current !== undefined && !("done" in current.value)) {
    const { value: before, asOf } = current;
    const far = isTimes(value, before) || isTimes(before, value);
    if (far) return { what: "reading", value: before, asOf };
  } else if (
    kind === "level" &&
    baseline !== null &&
    (isTimes(value, baseline) || isTimes(baseline, value))
  ) {
    return { what: "baseline", value: baseline, asOf: baseline.asOf };
  }
  // Early in a period a small part of the target is nothing unusual; ten times the whole is.
  if (target !== null && isTimes(value, target)) return { what: "target", value: target, asOf: null };
  return null;
}

/** Whether the smallest that `large` allows is ten times the largest of `small`. */
function isTimes(large: Quantity, small: Quantity): boolean {
  const high = endsOf(small).high.abs();
  const low = endsOf(large).low.abs();
  // From nothing at all every figure is infinitely far.
  return !high.equals(0) && low.compare(high.mul(TIMES)) >= 0;
}
