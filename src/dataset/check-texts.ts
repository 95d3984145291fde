import { nameKey } from "../core/names-key.ts";
import { citedIn, type Cited, type Draft } from "./draft.ts";
import { faultAt, type DatasetFault } from "./fault.ts";
import { figuresOf } from "./figure-same.ts";
import { isUnclear } from "./folded.ts";

/** The words of commitments and facts: digits that can be read, ids that exist, nothing twice. */
export function checkTexts(draft: Draft): DatasetFault[] {
  const items = citedIn(draft);
  return [
    ...items.flatMap(checkUnclear),
    ...checkMentions(draft, items),
    ...twice(items),
    ...sameTargets(draft),
  ];
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
