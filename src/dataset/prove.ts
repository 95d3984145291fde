import type { Day } from "../core/day.ts";
import type { Paragraph } from "./article.ts";
import type { Cited } from "./draft.ts";
import { faultAt, shown, type DatasetFault } from "./fault.ts";
import { figuresOf, isAmong, isOwnYear, listed, plainFigure, yearOf } from "./figure-same.ts";
import { figuresIn, type Figure } from "./figures.ts";
import { compact, quotedIn } from "./folded.ts";
import type { Path } from "./read-yaml.ts";

/** Everything of one item that must stand in the paragraph it cites. */
export function proveItem(item: Cited, paragraph: Paragraph, sourceDate: Day, year: number): DatasetFault[] {
  const stated = figuresIn(paragraph.text, "read");
  const words = compact(paragraph.text);
  const where = `paragraph ${paragraph.number} of ${item.source.id}`;
  const has = `The paragraph has: ${listed(stated)}.`;
  const faults: DatasetFault[] = [];

  for (const { name, path, figures, original, asOf } of structured(item)) {
    for (const [key, figure] of figures) {
      if (isAmong(figure, stated)) continue;
      faults.push(
        faultAt(
          item.at([...path, key]),
          `${item.id}: ${where} does not have the ${name} ${figure.text}`,
          `Correct it. ${has}`,
        ),
      );
    }
    if (!words.includes(compact(original))) {
      faults.push(
        faultAt(
          item.at([...path, "original"]),
          `${item.id}: ${where} does not have the wording ${shown(original)}`,
          "Write it exactly as the paragraph has it.",
        ),
      );
    }
    if (asOf !== null && !isDated(asOf.day, stated, sourceDate)) {
      faults.push(
        faultAt(
          item.at(asOf.path),
          `${item.id}: the day ${asOf.day} is neither the source's date nor a date, month's end or year's end in ${where}`,
          `Write ${sourceDate}, or the day that the paragraph gives.`,
        ),
      );
    }
  }

  for (const { path, text } of item.texts) {
    for (const [lang, sentence] of Object.entries(text)) {
      const translated = lang !== paragraph.lang;
      // Names in quotation marks must be the paragraph's own; a translated one can only be held to its figures.
      const quoted = translated ? quotedIn(sentence).flatMap((name) => figuresIn(name, "read")) : [];
      for (const figure of [...figuresIn(sentence), ...quoted]) {
        if (isAmong(figure, stated) || isOwnYear(figure, year, item.commitment)) continue;
        faults.push(
          faultAt(
            item.at([path, lang], figure.text),
            `${item.id}: ${path}.${lang} says ${shown(figure.text)}, which ${where} does not have`,
            `Correct the figure or the paragraph it cites. ${has}`,
          ),
        );
      }
    }
  }
  faults.push(...proveWording(item, words, paragraph.lang, where));

  const length = item.commitment?.period?.length;
  if (length && !isAmong(plainFigure(length.count, ""), stated)) {
    faults.push(
      faultAt(
        item.at(["period", length.of]),
        `${item.id}: ${where} does not have the period of ${length.count} ${length.of}`,
        `Correct it. ${has}`,
      ),
    );
  }
  return faults;
}

/** Quoted names in the paragraph's language, and the words for when it falls due. */
function proveWording(
  item: Cited,
  words: string,
  language: Paragraph["lang"],
  where: string,
): DatasetFault[] {
  const { commitment } = item;
  const texts = commitment === null ? item.texts : [...item.texts, { path: "why", text: commitment.why }];
  const faults = texts.flatMap(({ path, text }) =>
    quotedIn(text[language] ?? "")
      .filter((name) => !words.includes(compact(name)))
      .map((name) =>
        faultAt(
          item.at([path, language], name),
          `${item.id}: ${where} does not have the words ${shown(name)}`,
          "Quotation marks are for the paragraph's own words: correct them, or leave out the marks.",
        ),
      ),
  );
  const due = commitment?.due ?? null;
  if (due !== null && !words.includes(compact(due.text))) {
    faults.push(
      faultAt(
        item.at(["due", "text"]),
        `${item.id}: ${where} does not have the words ${shown(due.text)}`,
        "Write the source's own words for the due date.",
      ),
    );
  }
  return faults;
}

interface Structured {
  readonly name: string;
  readonly path: Path;
  readonly figures: readonly (readonly [string, Figure])[];
  readonly original: string;
  readonly asOf: { readonly day: Day; readonly path: Path } | null;
}

function structured({ commitment, fact }: Cited): Structured[] {
  const target = (
    name: string,
    path: Path,
    value: Parameters<typeof figuresOf>[0] & { original: string },
    asOf: Structured["asOf"],
  ): Structured => {
    const keys = value.op === "range" ? ["min", "max"] : ["value"];
    return {
      name,
      path,
      figures: figuresOf(value).map((figure, at) => [keys[at] ?? "value", figure]),
      original: value.original,
      asOf,
    };
  };
  return [
    ...(commitment?.target ? [target("target", ["target"], commitment.target, null)] : []),
    ...(commitment?.baseline
      ? [
          target("baseline", ["baseline"], commitment.baseline, {
            day: commitment.baseline.asOf,
            path: ["baseline", "asOf"],
          }),
        ]
      : []),
    ...(commitment?.scale ?? []).map(({ value, unit, original }, index): Structured => {
      return {
        name: "scale",
        path: ["scale", index],
        figures: [["value", plainFigure(value, unit)]],
        original,
        asOf: null,
      };
    }),
    ...(fact?.figure ? [target("figure", ["figure"], fact.figure, { day: fact.asOf, path: ["asOf"] })] : []),
  ];
}

/** True for the source's date, a date that the paragraph spells out, and the end of a month or year that it names. */
function isDated(day: Day, stated: readonly Figure[], sourceDate: Day): boolean {
  if (day === sourceDate) return true;
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const named = (value: number) =>
    stated.some((figure) => figure.dimension === "plain" && figure.value.equals(value));
  const sameYear = stated.some((figure) => yearOf(figure) === year) || sourceDate.startsWith(`${year}-`);
  if (!sameYear) return false;
  if (named(month) && (named(date) || isMonthEnd(year, month, date))) return true;
  return month === 12 && date === 31 && stated.some((figure) => yearOf(figure) === year);
}

function isMonthEnd(year: number, month: number, date: number): boolean {
  return new Date(Date.UTC(year, month, 0)).getUTCDate() === date;
}
