import { formatAddress } from "../core/place.ts";
import { toJson } from "./json.ts";
import { Undone } from "./sql-engine.ts";
import { insertAll, type Insert, type Shape } from "./sql-insert.ts";
import { writeDiscussions } from "./sql-discussions.ts";
import { ledgerInsert } from "./sql-ledger.ts";
import { deliveryInserts, resolveNew, waits } from "./sql-outbox.ts";
import { keyOf, keysOf, peopleIn, sealed, type Keys } from "./sql-keys.ts";
import { writePeople } from "./sql-people.ts";
import { endRule, putRule } from "./sql-rules.ts";
import { addSnapshots } from "./sql-snapshots.ts";
import type { Sql } from "./sql-tables.ts";
import type { AuditRow, Change, SeenDataset } from "./store.ts";

/** Writes everything of a change, in the transaction of whoever calls; throws `Undone` where it was taken before. */
export async function write(sql: Sql, change: Change): Promise<void> {
  const now = change.at.getTime();
  const taken = takes(change);
  // First of all, so that whoever waits for these rows holds no others.
  const keys = await keysOf(sql, peopleIn(change));
  await writePeople(sql, change);
  const rest = additions(change, keys);
  const check = ([accepted, claimed]: readonly number[]): void => {
    if (change.accept !== undefined && accepted === 0) throw new Undone("accepted_before");
    if (change.slot !== undefined && claimed === 0) throw new Undone("claimed_before");
  };
  const rules = change.subscriptions ?? [];
  const ended = change.ended ?? [];
  if (rules.length + ended.length === 0) check(await insertAll(sql, [...taken, ...rest]));
  else {
    // Who claimed the slot first is told so, whatever became of the rule since.
    check(await insertAll(sql, taken));
    for (const rule of rules) await putRule(sql, rule);
    for (const id of ended) await endRule(sql, id, now);
    await insertAll(sql, rest);
  }
  await resolveNew(sql, change.deliveries ?? [], now);
  await addSnapshots(sql, change.snapshots ?? []);
  await writeDiscussions(sql, change);
}

/** What a change adds where nothing needs to be looked at for it; null for any other change. */
export function plainOf(change: Change): readonly Insert[] | null {
  const { accept, slot, deliveries } = change;
  if (accept !== undefined || slot !== undefined || deliveries?.some(waits) === true) return null;
  const looked = LOOKED_FOR.some((part) => (change[part]?.length ?? 0) > 0) || peopleIn(change).length > 0;
  return looked ? null : additions(change, new Map());
}
const LOOKED_FOR = [
  "subscriptions",
  "ended",
  "snapshots",
  "links",
  "grants",
  "revoked",
  "forget",
  "discussions",
  "replies",
  "offers",
] as const;

const INBOX: Shape = {
  name: "inbox_rows",
  table: "inbox",
  columns: { id: "text", at: "bigint" },
  conflict: "on conflict (id) do nothing",
};
const SLOTS: Shape = {
  name: "slot_rows",
  table: "slots",
  columns: { key: "text", at: "bigint" },
  conflict: "on conflict (key) do nothing",
};
const SETTINGS: Shape = {
  name: "settings_rows",
  table: "settings",
  columns: { place: "text", settings: "text" },
  conflict: "on conflict (place) do update set settings = excluded.settings",
};
const AUDIT: Shape = {
  name: "audit_rows",
  table: "audit",
  columns: {
    at: "bigint",
    actor_key: "text",
    address: "text",
    what: "text",
    outcome: "text",
    detail: "text",
  },
  conflict: "",
};

const DATASETS: Shape = {
  name: "dataset_rows",
  table: "dataset_seen",
  columns: { id: "text", version: "text", items: "text", at: "bigint" },
  conflict:
    "on conflict (id) do update set version = excluded.version, items = excluded.items, at = excluded.at",
};

/** What may have been taken before: the inbound message and the slot. */
function takes({ at, accept, slot }: Change): readonly [Insert, Insert] {
  const now = at.getTime();
  return [
    { shape: INBOX, rows: accept === undefined ? [] : [{ id: accept, at: now }] },
    { shape: SLOTS, rows: slot === undefined ? [] : [{ key: slot, at: now }] },
  ];
}

function additions(
  { at, settings, deliveries, ledger, dataset, audit }: Change,
  keys: Keys,
): readonly Insert[] {
  const places = new Map((settings ?? []).map((each) => [formatAddress(each.place), each.settings]));
  return [
    { shape: SETTINGS, rows: [...places].map(([place, each]) => ({ place, settings: toJson(each) })) },
    ...deliveryInserts(deliveries ?? []),
    ledgerInsert(ledger ?? [], keys),
    { shape: DATASETS, rows: dataset === undefined ? [] : [datasetRow(dataset, at)] },
    { shape: AUDIT, rows: (audit ?? []).map((row) => auditRow(row, keys)) },
  ];
}

function datasetRow({ id, version, items }: SeenDataset, at: Date) {
  return { id, version, items: toJson(items), at: at.getTime() };
}

function auditRow({ at, actor, where, what, outcome, detail }: AuditRow, keys: Keys) {
  return {
    at: at.getTime(),
    actor_key: actor === null ? null : keyOf(actor, keys),
    address: where === null ? null : toJson(sealed(where, keys)),
    what,
    outcome,
    detail,
  };
}
