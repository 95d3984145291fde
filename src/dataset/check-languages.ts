import { LANGS, type Lang, type Localized } from "../core/lang.ts";
import type { Draft, Fragment, Placed } from "./draft.ts";
import { faultAt, type DatasetFault, type Place } from "./fault.ts";
import type { Path } from "./read-yaml.ts";

type At = (path: Path) => Place;

/** Every text in every language that the dataset declares, and in none more. */
export function checkLanguages(draft: Draft): DatasetFault[] {
  const { languages } = draft.header.item;
  if (languages === undefined) return [];
  const faults: DatasetFault[] = [];
  const text = (localized: Localized | null | undefined, at: At, path: Path) => {
    if (localized === null || localized === undefined) return;
    for (const lang of LANGS) faults.push(...compareLanguage(lang, languages, localized, at, path));
  };
  const { header } = draft;
  for (const [index, lang] of languages.entries()) {
    if (languages.indexOf(lang) !== index) {
      faults.push(
        faultAt(
          header.at(["languages", index]),
          `The language ${lang} is listed twice`,
          "Remove one of the two.",
        ),
      );
    }
  }
  for (const key of ["title", "city", "coverage"] as const) text(header.item[key], header.at, [key]);
  for (const { item, at } of [...draft.themes, ...draft.parts, ...draft.occasions, ...draft.measures])
    text(item.name, at, []);
  for (const { item, at } of draft.measures) {
    if (item.counted !== null && !languages.includes("en")) {
      faults.push(
        faultAt(
          at(["one"]),
          `The measure ${item.code} has English nouns, the dataset no English`,
          "Remove one and many.",
        ),
      );
    }
  }
  for (const { item, at } of draft.districts) {
    text(item.name, at, ["name"]);
    text(item.full, at, ["full"]);
  }
  for (const { item, at } of draft.sources) {
    text(item.publisher, at, ["publisher"]);
    text(item.title, at, ["title"]);
  }
  const rows: readonly Placed<Fragment>[] = [...draft.commitments, ...draft.facts, ...draft.fragments];
  for (const { item, at } of rows) {
    for (const key of ["title", "summary", "why", "proof", "text"] as const) text(item[key], at, [key]);
    if (item.period && "event" in item.period.start)
      text(item.period.start.event, at, ["period", "start", "event"]);
    for (const [index, { name }] of (item.milestones ?? []).entries())
      text(name, at, ["milestones", index, "name"]);
  }
  return faults;
}

function compareLanguage(
  lang: Lang,
  declared: readonly Lang[],
  text: Localized,
  at: At,
  path: Path,
): DatasetFault[] {
  const name = path.length === 0 ? "The name" : path.join(".");
  if (declared.includes(lang) && text[lang] === undefined) {
    return [
      faultAt(
        at(path),
        `${name} lacks ${lang}`,
        `Add ${lang}: … (the dataset declares ${declared.join(", ")}).`,
      ),
    ];
  }
  if (!declared.includes(lang) && text[lang] !== undefined) {
    return [
      faultAt(
        at([...path, lang]),
        `${name} has ${lang}, which the dataset does not declare`,
        `Remove it, or add ${lang} to languages.`,
      ),
    ];
  }
  return [];
}
