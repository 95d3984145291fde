import type { Commitment } from "../core/commitment.ts";
import type { Draft, Placed } from "./draft.ts";
import { faultAt, shown, type DatasetFault } from "./fault.ts";
import type { Path } from "./read-yaml.ts";

/** The nodes of a milestone target: told apart, in the order of their days, within its time, as many as the target says. */
export function checkMilestones({ commitments }: Draft): DatasetFault[] {
  return commitments.flatMap((placed) => (placed.item.milestones.length === 0 ? [] : checkNodes(placed)));
}

function checkNodes({ item, at }: Placed<Commitment>): DatasetFault[] {
  const { milestones, kind, target, due, period, id } = item;
  const faults: DatasetFault[] = [];
  const say = (path: Path, what: string, fix: string): void => {
    faults.push(faultAt(at(path), `${id}: ${what}`, fix));
  };
  if (kind !== "milestone")
    say(
      ["milestones"],
      "only a target of kind milestone has milestones",
      "Remove milestones, or correct kind.",
    );
  if (target !== null && target.op !== "range" && target.value !== milestones.length) {
    const what = `the target counts ${target.value}, there are ${milestones.length} milestones`;
    for (const path of [["target", "value"], ["milestones"]])
      say(path, what, "List each, or correct the target.");
  }
  const start = period !== null && "day" in period.start ? period.start.day : null;
  for (const [index, { node, date }] of milestones.entries()) {
    const before = milestones[index - 1];
    const first = milestones.findIndex((each) => each.node === node);
    if (first !== index)
      say(
        ["milestones", index, "node"],
        `the node ${shown(node)} is listed twice`,
        "Give each its own code.",
      );
    if (before !== undefined && date < before.date)
      say(
        ["milestones", index, "date"],
        `${date} is before ${before.date}, the day of the milestone above it`,
        "Put them in the order of their days.",
      );
    if (due !== null && date > due.date)
      say(
        ["milestones", index, "date"],
        `${date} is after the due date ${due.date}`,
        "Correct one of the two.",
      );
    if (start !== null && date < start)
      say(
        ["milestones", index, "date"],
        `${date} is before the period starts on ${start}`,
        "Correct one of the two.",
      );
  }
  return faults;
}
