import type { Draft, Fragment, Placed } from "./draft.ts";
import { faultAt, shown, type DatasetFault, type Place } from "./fault.ts";

/** Ids and codes: unique, of their district, and never one that was retired. */
export function checkIds(draft: Draft): DatasetFault[] {
  const { header, commitments, facts, fragments, sources } = draft;
  const retired = new Set(header.item.retired);
  const codes = [draft.themes, draft.parts, draft.occasions, draft.measures].flatMap((rows) =>
    twice(rows.map((row) => [row.item.code, row.at(["code"])])),
  );
  const rows: readonly Placed<Fragment>[] = [...commitments, ...facts, ...fragments];
  const named = rows.flatMap(({ item: { id, district = "" }, at }) =>
    id === undefined ? [] : [{ id, district, at }],
  );
  const ids = named.flatMap(({ id, district, at }) => {
    const place = at(["id"]);
    const faults: DatasetFault[] = [];
    if (retired.has(id)) {
      faults.push(faultAt(place, `The id ${id} is retired`, "Use a new number; ids are never used again."));
    }
    if (district !== "" && id.split("-")[0] !== district) {
      faults.push(faultAt(place, `The id ${id} is not one of ${district}`, `Begin it with ${district}-.`));
    }
    return faults;
  });
  return [
    ...codes,
    ...ids,
    ...twice(named.map(({ id, at }) => [id, at(["id"])])),
    ...twice(sources.map(({ item, at }) => [item.id, at(["id"])])),
    ...twice((header.item.retired ?? []).map((id, index) => [id, header.at(["retired", index])])),
    ...sources.flatMap(paragraphsTwice),
  ];
}

function paragraphsTwice({ item, at }: Placed<Draft["sources"][number]["item"]>): DatasetFault[] {
  return twice(
    item.paragraphs.map(({ number }, index) => [`paragraph ${number}`, at(["paragraphs", index, "number"])]),
  );
}

/** A fault for each name that stood before. */
function twice(names: readonly (readonly [string, Place])[]): DatasetFault[] {
  const first = new Map<string, Place>();
  return names.flatMap(([name, place]) => {
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, place);
      return [];
    }
    return [
      faultAt(
        place,
        `${shown(name)} is taken, at ${before.file}:${before.line}`,
        "Give one of the two another.",
      ),
    ];
  });
}
