import { endsOf, type Aim } from "./aim.ts";
import type { Baseline } from "./commitment.ts";
import type { Quantity } from "./quantity.ts";

/** What a computed progress is where a figure behind it has a comparator: from "above 6.5" it is at most so much. */
export type Bound = "at_most" | "at_least" | "about";

/** Which way the true value may lie: 1 above, -1 below, null on either side. */
type Slack = 1 | -1 | null;

/** How sure the progress of a reading from a start is; null where both are exact. */
export function boundOf(read: Quantity, baseline: Baseline | null, aim: Aim): Bound | null {
  const effects: Slack[] = [];
  const towards = aim.falling ? -1 : 1;
  if (read.op === "range") effects.push(1);
  else if (read.op !== "=") effects.push(turned(slackOf(read), towards));
  if (baseline !== null && baseline.op !== "=") {
    // A start farther back makes the way longer, and what was walked of it more, unless the aim is passed already.
    const { low, high } = endsOf(read);
    const past = aim.falling ? aim.end.compare(high) > 0 : low.compare(aim.end) > 0;
    if (!(aim.falling ? high : low).equals(aim.end))
      effects.push(turned(slackOf(baseline), past ? towards : towards === 1 ? -1 : 1));
  }
  const [first] = effects;
  if (first === undefined) return null;
  if (first === null || effects.some((each) => each !== first)) return "about";
  return first === 1 ? "at_least" : "at_most";
}

/** Of a range its lower end was taken: the true value lies above. */
function slackOf(quantity: Quantity): Slack {
  if (quantity.op === "~") return null;
  return quantity.op === "<" || quantity.op === "<=" ? -1 : 1;
}

function turned(slack: Slack, by: 1 | -1): Slack {
  if (slack === null) return null;
  return slack === by ? 1 : -1;
}
