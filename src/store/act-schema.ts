import { z } from "zod";
import { EVIDENCE_LEVELS, type Act, type ReadValue } from "../core/act.ts";
import { LANGS, type Localized } from "../core/lang.ts";
import { COMPARATORS, type Quantity } from "../core/quantity.ts";
import { RATINGS } from "../core/vocabulary.ts";
import { theSame } from "./json.ts";

/** By a pattern that knows the months and leap years: a tenth of the time of asking the calendar. */
export const daySchema = z.iso.date();
const level = z.enum(EVIDENCE_LEVELS);
const localized = z.partialRecord(z.enum(LANGS), z.string());

const quantity = z.union([
  z.strictObject({ op: z.enum(COMPARATORS), value: z.number(), unit: z.string() }),
  z.strictObject({ op: z.literal("range"), min: z.number(), max: z.number(), unit: z.string() }),
]);
const readValue = z.union([quantity, z.strictObject({ done: z.string() })]);

function act<Type extends string, Data extends z.ZodRawShape>(type: Type, data: Data) {
  return z.strictObject({ type: z.literal(type), data: z.strictObject(data) });
}

/** What an entry of the ledger says; read back, and checked before it is written, since it can never be mended. */
export const actSchema = z.discriminatedUnion("type", [
  act("reading", {
    value: readValue,
    original: z.string(),
    asOf: daySchema,
    source: z.string().nullable(),
    level,
    late: z.boolean(),
  }),
  act("evidence", {
    url: z.string(),
    level,
    note: z.string().nullable(),
    posted: z.strictObject({ by: z.string(), where: z.string().nullable() }).exactOptional(),
  }),
  act("rating_proposed", { rating: z.enum(RATINGS).exclude(["unrated"]), reason: z.string() }),
  act("rating_approved", { proposal: z.string(), single: z.boolean() }),
  act("rating_returned", { proposal: z.string(), reason: z.string() }),
  act("rating_withdrawn", { proposal: z.string() }),
  act("dispute_opened", { text: z.string() }),
  act("dispute_closed", { dispute: z.string(), outcome: z.string() }),
  act("discussion_resolved", { outcome: z.string() }),
  act("note", { text: z.string(), nothingNew: z.boolean() }),
  act("yardstick_set", { text: z.string() }),
  act("event_recorded", { event: z.literal("start"), on: daySchema }),
  act("target_revised", {
    what: z.enum(["target", "due", "new", "retired"]),
    from: z.string().nullable(),
    to: z.string().nullable(),
    words: localized.nullable(),
  }),
  act("undo", { entry: z.string(), reason: z.string().nullable() }),
]);

theSame<Quantity, z.infer<typeof quantity>>(true);
theSame<ReadValue, z.infer<typeof readValue>>(true);
theSame<Localized, z.infer<typeof localized>>(true);
theSame<Act, z.infer<typeof actSchema>>(true);
