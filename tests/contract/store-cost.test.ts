import { sql, type Compilable } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import { openPostgresEngine } from "../../src/store/postgres.ts";
import { dueLanesQuery } from "../../src/store/sql-claim.ts";
import { readyQuery } from "../../src/store/sql-earliest.ts";
import type { Engine } from "../../src/store/sql-engine.ts";
import { inventoryQuery } from "../../src/store/sql-inventory.ts";
import { dueQuery, nextClaimQuery } from "../../src/store/sql-queries.ts";
import { openSqliteEngine } from "../../src/store/sqlite.ts";
import { MONDAY, after, channel, delivery, subscription } from "../support/store-samples.ts";
import { stores, type Opened } from "../support/stores.ts";

/** The engine's own plan of a statement, as text. */
async function planOf({ db, kind }: Engine, query: Compilable): Promise<string> {
  const { sql: text, parameters } = query.compile();
  const lead = kind === "sqlite" ? "explain query plan " : "explain ";
  const result = await db.executeQuery<Readonly<Record<string, unknown>>>({
    ...sql.raw(lead + text).compile(db),
    sql: lead + text,
    parameters,
  });
  return result.rows.map((row) => String(row["detail"] ?? row["QUERY PLAN"])).join("\n");
}

async function engineOf({ options }: Opened): Promise<Engine> {
  const engine = await ("url" in options ? openPostgresEngine(options) : openSqliteEngine(options));
  onTestFinished(() => engine.close());
  if (engine.kind === "postgres") await sql`analyze`.execute(engine.db);
  return engine;
}

describe.each(stores)("the cost on $name", ({ open }) => {
  test("is of what is due: every question that is asked often goes by its index", async () => {
    const opened = await open();
    const at = Array.from({ length: 3_000 }, (_none, index) => index);
    await opened.store.commit({
      at: MONDAY,
      deliveries: at.map((n) => delivery(`d${n}`, { to: channel(`C${n % 1_500}`), dueAt: after(9e8 + n) })),
      subscriptions: at
        .slice(0, 800)
        .map((n) => subscription(`S-${n}`, { kind: "reminders", nextAt: after(9e8 + n) })),
    });
    await opened.store.close();
    const engine = await engineOf(opened);
    const now = MONDAY.getTime();
    const asked = [
      ["subscriptions_due", dueQuery(engine.db, now, 10)],
      ["lanes_next", dueLanesQuery(engine, "all:slack:T1", now, 10)],
      ["deliveries_ready", readyQuery(engine.db, "place:slack:T1:C1", now, 10)],
      ["lanes_next", nextClaimQuery(engine.db)],
    ] as const;
    const inventory = inventoryQuery(engine.kind);
    const counted = { compile: () => inventory.compile(engine.db) };
    expect(await planOf(engine, counted)).not.toMatch(/SCAN (?:deliveries|subscriptions)$/m);
    for (const [index, query] of asked) {
      const plan = await planOf(engine, query);
      expect(plan).toContain(index);
      expect(plan).not.toMatch(/Seq Scan on (?:deliveries|subscriptions)|SCAN (?:deliveries|subscriptions)/);
    }
  });
});
