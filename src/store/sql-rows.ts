import { z } from "zod";
import type { Snapshot, Settings, Subscription } from "../core/subscription.ts";
import { jsonOf, time } from "./json.ts";
import { messageSchema } from "./message-schema.ts";
import type { Claimed, OutboxRow } from "./outbox.ts";
import {
  addressSchema,
  refSchema,
  ruleSchema,
  seenSchema,
  settingsSchema,
  snapshotSchema,
} from "./rule-schema.ts";
import type { SeenDataset } from "./store.ts";

const STATES = ["waiting", "sending", "sent", "unconfirmed", "failed", "dropped"] as const;
const flag = z.number().transform((value) => value === 1);

const outbox = z.object({
  key: z.string(),
  address: jsonOf(addressSchema),
  message: jsonOf(messageSchema),
  edits_key: z.string().nullable(),
  parent_key: z.string().nullable(),
  subscription_id: z.string().nullable(),
  planned_at: time,
  due_at: time,
  state: z.enum(STATES),
  attempts: z.number(),
  first_tried_at: time.nullable(),
  plain: flag,
  reason: z.string().nullable(),
  ref: jsonOf(refSchema).nullable(),
  settled_at: time.nullable(),
  parent_ref: jsonOf(refSchema).nullable(),
});
const taken = outbox.extend({
  lease: z.string(),
  lease_until: time,
  edits_ref: jsonOf(refSchema).nullable(),
});

function rowOf(row: z.infer<typeof outbox>): OutboxRow {
  const parent = row.parent_ref;
  return {
    delivery: {
      key: row.key,
      // A reply goes where its parent arrived: into that one's thread, in the place as the platform named it.
      to: parent === null ? row.address : { ...parent.address, thread: parent.address.thread ?? parent.id },
      act: row.edits_key === null ? "post" : { edit: row.edits_key },
      message: row.message,
      dueAt: row.planned_at,
      parentKey: row.parent_key,
      subscriptionId: row.subscription_id,
    },
    state: row.state,
    attempts: row.attempts,
    firstTriedAt: row.first_tried_at,
    plain: row.plain,
    reason: row.reason,
    ref: row.ref,
    dueAt: row.due_at,
    settledAt: row.settled_at,
  };
}

export function readOutboxRow(row: unknown): OutboxRow {
  return rowOf(outbox.parse(row));
}

export function readClaimed(row: unknown, interrupted: boolean): Claimed {
  const read = taken.parse(row);
  return {
    ...rowOf(read),
    lease: read.lease,
    leaseUntil: read.lease_until,
    interrupted,
    edits: read.edits_ref,
  };
}

const subscription = z.object({
  id: z.string(),
  created_at: time,
  next_at: time.nullable(),
  revision: z.number(),
  rule: jsonOf(ruleSchema),
});
export function readSubscription(row: unknown): Subscription {
  const { id, created_at: createdAt, next_at: nextAt, revision, rule } = subscription.parse(row);
  return { id, ...rule, createdAt, nextAt, revision };
}

const settings = z.object({ settings: jsonOf(settingsSchema) });
export function readSettings(row: unknown): Settings {
  return settings.parse(row).settings;
}

const snapshot = z.object({ key: z.string().nullable(), snapshot: jsonOf(snapshotSchema) });
export function readSnapshot(row: unknown): { readonly snapshot: Snapshot; readonly key: string | null } {
  return snapshot.parse(row);
}

const seen = z.object({ id: z.string(), version: z.string(), items: jsonOf(seenSchema) });
export function readSeenDataset(row: unknown): SeenDataset {
  return seen.parse(row);
}
