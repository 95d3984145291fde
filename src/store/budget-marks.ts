import { z } from "zod";
import type { Budget } from "../core/budget.ts";
import { jsonOf } from "./json.ts";

/** What was sent lately under one budget: at which time how many, oldest first. */
type Marks = readonly (readonly [at: number, count: number])[];
/** The marks of a lane's budgets, in their order. */
export type LaneMarks = readonly Marks[];

export const marksSchema = jsonOf(z.array(z.array(z.tuple([z.number(), z.number()]))));

/** A long window is kept in about this many marks; a send may then count a little longer than it must, never less. */
const GRAINS = 60;

/** How many sends the budgets allow now: `count` in any `perMs`, not just on average. */
export function room(budgets: readonly Budget[], marks: LaneMarks, now: number): number {
  return Math.min(
    ...budgets.map((budget, at) => budget.count - sum(within(budget, marks[at] ?? [], now))),
    Infinity,
  );
}

/** The marks after `count` more sends now. */
export function charged(budgets: readonly Budget[], marks: LaneMarks, now: number, count: number): LaneMarks {
  return budgets.map((budget, at) => {
    const kept = within(budget, marks[at] ?? [], now);
    if (count === 0) return kept;
    const grain = grainOf(budget);
    const stamp = Math.ceil(now / grain) * grain;
    const last = kept.at(-1);
    return last?.[0] === stamp
      ? [...kept.slice(0, -1), [stamp, last[1] + count] as const]
      : [...kept, [stamp, count] as const];
  });
}

/** When the budgets next allow a send; 0 where they do now. */
export function freeAt(budgets: readonly Budget[], marks: LaneMarks, now: number): number {
  return Math.max(0, ...budgets.map((budget, at) => freeOf(budget, within(budget, marks[at] ?? [], now))));
}

function freeOf(budget: Budget, marks: Marks): number {
  let left = sum(marks);
  if (left < budget.count) return 0;
  for (const [at, count] of marks) {
    left -= count;
    if (left < budget.count) return at + budget.perMs;
  }
  return 0;
}

/** The marks with every later one moved to now. */
export function notAfter(marks: LaneMarks, now: number): LaneMarks {
  return marks.map((list) => list.map(([at, count]) => [Math.min(at, now), count] as const));
}

/** Those that still count; where the clock was set back, a later time than now can only be as late as now. */
function within(budget: Budget, marks: Marks, now: number): Marks {
  const latest = now + grainOf(budget);
  return marks
    .map(([at, count]) => [at > latest ? now : at, count] as const)
    .filter(([at]) => at > now - budget.perMs);
}

function grainOf({ count, perMs }: Budget): number {
  return count <= GRAINS ? 1 : Math.ceil(perMs / GRAINS);
}

function sum(marks: Marks): number {
  return marks.reduce((total, [, count]) => total + count, 0);
}
