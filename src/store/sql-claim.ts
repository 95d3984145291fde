import { randomUUID } from "node:crypto";
import { sql as raw } from "kysely";
import type { Budget, Budgets } from "../core/budget.ts";
import { charged, freeAt, marksSchema, room, type LaneMarks } from "./budget-marks.ts";
import type { Claimed } from "./outbox.ts";
import { refreshLanes } from "./sql-lanes.ts";
import { earliest, MOST_LANES, take } from "./sql-earliest.ts";
import { outboxRows } from "./sql-queries.ts";
import { readClaimed } from "./sql-rows.ts";
import type { Sql } from "./sql-tables.ts";
import type { Store } from "./store.ts";

type Request = Parameters<Store["claim"]>[0];

const UNLIMITED: Budgets = { place: [], all: [] };

interface Lane {
  readonly name: string;
  readonly platform: string;
  readonly all_lane: string | null;
  readonly next_at: number | null;
  readonly marks: LaneMarks;
}
/** A claim: first the lanes that can send now, whatever waits elsewhere, then the earliest of each. */
export async function claim(sql: Sql, request: Request): Promise<readonly Claimed[]> {
  const now = request.now.getTime();
  const limit = Math.min(request.limit, MOST_LANES);
  const alls = await openAlls(sql, request);
  const due: Lane[] = [];
  for (const { lane, left } of alls)
    due.push(...(await dueLanes(sql, lane.name, now, Math.min(left, limit))));
  const lanes = due.toSorted((a, b) => (a.next_at ?? 0) - (b.next_at ?? 0)).slice(0, Math.max(limit, 0));
  if (lanes.length === 0) return [];
  const share = Math.max(1, Math.floor(limit / lanes.length));
  const takes = new Map(
    lanes.map((lane) => [
      lane.name,
      Math.min(share, room(budgetsOf(request, lane.platform).place, lane.marks, now)),
    ]),
  );
  const allOf = new Map(lanes.map((lane) => [lane.name, lane.all_lane ?? ""]));
  const left = new Map(alls.map((all) => [all.lane.name, all.left]));
  const wanted = (await earliest(sql, takes, now))
    .filter(({ lane }) => {
      const all = allOf.get(lane) ?? "";
      const rest = left.get(all) ?? 0;
      left.set(all, rest - 1);
      return rest > 0;
    })
    .slice(0, limit);
  const lease = randomUUID();
  const taken = await take(sql, wanted, lease, request);
  for (const lane of lanes) {
    const count = taken.filter((name) => name === lane.name).length;
    await charge(sql, lane, budgetsOf(request, lane.platform).place, now, count);
  }
  for (const { lane } of alls) {
    const count = taken.filter((name) => allOf.get(name) === lane.name).length;
    if (count > 0) await charge(sql, lane, budgetsOf(request, lane.platform).all, now, count);
  }
  await refreshLanes(sql, allOf.keys());
  const interrupted = new Set(wanted.filter(({ state }) => state === "sending").map(({ key }) => key));
  const rows = await outboxRows(sql.db)
    .where("d.state", "=", raw.lit("sending"))
    .where("d.lane", "in", [...allOf.keys()])
    .where("d.lease", "=", lease)
    .orderBy("d.due_at")
    .orderBy("d.seq")
    .execute();
  return rows.map((row) => readClaimed(row, interrupted.has(row.key)));
}

function budgetsOf(request: Request, platform: string): Budgets {
  for (const [name, budgets] of request.budgets) if (name === platform) return budgets;
  return UNLIMITED;
}

/** The lanes of whole workspaces that are not held up, with what their budgets leave; held by one claim at a time. */
async function openAlls(
  sql: Sql,
  request: Request,
): Promise<readonly { readonly lane: Lane; readonly left: number }[]> {
  const now = request.now.getTime();
  const rows = await sql.db
    .selectFrom("lanes")
    .selectAll()
    .where("all_lane", "is", null)
    .where("paused_until", "<=", now)
    .orderBy("name")
    .$if(sql.kind === "postgres", (query) => query.forUpdate())
    .execute();
  const open: { readonly lane: Lane; readonly left: number }[] = [];
  for (const row of rows) {
    const lane = { ...row, marks: marksSchema.parse(row.marks) };
    const budgets = budgetsOf(request, lane.platform).all;
    const left = room(budgets, lane.marks, now);
    if (left > 0) open.push({ lane, left });
    else await charge(sql, lane, budgets, now, 0);
  }
  return open;
}

/** The statement that finds lanes with something due; one that another process holds is passed over. */
export function dueLanesQuery({ db, kind }: Sql, all: string, now: number, limit: number) {
  return db
    .selectFrom("lanes")
    .select(["name", "platform", "all_lane", "next_at", "marks"])
    .where("all_lane", "=", all)
    .where("next_at", "is not", null)
    .where("next_at", "<=", now)
    .orderBy("next_at")
    .limit(limit)
    .$if(kind === "postgres", (query) => query.forUpdate().skipLocked());
}

async function dueLanes(sql: Sql, all: string, now: number, limit: number): Promise<readonly Lane[]> {
  if (limit < 1) return [];
  const rows = await dueLanesQuery(sql, all, now, limit).execute();
  return rows.map((row) => ({ ...row, marks: marksSchema.parse(row.marks) }));
}

async function charge(
  { db }: Sql,
  lane: Lane,
  budgets: readonly Budget[],
  now: number,
  count: number,
): Promise<void> {
  if (budgets.length === 0 && lane.marks.length === 0) return;
  const marks = charged(budgets, lane.marks, now, count);
  await db
    .updateTable("lanes")
    .set({ marks: JSON.stringify(marks), free_at: freeAt(budgets, marks, now) })
    .where("name", "=", lane.name)
    .execute();
}
