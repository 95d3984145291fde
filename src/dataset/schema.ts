import { z } from "zod";
import { CHECKS, MODALITIES, TARGET_KINDS } from "../core/commitment.ts";
import { isDay } from "../core/day.ts";
import { COMPARATORS } from "../core/quantity.ts";

/** One line of text for people. */
const text = z
  .string()
  .refine((value) => value.trim() !== "", "is empty")
  .refine((value) => value === value.trim(), "begins or ends with white space")
  .refine((value) => !/[\p{Cc}\u2028\u2029]/u.test(value), "must be one line without control characters");
const localized = z.strictObject({ zh: text.optional(), en: text.optional() });
const day = z.string().refine(isDay, "is not a day that exists, as YYYY-MM-DD");
const code = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u, "must be lower-case words joined by hyphens");
const districtCode = z.string().regex(/^[A-Z]{1,4}$/u, "must be one to four capital letters");
/** Larger numbers lose digits on the way through a double; a larger unit (亿元) says them exactly. */
const number = z.number().refine((value) => Math.abs(value) < 1e12, "is too large: use a larger unit");
const term = { code, zh: text.optional(), en: text.optional(), aliases: z.array(text).optional() };

export const datasetFile = z.strictObject({
  title: localized,
  city: localized,
  year: z.int().min(1900).max(2999),
  zone: text,
  languages: z.array(z.enum(["zh", "en"])).min(1),
  calendar: z.enum(["CN", "weekends"]),
  version: text,
  coverage: localized,
  invented: z.boolean().optional(),
  licence: text,
  districts: z.array(districtCode).min(1),
  parts: z.array(z.strictObject(term)).min(1),
  occasions: z.array(z.strictObject(term)).optional(),
  retired: z.array(z.string().regex(/^[A-Z]{1,4}-(?:\d{3}|F\d{2})$/u, "must be an id like GM-001 or GM-F01")),
});

export const themeRow = z.strictObject(term);
export const measureRow = z.strictObject({
  code,
  zh: text.optional(),
  en: text.optional(),
  unit: text,
  one: text.optional(),
  many: text.optional(),
});
export const sourceRow = z.strictObject({
  id: code,
  publisher: localized,
  title: localized,
  date: day,
  paragraphs: z.array(
    z.strictObject({
      number: z.int().min(1),
      sha256: z.string().regex(/^[0-9a-f]{64}$/u, "must be 64 lower-case hexadecimal digits"),
      figures: z.array(text),
      names: z.array(text),
    }),
  ),
});

const quantity = {
  op: z.enum(COMPARATORS).optional(),
  value: number.optional(),
  min: number.optional(),
  max: number.optional(),
  unit: text,
  original: text,
};
const either = (value: { op?: unknown; value?: unknown; min?: unknown; max?: unknown }): boolean =>
  value.op !== undefined && value.value !== undefined
    ? value.min === undefined && value.max === undefined
    : value.op === undefined &&
      value.value === undefined &&
      value.min !== undefined &&
      value.max !== undefined;
const EITHER = "must have op and value, or min and max";
const target = z.strictObject(quantity).refine(either, EITHER);
const baseline = z.strictObject({ ...quantity, asOf: day }).refine(either, EITHER);
const citation = z.strictObject({ id: code, paragraph: z.int().min(1) });
const period = z
  .strictObject({
    start: z.union([day, z.strictObject({ event: localized })]),
    end: day.optional(),
    years: z.int().min(1).max(100).optional(),
    months: z.int().min(1).max(1200).optional(),
  })
  .refine(
    ({ end, years, months }) => [end, years, months].filter((each) => each !== undefined).length === 1,
    "must have exactly one of end, years and months",
  );
/** Its code is typed after `done:`. */
const milestone = z.strictObject({ node: code, date: day, name: localized });

export const commitmentRow = z.strictObject({
  id: z.string().regex(/^[A-Z]{1,4}-\d{3}$/u, "must be the district's code and three digits, like GM-001"),
  title: localized,
  summary: localized,
  theme: code,
  part: code,
  modality: z.enum(MODALITIES),
  check: z.enum(CHECKS),
  why: localized,
  proof: localized.optional(),
  kind: z.enum(TARGET_KINDS).optional(),
  measure: code.optional(),
  target: target.optional(),
  baseline: baseline.optional(),
  scale: z
    .array(
      z.strictObject({
        measure: code,
        op: z.enum(COMPARATORS).default("="),
        value: number,
        unit: text,
        original: text,
      }),
    )
    .optional(),
  period: period.optional(),
  due: z.strictObject({ date: day, text, basis: z.enum(["stated", "inferred"]) }).optional(),
  path: z.enum(["steps"]).optional(),
  milestones: z.array(milestone).min(1).optional(),
  partOf: z.string().optional(),
  occasion: code.optional(),
  source: citation,
});
export const factRow = z.strictObject({
  id: z.string().regex(/^[A-Z]{1,4}-F\d{2}$/u, "must be the district's code, F and two digits, like GM-F01"),
  text: localized,
  figure: target.optional(),
  asOf: day,
  source: citation,
});

/** A district's file without its lists, which are read item by item so that one broken item hides no other. */
export const districtFile = z.strictObject({
  code: districtCode,
  name: localized,
  full: localized,
  aliases: z.array(text).optional(),
  commitments: z.array(z.unknown()),
  facts: z.array(z.unknown()).optional(),
});

export type DatasetFile = z.infer<typeof datasetFile>;
export type TermRow = z.infer<typeof themeRow>;
export type MeasureRow = z.infer<typeof measureRow>;
export type SourceRow = z.infer<typeof sourceRow>;
export type CommitmentRow = z.infer<typeof commitmentRow>;
export type FactRow = z.infer<typeof factRow>;
export type DistrictFile = z.infer<typeof districtFile>;
export type LocalizedRow = z.infer<typeof localized>;
export type TargetRow = z.infer<typeof target>;
