import { basename, join, resolve } from "node:path";
import type { z } from "zod";
import type { Commitment, District, Fact, Term } from "../core/commitment.ts";
import type { Draft, Fragment, Placed } from "./draft.ts";
import { faultAt, type DatasetFault } from "./fault.ts";
import { fragmentOf } from "./fragment.ts";
import { readHeader } from "./header.ts";
import { fit } from "./issues.ts";
import { recordOf, type Path, type YamlFile } from "./read-yaml.ts";
import { commitmentOf, districtOf, factOf, measureOf, sourceOf, termOf } from "./rows.ts";
import { commitmentRow, districtFile, factRow, measureRow, sourceRow, themeRow } from "./schema.ts";

/** The files of a dataset folder; null for one that is missing or broken. */
export interface Files {
  readonly dataset: YamlFile | null;
  readonly themes: YamlFile | null;
  readonly measures: YamlFile | null;
  readonly sources: YamlFile | null;
  readonly districts: readonly (YamlFile | null)[];
}

/** Puts the files together as far as they fit their schemas, and says where they do not. */
export function assemble(
  folder: string,
  files: Files,
): { readonly draft: Draft; readonly faults: readonly DatasetFault[] } {
  const faults: DatasetFault[] = [];
  const take = <T>(schema: z.ZodType<T>, value: unknown, file: YamlFile, base: Path): T | null => {
    const fitted = fit(schema, value, file, base);
    faults.push(...fitted.faults);
    return fitted.value;
  };
  /** Each row of a list by itself, so that one broken row hides no other. */
  const rows = <R, T>(
    file: YamlFile | null,
    base: Path,
    value: unknown,
    schema: z.ZodType<R>,
    convert: (row: R) => T,
    rest: (row: unknown, at: Placed<T>["at"]) => void = () => {},
  ): Placed<T>[] => {
    if (file === null) return [];
    if (!Array.isArray(value)) {
      faults.push(
        faultAt(
          file.at(base),
          `${base.join(".") || "The file"} is not a list`,
          "Write one item per line, each after a hyphen.",
        ),
      );
      return [];
    }
    return value.flatMap((each: unknown, index) => {
      const row = take(schema, each, file, [...base, index]);
      const at = placesOf(file, [...base, index]);
      if (row !== null) return [{ item: convert(row), at }];
      rest(each, at);
      return [];
    });
  };

  const head = recordOf(files.dataset?.content);
  const header = readHeader(files.dataset);
  faults.push(...header.faults);
  const themes = rows(files.themes, [], files.themes?.content, themeRow, termOf);
  const measures = rows(files.measures, [], files.measures?.content, measureRow, measureOf);
  const sources = rows(files.sources, [], files.sources?.content, sourceRow, sourceOf);
  // Their faults are those of the header already, which reads the whole file.
  const parts = termsIn(files.dataset, "parts");
  const occasions = termsIn(files.dataset, "occasions");

  const districts: Placed<District>[] = [];
  const commitments: Placed<Commitment>[] = [];
  const facts: Placed<Fact>[] = [];
  const fragments: Placed<Fragment>[] = [];
  for (const file of files.districts) {
    if (file === null) continue;
    const content = recordOf(file.content);
    const row = take(districtFile, file.content, file, []);
    const code = typeof content["code"] === "string" ? content["code"] : "";
    if (row !== null) districts.push({ item: districtOf(row), at: placesOf(file, []) });
    const read = <R, T>(key: string, schema: z.ZodType<R>, convert: (row: R, district: string) => T) =>
      Array.isArray(content[key])
        ? rows(
            file,
            [key],
            content[key],
            schema,
            (each) => convert(each, code),
            (each, at) => fragments.push({ item: fragmentOf(each, code), at }),
          )
        : [];
    commitments.push(...read("commitments", commitmentRow, commitmentOf));
    facts.push(...read("facts", factRow, factOf));
  }

  const contents = files.districts.map((file) => file?.content);
  const readable = files.districts.every((file) => file !== null);
  const draft: Draft = {
    id: basename(resolve(folder)),
    folder,
    header: {
      item: header.item,
      at: files.dataset?.at ?? (() => ({ file: join(folder, "dataset.yaml"), line: 1 })),
    },
    districts,
    themes,
    parts,
    occasions,
    measures,
    sources,
    commitments,
    facts,
    fragments,
    known: {
      districts: readable ? new Set(contents.flatMap((each) => stringsAt([each], "code"))) : null,
      themes: knownIn(files.themes, files.themes?.content, "code"),
      parts: knownIn(files.dataset, head["parts"], "code"),
      occasions: knownIn(files.dataset, head["occasions"] ?? [], "code"),
      measures: knownIn(files.measures, files.measures?.content, "code"),
      sources: knownIn(files.sources, files.sources?.content, "id"),
      commitments: readable
        ? new Set(contents.flatMap((each) => stringsAt(recordOf(each)["commitments"], "id")))
        : null,
    },
    whole:
      readable &&
      faults.length === 0 &&
      [files.dataset, files.themes, files.measures, files.sources].every((file) => file !== null),
  };
  return { draft, faults };
}

/** Terms of `dataset.yaml` that fit; those that do not are among the faults of the header. */
function termsIn(file: YamlFile | null, key: string): Placed<Term>[] {
  const rows = recordOf(file?.content)[key];
  if (file === null || !Array.isArray(rows)) return [];
  return rows.flatMap((row: unknown, index) => {
    const { value } = fit(themeRow, row, file, [key, index]);
    return value === null ? [] : [{ item: termOf(value), at: placesOf(file, [key, index]) }];
  });
}

function placesOf(file: YamlFile, base: Path): Placed<unknown>["at"] {
  return (path, near) => file.at([...base, ...path], near);
}

/** The text under `key` of every row that has one. */
function stringsAt(rows: unknown, key: string): string[] {
  if (!Array.isArray(rows)) return [];
  return rows.map((row: unknown) => recordOf(row)[key]).filter((value) => typeof value === "string");
}

function knownIn(file: YamlFile | null, rows: unknown, key: string): ReadonlySet<string> | null {
  return file === null ? null : new Set(stringsAt(rows, key));
}
