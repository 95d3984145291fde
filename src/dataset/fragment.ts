import type { z } from "zod";
import type { Fragment } from "./draft.ts";
import { fitting, withoutUndefined } from "./issues.ts";
import { recordOf } from "./read-yaml.ts";
import { baselineOf, localizedOf, targetOf } from "./rows.ts";
import { commitmentRow, factRow } from "./schema.ts";

/** A row of commitments or facts key by key: what fits of it. */
export function fragmentOf(row: unknown, district: string): Fragment {
  const raw = recordOf(row);
  const { shape } = commitmentRow;
  const read = <R, T>(
    key: string,
    schema: z.ZodType<R>,
    convert: (value: NonNullable<R>) => T,
  ): T | undefined => {
    const value = fitting(schema, raw[key]);
    return value === undefined || value === null ? undefined : convert(value);
  };
  const same = <T>(value: T): T => value;
  return withoutUndefined({
    district,
    id: read("id", shape.id.or(factRow.shape.id), same),
    title: read("title", shape.title, localizedOf),
    summary: read("summary", shape.summary, localizedOf),
    why: read("why", shape.why, localizedOf),
    proof: read("proof", shape.proof, localizedOf),
    text: read("text", factRow.shape.text, localizedOf),
    theme: read("theme", shape.theme, same),
    part: read("part", shape.part, same),
    measure: read("measure", shape.measure, same),
    occasion: read("occasion", shape.occasion, same),
    partOf: read("partOf", shape.partOf, same),
    source: read("source", shape.source, same),
    target: read("target", shape.target, targetOf),
    baseline: read("baseline", shape.baseline, baselineOf),
    scale: read("scale", shape.scale, same),
    figure: read("figure", factRow.shape.figure, targetOf),
  });
}
