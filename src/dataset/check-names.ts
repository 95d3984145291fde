import type { District, Term } from "../core/commitment.ts";
import { nameKey } from "../core/names-key.ts";
import type { Draft, Placed } from "./draft.ts";
import { faultAt, shown, type DatasetFault } from "./fault.ts";
import type { Path } from "./read-yaml.ts";

/** A word that people can type must name one thing: codes, names and aliases of districts, themes, parts and occasions. */
export function checkNames({ districts, themes, parts, occasions }: Draft): DatasetFault[] {
  const taken = new Map<string, { readonly owner: string; readonly where: string }>();
  const faults: DatasetFault[] = [];
  const claim = (owner: string, name: string, place: { file: string; line: number }) => {
    const key = nameKey(name);
    if (key === "") {
      faults.push(
        faultAt(place, `The name ${shown(name)} has no letter to be found by`, "Choose another name."),
      );
      return;
    }
    const other = taken.get(key);
    if (other === undefined) taken.set(key, { owner, where: `${place.file}:${place.line}` });
    else if (other.owner !== owner) {
      faults.push(
        faultAt(
          place,
          `${shown(name)} names ${owner} and also ${other.owner}, at ${other.where}`,
          "Give one of the two another name.",
        ),
      );
    }
  };
  const claimAll = (
    kind: string,
    rows: readonly Placed<Term>[],
    names: (term: Term) => readonly (readonly [string, Path])[],
  ) => {
    for (const { item, at } of rows) {
      for (const [name, path] of [
        ...names(item),
        ...item.aliases.map((alias, index) => [alias, ["aliases", index]] as const),
      ]) {
        claim(`the ${kind} ${item.code}`, name, at(path));
      }
    }
  };
  claimAll("district", districts, (term) => [[term.code, ["code"]], ...texts(term.name, ["name"])]);
  for (const { item, at } of districts) {
    for (const [name, path] of fullNames(item)) claim(`the district ${item.code}`, name, at(path));
  }
  for (const [kind, rows] of [
    ["theme", themes],
    ["part", parts],
    ["occasion", occasions],
  ] as const) {
    claimAll(kind, rows, (term) => [[term.code, ["code"]], ...texts(term.name, [])]);
  }
  return faults;
}

function fullNames({ full }: District): (readonly [string, Path])[] {
  return texts(full, ["full"]);
}

function texts(name: Term["name"], path: Path): (readonly [string, Path])[] {
  return Object.entries(name).map(([lang, text]) => [text, [...path, lang]] as const);
}
