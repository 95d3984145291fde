import { z } from "zod";
import {
  commitmentRow,
  datasetFile,
  districtFile,
  factRow,
  measureRow,
  sourceRow,
  themeRow,
} from "./schema.ts";

/** A JSON Schema (draft 2020-12) for one kind of file of a dataset. */
export interface FileSchema {
  /** Of the schema's own file: `district.json`. */
  readonly name: string;
  readonly schema: z.core.JSONSchema.BaseSchema;
}

const target = commitmentRow.shape.target.unwrap();
const baseline = commitmentRow.shape.baseline.unwrap();
const period = commitmentRow.shape.period.unwrap();

// Conditions between keys are functions in zod and invisible to JSON Schema: here they are spelled out as alternatives.
const quantities = { value: { min: true, max: true }, range: { op: true, value: true } } as const;
const targetOptions = [
  z.strictObject(target.shape).omit(quantities.value).required(),
  z.strictObject(target.shape).omit(quantities.range).required(),
] as const;
const baselineOptions = [
  z.strictObject(baseline.shape).omit(quantities.value).required(),
  z.strictObject(baseline.shape).omit(quantities.range).required(),
] as const;
const periodOptions = [
  z.strictObject(period.shape).pick({ start: true, end: true }).required(),
  z.strictObject(period.shape).pick({ start: true, years: true }).required(),
  z.strictObject(period.shape).pick({ start: true, months: true }).required(),
] as const;

const commitment = commitmentRow.extend({
  target: z.union(targetOptions).optional(),
  baseline: z.union(baselineOptions).optional(),
  period: z.union(periodOptions).optional(),
});
const fact = factRow.extend({ figure: z.union(targetOptions).optional() });
const district = districtFile.extend({ commitments: z.array(commitment), facts: z.array(fact).optional() });
/** A version without quotation marks is a number to YAML and read as it was typed. */
const dataset = datasetFile.extend({ version: datasetFile.shape.version.or(z.number()) });

const FILES: readonly { readonly name: string; readonly schema: z.ZodType; readonly description: string }[] =
  [
    {
      name: "dataset.json",
      schema: dataset,
      description: "dataset.yaml: what a dataset is of, and its parts.",
    },
    { name: "themes.json", schema: z.array(themeRow), description: "themes.yaml: the themes of a dataset." },
    {
      name: "measures.json",
      schema: z.array(measureRow),
      description: "measures.yaml: what figures measure.",
    },
    {
      name: "sources.json",
      schema: z.array(sourceRow),
      description: "sources.yaml: the texts that are cited.",
    },
    { name: "district.json", schema: district, description: "A district's file: its commitments and facts." },
  ];

const DRAFT = "https://json-schema.org/draft/2020-12/schema";

/**
 * The shape of every file under `data/`, for editors, from the schemas that load it. What needs more than one row to tell
 * (languages, references, figures against texts) only `qushi check` knows.
 */
export function jsonSchemas(): readonly FileSchema[] {
  return FILES.map(({ name, schema, description }) => {
    const shape = z.toJSONSchema(schema, { target: "draft-2020-12", io: "input", override: addRefinements });
    // In this order they stand at the top of the file.
    return { name, schema: { $schema: DRAFT, description, ...shape } };
  });
}

const CONTROLS = "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029";
const CHARACTER = `[^${CONTROLS}]`;
const LETTER = `[^\\s${CONTROLS}]`;

/** What single values are held to by functions, in JSON Schema's own words: a day, one line of text, a figure. */
const REFINEMENTS: ReadonlyMap<unknown, object> = new Map<unknown, object>([
  [sourceRow.shape.date, { format: "date", pattern: "^\\d{4}-\\d{2}-\\d{2}$" }],
  [target.shape.unit, { pattern: `^${LETTER}(?:${CHARACTER}*${LETTER})?$` }],
  [target.shape.value.unwrap(), { exclusiveMinimum: -1e12, exclusiveMaximum: 1e12 }],
]);

function addRefinements({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: object }): void {
  Object.assign(jsonSchema, REFINEMENTS.get(zodSchema));
}
