import { z } from "zod";
import type { Clause } from "../core/filter.ts";
import type { Address, MessageRef, Person } from "../core/place.ts";
import { PLATFORMS } from "../core/place.ts";
import { CHECKS, MODALITIES } from "../core/commitment.ts";
import { EVENT_KINDS } from "../core/events.ts";
import { LANGS } from "../core/lang.ts";
import { EMPTY_RULES, MISSED_RULES, WORKDAY_RULES, type Schedule } from "../core/schedule.ts";
import type { Settings, Snapshot, Subscription } from "../core/subscription.ts";
import type { TimeSpan } from "../core/time-span.ts";
import { RATINGS } from "../core/vocabulary.ts";
import { theSame, time } from "./json.ts";
import type { SeenDataset } from "./store.ts";

export const addressSchema = z.strictObject({
  platform: z.enum(PLATFORMS),
  workspace: z.string().nullable(),
  to: z.union([z.strictObject({ channel: z.string() }), z.strictObject({ person: z.string() })]),
  thread: z.string().nullable(),
});
export const personSchema = z.strictObject({
  platform: z.enum(PLATFORMS),
  workspace: z.string().nullable(),
  id: z.string(),
});
export const refSchema = z.strictObject({ address: addressSchema, id: z.string() });

const day = z.string();
const standing = z.enum([...RATINGS, "awaiting_data", "not_checkable"]);
const pace = z.enum(["ahead", "on_pace", "behind", "no_reading", "not_applicable"]);
const light = z.enum(["green", "yellow", "red", "blue", "grey"]);

const span = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("within"), days: z.number() }),
  z.strictObject({ kind: z.enum(["today", "tomorrow", "year-end", "this-year"]) }),
  z.strictObject({ kind: z.enum(["quarter", "half"]), index: z.number() }),
  z.strictObject({ kind: z.enum(["week", "month-from-now"]), offset: z.number() }),
  z.strictObject({ kind: z.literal("month"), year: z.number().nullable(), month: z.number() }),
  z.strictObject({ kind: z.literal("year"), year: z.number() }),
  z.strictObject({ kind: z.literal("range"), from: day.nullable(), to: day.nullable() }),
]);

const bound = z.strictObject({ value: z.string(), strict: z.boolean() });
const amount = z.strictObject({
  text: z.string(),
  dimension: z.string().nullable(),
  min: bound.nullable(),
  max: bound.nullable(),
});

const negated = z.boolean();
const filterSchema = z.array(
  z.discriminatedUnion("key", [
    z.strictObject({ key: z.enum(["district", "theme", "part"]), negated, values: z.array(z.string()) }),
    z.strictObject({ key: z.literal("check"), negated, values: z.array(z.enum(CHECKS)) }),
    z.strictObject({ key: z.literal("modality"), negated, values: z.array(z.enum(MODALITIES)) }),
    z.strictObject({ key: z.literal("standing"), negated, values: z.array(standing) }),
    z.strictObject({ key: z.literal("pace"), negated, values: z.array(pace) }),
    z.strictObject({ key: z.literal("light"), negated, values: z.array(light) }),
    z.strictObject({
      key: z.literal("is"),
      negated,
      values: z.array(z.enum(["late", "disputed", "reached"])),
    }),
    z.strictObject({ key: z.literal("due"), negated, values: z.array(span) }),
    z.strictObject({ key: z.literal("value"), negated, values: z.array(amount) }),
    z.strictObject({ key: z.literal("stale"), negated, values: z.array(z.number()) }),
    z.strictObject({ key: z.literal("text"), negated, values: z.array(z.string()) }),
  ]),
);

const scheduleSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("cron"), cron: z.string() }),
  z.strictObject({
    kind: z.literal("monthly"),
    day: z.enum(["first-workday", "last-workday"]),
    hour: z.number(),
    minute: z.number(),
  }),
]);

/** A subscription but for what stands in columns of its own: its id, times and revision. */
export const ruleSchema = z.strictObject({
  kind: z.enum(["digest", "reminders"]),
  to: addressSchema,
  owner: personSchema,
  filter: filterSchema,
  schedule: scheduleSchema,
  zone: z.string(),
  workday: z.enum(WORKDAY_RULES),
  missed: z.enum(MISSED_RULES),
  empty: z.enum(EMPTY_RULES),
  before: z.array(z.number()),
  // Rules of the first releases tell none.
  events: z.array(z.enum(EVENT_KINDS)).default([]),
  toldSeq: z.number().exactOptional(),
  lang: z.enum(LANGS).nullable(),
  paused: z.string().nullable(),
  muted: z.union([z.strictObject({ until: day }), z.strictObject({ dataAfter: time })]).nullable(),
});

export const settingsSchema = z.strictObject({
  lang: z.enum(LANGS).nullable(),
  zone: z.string().nullable(),
  echo: z.enum(["none", "final", "all"]).nullable(),
  quiet: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
  empty: z.enum(EMPTY_RULES).nullable(),
  missed: z.enum(MISSED_RULES).nullable(),
});

const itemSchema = z.strictObject({
  standing,
  pace,
  light,
  late: z.boolean(),
  due: day.nullable(),
  target: z.string().nullable(),
  reading: z.string().exactOptional(),
  rating: z.strictObject({ rating: z.enum(RATINGS), approval: z.string() }).exactOptional(),
  evidence: z.number().exactOptional(),
  disputes: z.array(z.string()).exactOptional(),
  started: day.exactOptional(),
});
export const snapshotSchema = z.strictObject({
  takenAt: time,
  version: z.string(),
  items: z.record(z.string(), itemSchema),
  ledgerSeq: z.number(),
  base: z.strictObject({ takenAt: time, items: z.record(z.string(), itemSchema) }).exactOptional(),
});

/** What a dataset said when it was last compared. */
export const seenSchema = z.record(
  z.string(),
  z.strictObject({ target: z.string().nullable(), due: day.nullable() }),
);

theSame<Address, z.infer<typeof addressSchema>>(true);
theSame<Person, z.infer<typeof personSchema>>(true);
theSame<MessageRef, z.infer<typeof refSchema>>(true);
theSame<TimeSpan, z.infer<typeof span>>(true);
theSame<Clause, z.infer<typeof filterSchema>[number]>(true);
theSame<Schedule, z.infer<typeof scheduleSchema>>(true);
theSame<Omit<Subscription, "id" | "createdAt" | "nextAt" | "revision">, z.infer<typeof ruleSchema>>(true);
theSame<Settings, z.infer<typeof settingsSchema>>(true);
theSame<Snapshot, z.infer<typeof snapshotSchema>>(true);
theSame<SeenDataset["items"], z.infer<typeof seenSchema>>(true);
