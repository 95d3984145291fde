import type { Target } from "../core/commitment.ts";
import type { Day } from "../core/day.ts";
import type { Cited } from "./draft.ts";
import { faultAt, shown, type DatasetFault } from "./fault.ts";
import { figuresOf, isAmong, listed, plainFigure } from "./figure-same.ts";
import { figuresIn, type Figure } from "./figures.ts";
import { compact } from "./folded.ts";
import type { Paragraph } from "./paragraphs.ts";
import type { Path } from "./read-yaml.ts";
import { givesDay } from "./spelled-days.ts";

interface Structured {
  readonly name: string;
  readonly path: Path;
  readonly figures: readonly (readonly [string, Figure])[];
  readonly original: string;
}

/** What an item says in figures apart from its words: values, wordings, as-of days and the length of its period. */
export function proveFigures(item: Cited, paragraph: Paragraph, sourceDate: Day): DatasetFault[] {
  const stated = figuresIn(paragraph.text, "read");
  const words = compact(paragraph.text);
  const where = `paragraph ${paragraph.number} of ${item.source.id}`;
  const has = `Correct it. The paragraph has: ${listed(stated)}.`;
  const faults: DatasetFault[] = [];
  const say = (path: Path, what: string, fix: string) =>
    faults.push(faultAt(item.at(path), `${item.id}: ${what}`, fix));

  for (const { name, path, figures, original } of structured(item)) {
    for (const [key, figure] of figures) {
      if (isAmong(figure, stated)) continue;
      say([...path, key], `${where} does not have the ${name} ${figure.text}`, has);
    }
    if (!words.includes(compact(original))) {
      const fix = "Write it exactly as the paragraph has it.";
      say([...path, "original"], `${where} does not have the wording ${shown(original)}`, fix);
    }
  }
  for (const { day, path } of daysOf(item)) {
    if (day === sourceDate || givesDay(paragraph.text, day, sourceDate)) continue;
    const fix = `Write ${sourceDate}, the source's date, or the day, month's end or year's end that the paragraph gives.`;
    say(path, `${where} does not give the day ${day}`, fix);
  }
  const length = item.commitment?.period?.length;
  if (length && !isAmong(plainFigure(length.count, ""), stated)) {
    say(["period", length.of], `${where} does not have the period of ${length.count} ${length.of}`, has);
  }
  return faults;
}

function structured({ commitment, fact }: Cited): Structured[] {
  const target = (name: string, value: Target): Structured => {
    const keys = value.op === "range" ? ["min", "max"] : ["value"];
    const figures = figuresOf(value).map((figure, at) => [keys[at] ?? "value", figure] as const);
    return { name, path: [name], figures, original: value.original };
  };
  return [
    ...(commitment?.target ? [target("target", commitment.target)] : []),
    ...(commitment?.baseline ? [target("baseline", commitment.baseline)] : []),
    ...(commitment?.scale ?? []).map(({ value, unit, original }, index): Structured => {
      const figures = [["value", plainFigure(value, unit)] as const];
      return { name: "scale", path: ["scale", index], figures, original };
    }),
    ...(fact?.figure ? [target("figure", fact.figure)] : []),
  ];
}

function daysOf({ commitment, fact }: Cited): { readonly day: Day; readonly path: Path }[] {
  return [
    ...(commitment?.baseline ? [{ day: commitment.baseline.asOf, path: ["baseline", "asOf"] }] : []),
    ...(commitment?.milestones ?? []).map(({ date }, index) => ({
      day: date,
      path: ["milestones", index, "date"],
    })),
    ...(fact === null ? [] : [{ day: fact.asOf, path: ["asOf"] }]),
  ];
}
