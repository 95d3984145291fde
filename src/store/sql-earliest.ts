import { sql as raw, type Kysely } from "kysely";
import type { Sql, Tables } from "./sql-tables.ts";

/** At most so many places are looked at in one claim; each of them has something that is due. */
export const MOST_LANES = 200;

interface Due {
  readonly key: string;
  readonly lane: string;
  readonly due_at: number;
  readonly seq: number;
  readonly state: string;
}

/** The earliest of each lane: what an earlier worker left, and what waits unless another worker is still at it. */
export async function earliest(
  { db }: Sql,
  takes: ReadonlyMap<string, number>,
  now: number,
): Promise<readonly Due[]> {
  const names = [...takes.keys()];
  const sending = await db
    .selectFrom("deliveries")
    .select(["key", "lane", "due_at", "seq", "state", "lease_until"])
    .where("state", "=", raw.lit("sending"))
    .where("lane", "in", names)
    .execute();
  const busy = new Set(sending.filter(({ lease_until }) => (lease_until ?? 0) > now).map(({ lane }) => lane));
  const free = names
    .filter((name) => !busy.has(name))
    .map((name) => readyQuery(db, name, now, takes.get(name) ?? 0));
  const [first, ...more] = free;
  const waiting =
    first === undefined
      ? []
      : await more.reduce<typeof first>((all, next) => all.unionAll(next), first).execute();
  const byLane = Map.groupBy(
    [...sending.filter(({ lease_until }) => (lease_until ?? 0) <= now), ...waiting].toSorted(inOrder),
    ({ lane }) => lane,
  );
  return [...byLane].flatMap(([lane, rows]) => rows.slice(0, takes.get(lane) ?? 0)).toSorted(inOrder);
}

/** The statement that finds the first that wait in a lane. */
export function readyQuery(db: Kysely<Tables>, lane: string, now: number, limit: number) {
  const first = db
    .selectFrom("deliveries")
    .select(["key", "lane", "due_at", "seq", "state"])
    .where("lane", "=", lane)
    .where("state", "=", raw.lit("waiting"))
    .where("ready", "=", raw.lit(1))
    .where("due_at", "<=", now)
    .orderBy("due_at")
    .orderBy("seq")
    .limit(Number.isFinite(limit) ? Math.max(limit, 0) : MOST_LANES);
  return db.selectFrom(first.as("first")).selectAll();
}

function inOrder(a: Due, b: Due): number {
  return a.due_at - b.due_at || a.seq - b.seq;
}

/** Takes them under a lease; the lanes of those that nobody settled, dropped or took in between. */
export async function take(
  { db }: Sql,
  rows: readonly Due[],
  lease: string,
  { now: at, leaseMs }: { readonly now: Date; readonly leaseMs: number },
): Promise<readonly string[]> {
  const now = at.getTime();
  if (rows.length === 0) return [];
  const taken = await db
    .updateTable("deliveries")
    .set((eb) => ({
      state: "sending",
      lease,
      lease_until: now + leaseMs,
      attempts: eb("attempts", "+", 1),
      first_tried_at: eb.fn.coalesce("first_tried_at", eb.val(now)),
    }))
    .where(
      "key",
      "in",
      rows.map(({ key }) => key),
    )
    .where((eb) =>
      eb.or([
        eb("state", "=", "waiting"),
        eb.and([eb("state", "=", "sending"), eb("lease_until", "<=", now)]),
      ]),
    )
    .returning("lane")
    .execute();
  return taken.map(({ lane }) => lane);
}
