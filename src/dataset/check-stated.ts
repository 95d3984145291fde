import { LANGS } from "../core/lang.ts";
import { citedIn, type Cited, type Draft } from "./draft.ts";
import { faultAt, shown, type DatasetFault } from "./fault.ts";
import { figuresOf, isAmong, plainFigure, yearOf } from "./figure-same.ts";
import { figuresIn, type Figure } from "./figures.ts";
import type { Path } from "./read-yaml.ts";

/** The figures that texts state: the same in every language, those of the target and the year of an older one among them. */
export function checkStated(draft: Draft): DatasetFault[] {
  return citedIn(draft).flatMap((item) => [
    ...checkLanguagesAgree(item),
    ...checkStructured(item),
    ...checkYears(item, draft),
  ]);
}

interface Stated {
  readonly figure: Figure;
  readonly path: Path;
}

/** The figures of an item's texts in one language; null where it has no text in it. */
export function statedIn(item: Cited, lang: (typeof LANGS)[number]): Stated[] | null {
  const texts = item.texts.filter(({ text }) => text[lang] !== undefined);
  if (texts.length === 0) return null;
  return texts.flatMap(({ path, text }) =>
    figuresIn(text[lang] ?? "").map((figure) => ({ figure, path: [path, lang] })),
  );
}

function checkLanguagesAgree(item: Cited): DatasetFault[] {
  const zh = statedIn(item, "zh");
  const en = statedIn(item, "en");
  if (zh === null || en === null) return [];
  const missing = (from: readonly Stated[], to: readonly Stated[], lang: string): DatasetFault[] =>
    from
      .filter(
        ({ figure }) =>
          !isAmong(
            figure,
            to.map((other) => other.figure),
          ),
      )
      .map(({ figure, path }) =>
        faultAt(
          item.at(path, figure.text),
          `${item.id}: ${path.join(".")} says ${shown(figure.text)}, the ${lang} text does not`,
          "State the same figures in both languages.",
        ),
      );
  return [...missing(zh, en, "English"), ...missing(en, zh, "Chinese")];
}

/** The figures of an item apart from its words, each with its name. */
export function structuredFigures({
  commitment,
  fact,
}: Cited): { readonly name: string; readonly figure: Figure }[] {
  const named = (name: string, figures: readonly Figure[]) => figures.map((figure) => ({ name, figure }));
  return [
    ...(commitment?.target ? named("target", figuresOf(commitment.target)) : []),
    ...(commitment?.baseline ? named("baseline", figuresOf(commitment.baseline)) : []),
    ...(commitment?.scale ?? []).flatMap(({ value, unit }) => named("scale", [plainFigure(value, unit)])),
    ...(fact?.figure ? named("figure", figuresOf(fact.figure)) : []),
  ];
}

function checkStructured(item: Cited): DatasetFault[] {
  const long = item.texts.at(-1);
  return LANGS.flatMap((lang) => {
    const stated = statedIn(item, lang);
    if (stated === null || long === undefined) return [];
    return structuredFigures(item)
      .filter(
        ({ figure }) =>
          !isAmong(
            figure,
            stated.map((each) => each.figure),
          ),
      )
      .map(({ name, figure }) =>
        faultAt(
          item.at([long.path, lang]),
          `${item.id}: the ${lang} text does not state the ${name}, ${figure.text}`,
          "State it in the title or the summary, or correct one of the two.",
        ),
      );
  });
}

/** Years that must be told because a reader would take another: of an older figure, and of a due date in another year. */
function checkYears(item: Cited, draft: Draft): DatasetFault[] {
  const long = item.texts.at(-1);
  const source = draft.sources.find(({ item: each }) => each.id === item.source.id);
  const { commitment, fact } = item;
  const years = new Map<number, string>();
  const asOf = commitment?.baseline?.asOf ?? fact?.asOf;
  if (asOf !== undefined && source !== undefined && !source.item.date.startsWith(asOf.slice(0, 4))) {
    years.set(Number(asOf.slice(0, 4)), commitment === null ? "asOf" : "baseline");
  }
  const due = figuresIn(commitment?.due?.text ?? "").map(yearOf);
  for (const year of due) if (year !== null && year !== draft.header.item.year) years.set(year, "due date");
  return LANGS.flatMap((lang) => {
    const stated = statedIn(item, lang)?.map(({ figure }) => yearOf(figure));
    if (stated === undefined || long === undefined) return [];
    return [...years]
      .filter(([year]) => !stated.includes(year))
      .map(([year, name]) =>
        faultAt(
          item.at([long.path, lang]),
          `${item.id}: the ${lang} text does not name ${year}, the year of its ${name}`,
          "Name the year, or correct one of the two.",
        ),
      );
  });
}
