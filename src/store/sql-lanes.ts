import { sql } from "kysely";
import { formatAddress, type Address } from "../core/place.ts";
import { marksSchema, notAfter } from "./budget-marks.ts";
import type { Insert, Shape } from "./sql-insert.ts";
import type { Sql } from "./sql-tables.ts";

/** The lane of a place: threads of one channel share it. */
export function laneOf(to: Address): string {
  return `place:${formatAddress(to)}`;
}

/** The lane of all places of a platform's workspace. */
export function allLaneOf(to: Address): string {
  return `all:${to.platform}:${to.workspace ?? ""}`;
}

const LANE = {
  name: "text",
  platform: "text",
  paused_until: "bigint",
  free_at: "bigint",
  marks: "text",
} as const;
const ALL_LANES: Shape = {
  name: "all_lane_rows",
  table: "lanes",
  columns: LANE,
  conflict: "on conflict (name) do nothing",
};
/** PostgreSQL holds a lane that is there until the commit, also one that is left as it is. */
const PLACE_LANES: Shape = {
  name: "lane_rows",
  table: "lanes",
  columns: { ...LANE, all_lane: "text", next_at: "bigint" },
  conflict: `on conflict (name) do update set next_at = case
      when excluded.next_at >= lanes.paused_until and excluded.next_at >= lanes.free_at then excluded.next_at
      when lanes.paused_until >= lanes.free_at then lanes.paused_until
      else lanes.free_at end
    where excluded.next_at is not null and (lanes.next_at is null or lanes.next_at > excluded.next_at)`,
};

/**
 * Makes sure of the lanes of these deliveries and holds them until the transaction ends, in one order for everybody.
 * `readyAt`: when a delivery will be ready, null where it waits for another. A lane may be looked at too early by
 * this, when something is being sent there, but never too late; the full account costs three times as much.
 */
export function laneInserts(
  wanted: readonly { readonly to: Address; readonly readyAt: number | null }[],
): readonly Insert[] {
  const alls = new Map(wanted.map(({ to }) => [allLaneOf(to), to.platform]));
  const lanes = new Map<string, { readonly to: Address; readonly readyAt: number | null }>();
  for (const { to, readyAt } of wanted) {
    const before = lanes.get(laneOf(to))?.readyAt ?? null;
    const earlier = before === null || (readyAt !== null && readyAt < before) ? readyAt : before;
    lanes.set(laneOf(to), { to, readyAt: earlier });
  }
  const row = { paused_until: 0, free_at: 0, marks: "[]" };
  return [
    {
      shape: ALL_LANES,
      rows: [...alls].toSorted(byName).map(([name, platform]) => ({ name, platform, ...row })),
    },
    {
      shape: PLACE_LANES,
      rows: [...lanes].toSorted(byName).map(([name, { to, readyAt }]) => {
        return { name, platform: to.platform, all_lane: allLaneOf(to), next_at: readyAt, ...row };
      }),
    },
  ];
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

/**
 * Writes when each lane could next give something. What is being sent goes before what waits: a place gets its
 * messages in order, so the next one is taken when the one before is settled or its lease has ended.
 */
export async function refreshLanes(sql: Sql, names: Iterable<string>): Promise<void> {
  for (const part of chunks([...new Set(names)].toSorted())) {
    await hold(sql, part);
    await sql.db.updateTable("lanes").set({ next_at: nextAt }).where("name", "in", part).execute();
  }
}

/** Waits for whoever is at these lanes before looking: an update that waits would write what it saw before that. */
async function hold({ db, kind }: Sql, names: readonly string[]): Promise<void> {
  if (kind === "sqlite") return;
  await db
    .selectFrom("lanes")
    .select("name")
    .where("name", "in", names)
    .orderBy("name")
    .forUpdate()
    .execute();
}

/**
 * The same for every lane that waits for a time after `now`: the clock was set back, or the program starts. What such
 * a lane sent later than now counts as sent now.
 */
export async function refreshLanesAfter(sql: Sql, now: number): Promise<void> {
  const rows = await sql.db
    .selectFrom("lanes")
    .select(["name", "all_lane"])
    .where((eb) => eb.or([eb("free_at", ">", now), eb("next_at", ">", now)]))
    .orderBy("name")
    .execute();
  for (const part of chunks(rows.map(({ name }) => name))) {
    await hold(sql, part);
    const held = await sql.db
      .selectFrom("lanes")
      .select(["name", "marks"])
      .where("name", "in", part)
      .where("free_at", ">", now)
      .execute();
    for (const { name, marks } of held) {
      const set = JSON.stringify(notAfter(marksSchema.parse(marks), now));
      await sql.db.updateTable("lanes").set({ free_at: 0, marks: set }).where("name", "=", name).execute();
    }
  }
  await refreshLanes(
    sql,
    rows.flatMap(({ name, all_lane }) => (all_lane === null ? [] : [name])),
  );
}

/** Holds up a lane until then. */
export async function pauseLane({ db }: Sql, name: string, until: number): Promise<void> {
  await db
    .updateTable("lanes")
    .set({ paused_until: until })
    .where("name", "=", name)
    .where("paused_until", "<", until)
    .execute();
}

const nextAt = sql<number | null>`(
  select case
    when b.at < lanes.paused_until and lanes.paused_until >= lanes.free_at then lanes.paused_until
    when b.at < lanes.free_at then lanes.free_at
    else b.at end
  from (select coalesce(
    (select min(s.lease_until) from deliveries s where s.lane = lanes.name and s.state = 'sending'),
    (select min(w.due_at) from deliveries w where w.lane = lanes.name and w.state = 'waiting' and w.ready = 1)
  ) as at) b)`;

const CHUNK = 500;
/** Long lists in pieces that both engines take as parameters. */
export function chunks<Item>(items: readonly Item[], size: number = CHUNK): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_none, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
