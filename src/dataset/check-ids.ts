import type { Draft, Placed } from "./draft.ts";
import { faultAt, shown, type DatasetFault, type Place } from "./fault.ts";

/** Ids and codes: unique, of their district, and never one that was retired. */
export function checkIds(draft: Draft): DatasetFault[] {
  const { header, commitments, facts, sources } = draft;
  const retired = new Set(header.item.retired);
  const codes = [draft.themes, draft.parts, draft.occasions, draft.measures].flatMap((rows) =>
    twice(rows.map((row) => [row.item.code, row.at(["code"])])),
  );
  const ids = [...commitments, ...facts].flatMap(({ item, at }) => {
    const place = at(["id"]);
    const faults: DatasetFault[] = [];
    if (retired.has(item.id)) {
      faults.push(
        faultAt(place, `The id ${item.id} is retired`, "Use a new number; ids are never used again."),
      );
    }
    if (item.district !== "" && item.id.split("-")[0] !== item.district) {
      faults.push(
        faultAt(
          place,
          `The id ${item.id} is not one of ${item.district}`,
          `Begin it with ${item.district}-.`,
        ),
      );
    }
    return faults;
  });
  return [
    ...codes,
    ...ids,
    ...twice([...commitments, ...facts].map(({ item, at }) => [item.id, at(["id"])])),
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
