import type { Citation, Commitment } from "../core/commitment.ts";
import { nearest } from "../core/nearest.ts";
import type { Draft, Fragment, Placed } from "./draft.ts";
import { faultAt, list, shown, type DatasetFault, type Place } from "./fault.ts";
import type { Path } from "./read-yaml.ts";

/** Everything that names something else: theme, part, measure, occasion, partOf, source and paragraph. */
export function checkReferences(draft: Draft): DatasetFault[] {
  const { known } = draft;
  const rows: readonly Placed<Fragment>[] = [...draft.commitments, ...draft.facts, ...draft.fragments];
  const faults = rows.flatMap(({ item, at }) => [
    ...refer("theme", item.theme, known.themes, at(["theme"])),
    ...refer("part", item.part, known.parts, at(["part"])),
    ...refer("measure", item.measure, known.measures, at(["measure"])),
    ...refer("occasion", item.occasion, known.occasions, at(["occasion"])),
    ...refer("commitment", item.partOf, known.commitments, at(["partOf"])),
    ...(item.scale ?? []).flatMap(({ measure }, index) =>
      refer("measure", measure, known.measures, at(["scale", index, "measure"])),
    ),
    ...(item.source === undefined ? [] : cited(draft, item.source, at)),
  ]);
  return [...faults, ...cycles(draft.commitments)];
}

function refer(
  what: string,
  code: string | null | undefined,
  known: ReadonlySet<string> | null,
  place: Place,
): DatasetFault[] {
  if (code === null || code === undefined || known === null || known.has(code)) return [];
  const [near] = nearest(
    [code],
    [...known].map((name) => ({ name, forms: [name] })),
  );
  const hint = near === undefined ? "" : `Did you mean ${near}? `;
  return [faultAt(place, `There is no ${what} ${shown(code)}`, `${hint}Known: ${list([...known])}.`)];
}

function cited(draft: Draft, citation: Citation, at: (path: Path) => Place): DatasetFault[] {
  const unknown = refer("source", citation.id, draft.known.sources, at(["source", "id"]));
  const source = draft.sources.find(({ item }) => item.id === citation.id);
  if (source === undefined || source.item.paragraphs.some(({ number }) => number === citation.paragraph))
    return unknown;
  return [
    faultAt(
      at(["source", "paragraph"]),
      `sources.yaml has no paragraph ${citation.paragraph} of ${citation.id}`,
      "Add it there with its hash, figures and names, or correct the number.",
    ),
  ];
}

/** Each ring of partOf is told once, where its first member stands. */
function cycles(commitments: readonly Placed<Commitment>[]): DatasetFault[] {
  const parents = new Map(commitments.map(({ item }) => [item.id, item.partOf]));
  const told = new Set<string>();
  return commitments.flatMap(({ item, at }) => {
    const ring = [item.id];
    let parent = item.partOf;
    while (parent !== null && !ring.includes(parent)) {
      ring.push(parent);
      parent = parents.get(parent) ?? null;
    }
    if (parent !== item.id || told.has(item.id)) return [];
    for (const id of ring) told.add(id);
    return [
      faultAt(
        at(["partOf"]),
        `partOf goes round: ${list([...ring, item.id])}`,
        "Remove partOf from one of them.",
      ),
    ];
  });
}
