import { LANGS } from "../core/lang.ts";
import { nameKey } from "../core/names-key.ts";
import { citedIn, type Cited, type Draft } from "./draft.ts";
import { faultAt, shown, type DatasetFault } from "./fault.ts";
import { figuresOf, isAmong, plainFigure } from "./figure-same.ts";
import { figuresIn, type Figure } from "./figures.ts";
import { isUnclear } from "./folded.ts";
import type { Path } from "./read-yaml.ts";

/** The words of commitments and facts: the same figures in every language, those of the target among them, nothing twice. */
export function checkTexts(draft: Draft): DatasetFault[] {
  const items = citedIn(draft);
  return [
    ...items.flatMap((item) => [...checkLanguagesAgree(item), ...checkStated(item), ...checkUnclear(item)]),
    ...checkMentions(draft, items),
    ...twice(items),
    ...sameTargets(draft),
  ];
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

function checkStated(item: Cited): DatasetFault[] {
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

function checkUnclear(item: Cited): DatasetFault[] {
  return item.texts.flatMap(({ path, text }) =>
    Object.entries(text)
      .filter(([, words]) => isUnclear(words))
      .map(([lang]) =>
        faultAt(
          item.at([path, lang]),
          `${item.id}: ${path}.${lang} has a digit that cannot be read without guessing (², ①, ½)`,
          "Write the figure in plain digits.",
        ),
      ),
  );
}

/** Ids of this dataset that a text mentions must exist. */
function checkMentions(draft: Draft, items: readonly Cited[]): DatasetFault[] {
  if (!draft.whole) return [];
  const ids = new Set(items.map(({ id }) => id));
  const codes = new Set(draft.districts.map(({ item }) => item.code));
  return items.flatMap((item) =>
    [...item.texts, ...reasons(item)].flatMap(({ path, text }) =>
      Object.entries(text).flatMap(([lang, words]) =>
        [...words.matchAll(/(?<![A-Za-z])([A-Z]{1,4})-(?:\d{3}|F\d{2})(?!\d)/gu)]
          .filter(([id, code]) => codes.has(code ?? "") && !ids.has(id))
          .map(([id]) =>
            faultAt(
              item.at([path, lang], id),
              `${item.id}: ${path}.${lang} mentions ${id}, which does not exist`,
              "Correct the id.",
            ),
          ),
      ),
    ),
  );
}

function reasons({ commitment }: Cited): Cited["texts"] {
  if (commitment === null) return [];
  return [
    { path: "why", text: commitment.why },
    ...(commitment.proof === null ? [] : [{ path: "proof", text: commitment.proof }]),
  ];
}

/** The same title, summary or fact in one language a second time. */
function twice(items: readonly Cited[]): DatasetFault[] {
  const first = new Map<string, string>();
  return items.flatMap((item) =>
    item.texts.flatMap(({ path, text }) =>
      Object.entries(text).flatMap(([lang, words]) => {
        const key = `${path} ${lang} ${nameKey(words)}`;
        const before = first.get(key);
        if (before !== undefined && before !== item.id) {
          return [
            faultAt(
              item.at([path, lang]),
              `${item.id} has the same ${path} as ${before} in ${lang}`,
              "Remove one of the two, or tell them apart.",
            ),
          ];
        }
        first.set(key, item.id);
        return [];
      }),
    ),
  );
}

/** Two commitments of one district that promise the same figure of the same measure. */
function sameTargets({ commitments }: Draft): DatasetFault[] {
  const first = new Map<string, string>();
  return commitments.flatMap(({ item, at }) => {
    if (item.target === null) return [];
    const figures = figuresOf(item.target).map(
      ({ value, dimension }) => `${value.toFraction()} ${dimension}`,
    );
    const key = [item.district, item.measure, item.target.op, ...figures].join(" ");
    const before = first.get(key);
    first.set(key, before ?? item.id);
    if (before === undefined) return [];
    return [
      faultAt(
        at(["target"]),
        `${item.id} has the same target and measure as ${before}`,
        "Remove one of the two; nothing is counted twice.",
      ),
    ];
  });
}
