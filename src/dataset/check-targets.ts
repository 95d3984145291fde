import type { Commitment, Measure, Target } from "../core/commitment.ts";
import { unitOf } from "../core/unit.ts";
import type { Draft, Fragment, Placed } from "./draft.ts";
import { faultAt, shown, type DatasetFault, type Place } from "./fault.ts";
import { figuresOf, listed, plainFigure, statesExactly } from "./figure-same.ts";
import { figuresIn, type Figure } from "./figures.ts";
import type { Path } from "./read-yaml.ts";

/** Targets, baselines, scales and figures of facts: what belongs together, units, and the source's own wording. */
export function checkTargets({ commitments, facts, fragments, measures }: Draft): DatasetFault[] {
  const units = new Map(measures.map(({ item }) => [item.code, item]));
  const rows: readonly Placed<Fragment>[] = [...commitments, ...facts, ...fragments];
  return [
    ...commitments.flatMap(checkParts),
    ...rows.flatMap((placed) => [...checkUnits(placed, units), ...checkFigures(placed)]),
    ...measures.flatMap(({ item, at }) =>
      item.unit.trim() !== "" && unitOf(item.unit) === null
        ? [
            faultAt(
              at(["unit"]),
              `The unit ${shown(item.unit)} cannot be read`,
              "Use a printed unit, like 亿元, %, 家 or homes.",
            ),
          ]
        : [],
    ),
  ];
}

function checkParts({ item, at }: Placed<Commitment>): DatasetFault[] {
  const faults: DatasetFault[] = [];
  const say = (path: Path, what: string, fix: string) =>
    faults.push(faultAt(at(path), `${item.id}: ${what}`, fix));
  if (item.check === "none" && item.proof !== null)
    say(["proof"], "check none has no proof", "Remove proof, or choose another check.");
  if (item.check !== "none" && item.proof === null) {
    say(
      ["check"],
      `check ${item.check} has no proof`,
      "Add proof: which document would show it, and who publishes it.",
    );
  }
  if (item.target === null) {
    if (item.check === "figure")
      say(["check"], "check figure has no target", "Add the target, or choose another check.");
    if (item.kind !== null) say(["kind"], "kind stands without a target", "Add the target, or remove kind.");
    if (item.measure !== null)
      say(["measure"], "measure stands without a target", "Add the target, or remove measure.");
    if (item.path !== null) say(["path"], "path stands without a target", "Add the target, or remove path.");
  } else {
    if (item.kind === null)
      say(["target"], "the target has no kind", "Add kind: cumulative, level, milestone or rate.");
    if (item.measure === null)
      say(["target"], "the target has no measure", "Add measure: a code of measures.yaml.");
  }
  if (item.baseline !== null && item.kind !== "level") {
    say(["baseline"], "only a target of kind level has a baseline", "Remove the baseline, or correct kind.");
  }
  return faults;
}

function checkUnits({ item, at }: Placed<Fragment>, measures: ReadonlyMap<string, Measure>): DatasetFault[] {
  const check = (unit: string | undefined, code: string | null | undefined, path: Path): DatasetFault[] => {
    const measure = code === null || code === undefined ? undefined : measures.get(code);
    if (unit === undefined || measure === undefined || dimension(unit) === dimension(measure.unit)) return [];
    const what = `The unit ${shown(unit)} does not measure ${measure.code}, which is in ${shown(measure.unit)}`;
    return [faultAt(at(path), what, "Use that unit or one that converts to it.")];
  };
  return [
    ...check(item.target?.unit, item.measure, ["target", "unit"]),
    ...check(item.baseline?.unit, item.measure, ["baseline", "unit"]),
    ...(item.scale ?? []).flatMap(({ unit, measure }, index) =>
      check(unit, measure, ["scale", index, "unit"]),
    ),
  ];
}

function dimension(unit: string): string {
  return unitOf(unit)?.dimension ?? unit;
}

function checkFigures({ item, at }: Placed<Fragment>): DatasetFault[] {
  return [
    ...(!item.target ? [] : checkTarget("target", item.target, ["target"], at)),
    ...(!item.baseline ? [] : checkTarget("baseline", item.baseline, ["baseline"], at)),
    ...(!item.figure ? [] : checkTarget("figure", item.figure, ["figure"], at)),
    ...(item.scale ?? []).flatMap(({ value, unit, original }, index) =>
      checkOriginal("scale", [plainFigure(value, unit)], original, ["scale", index], at),
    ),
  ];
}

function checkTarget(name: string, target: Target, path: Path, at: (path: Path) => Place): DatasetFault[] {
  const faults = checkOriginal(name, figuresOf(target), target.original, path, at);
  if (target.op === "range" && target.min >= target.max) {
    faults.push(
      faultAt(at([...path, "min"]), `The ${name}'s min is not below its max`, "Correct one of the two."),
    );
  }
  const said = COMPARATOR_WORDS.find(([pattern]) => pattern.test(target.original));
  if (said !== undefined && target.op !== "range" && !said[1].includes(target.op)) {
    const what = `The ${name} has op ${shown(target.op)}, its original says ${shown(target.original)}`;
    faults.push(
      faultAt(at([...path, "op"]), what, `Write op: "${said[1][0] ?? ""}", or correct the original.`),
    );
  }
  return faults;
}

/** Words that leave no doubt about the comparator; the longer ones first. */
const COMPARATOR_WORDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/不超过|不高于|以内|not (?:to )?exceed|at most|no more than|not more than|up to/iu, ["<=", "<"]],
  [/不少于|不低于|不小于|至少|at least|no fewer than|no less than|not less than/iu, [">="]],
  [/突破|超|多于|高于|逾|above|more than|exceed/iu, [">"]],
  [/少于|低于|不足|below|fewer than|less than|under /iu, ["<"]],
  [/约|左右|around|about|roughly/iu, ["~"]],
];

function checkOriginal(
  name: string,
  figures: readonly Figure[],
  original: string,
  path: Path,
  at: (path: Path) => Place,
): DatasetFault[] {
  if (statesExactly(original, figures)) return [];
  const what = `The ${name} is ${listed(figures)}, its original ${shown(original)} says ${listed(figuresIn(original, "read"))}`;
  const fix = "Correct one of the two; original holds the source's wording of this figure only.";
  const wording = at([...path, "original"]);
  // Where the value stands on another line than its wording, both are named; a key that is missing has its parent's line.
  const values = ["value", "min", "max"].map((key) => at([...path, key]));
  const others = values.filter(({ line }) => line !== wording.line && line !== at(path).line);
  return [wording, ...others].map((place) => faultAt(place, what, fix));
}
