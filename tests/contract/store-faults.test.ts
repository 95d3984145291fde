import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { Client } from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { openPostgres } from "../../src/store/postgres.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { openStore } from "../support/store-open.ts";
import {
  MONDAY,
  NOTHING,
  delivery,
  entry,
  keysOf,
  sent,
  settle,
  subscription,
  take,
} from "../support/store-samples.ts";
import { containing, stores, type Opened } from "../support/stores.ts";

/** Starts a process that writes; `acknowledged` grows with what it was promised. */
function writer(options: Opened["options"]) {
  const script = join(import.meta.dirname, "..", "support", "store-writer.ts");
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const acknowledged: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const reached = (count: number): Promise<void> =>
    new Promise((resolve, reject) => {
      lines.on("line", (line) => {
        acknowledged.push(line);
        if (acknowledged.length >= count) resolve();
      });
      lines.once("close", () => reject(new Error("the writer ended by itself")));
    });
  const kill = async (): Promise<void> => {
    const gone = once(child, "exit");
    const read = once(lines, "close");
    child.kill("SIGKILL");
    await Promise.all([gone, read]);
  };
  onTestFinished(() => void child.kill("SIGKILL"));
  return { acknowledged, reached, kill };
}

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "qushi-faults-"));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

describe.each(stores)("a process on $name", ({ open }) => {
  test("that is killed loses nothing that was acknowledged, and leaves nothing in the way", async () => {
    const { store, options } = await open();
    await store.close();
    const promised: string[] = [];
    for (const count of [1, 60]) {
      const { acknowledged, reached, kill } = writer(options);
      await reached(count);
      await kill();
      promised.push(...acknowledged);
    }
    const after = await openStore(options);
    onTestFinished(() => after.close());
    const kept = await after.ledger(0, 100_000);
    expect(promised.length).toBeGreaterThanOrEqual(61);
    const ids = new Set(kept.map(({ id }) => id));
    expect(promised.filter((id) => !ids.has(id))).toEqual([]);
    expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_entry, at) => at + 1));
    // Every act is there with all that belongs to it, or with nothing.
    const audit = await after.audit(100_000);
    expect(audit.map(({ detail }) => detail).toReversed()).toEqual(kept.map(({ id }) => id));
    expect(audit.map(({ actorKey }) => actorKey).toReversed()).toEqual(kept.map(({ actorKey }) => actorKey));
    expect(keysOf(await after.outbox({ states: ["waiting"], limit: 100_000 })).toReversed()).toEqual(
      kept.map(({ id }) => id),
    );
    const again = await Promise.all(promised.map((accept) => after.commit({ at: MONDAY, accept })));
    expect(again.filter(({ done }) => done)).toEqual([]);
  }, 60_000);

  test("refuses a database that a newer program wrote, and says so", async () => {
    const { store, options } = await open();
    await store.close();
    const add = "insert into migrations (number, name) values (9999, 'tomorrow')";
    if ("url" in options) {
      const client = new Client({ connectionString: options.url });
      await client.connect();
      await client.query(add);
      await client.end();
    } else {
      const database = new DatabaseSync(options.file);
      database.exec(add);
      database.close();
    }
    await expect(openStore(options)).rejects.toMatchObject({
      name: "StoreError",
      code: "newer",
      fix: containing("newer Qushi"),
    });
  });

  test("tells of a row that something else has changed, and does not act on it", async () => {
    const { store, options } = await open();
    await store.commit({ at: MONDAY, subscriptions: [subscription("S-1")] });
    await store.close();
    const spoil = `update subscriptions set rule = replace(rule, '"digest"', '"surprise"')`;
    if ("url" in options) {
      const client = new Client({ connectionString: options.url });
      await client.connect();
      await client.query(spoil);
      await client.end();
    } else {
      const database = new DatabaseSync(options.file);
      database.exec(spoil);
      database.close();
    }
    const again = await openStore(options);
    onTestFinished(() => again.close());
    await expect(again.subscription("S-1")).rejects.toMatchObject({
      code: "unusable",
      message: containing("kind"),
    });
  });
});

describe("the SQLite file", () => {
  test("is for one process: a second one is refused at once, with the way out", async () => {
    const file = join(await folder(), "qushi.db");
    const { reached, kill } = writer({ file });
    await reached(1);
    await expect(openSqlite({ file })).rejects.toMatchObject({
      name: "StoreError",
      code: "busy",
      message: `another Qushi is running on ${file}`,
      fix: containing("QUSHI_DIR"),
    });
    await kill();
    await (await openSqlite({ file })).close();
  }, 60_000);

  test("is for one store of one process too", async () => {
    const file = join(await folder(), "qushi.db");
    const store = await openSqlite({ file });
    await expect(openSqlite({ file })).rejects.toMatchObject({ code: "busy" });
    expect(await store.commit(NOTHING)).toEqual({ done: true });
    await store.close();
  });

  test("and its folder are for the user alone", async () => {
    const made = join(await folder(), "var", "deep");
    const store = await openSqlite({ file: join(made, "qushi.db") });
    await store.commit(NOTHING);
    const mode = async (path: string): Promise<number> => (await stat(path)).mode % 0o1000;
    expect([await mode(made), await mode(join(made, "qushi.db"))]).toEqual([0o700, 0o600]);
    await store.close();
  });

  test("that is full says so and has written nothing, and goes on when there is space again", async () => {
    const file = join(await folder(), "qushi.db");
    const store = await openSqlite({ file, maxPages: 80 });
    onTestFinished(() => store.close());
    const big = (id: string) => ({ ...entry(id), data: { text: "字".repeat(20_000), nothingNew: false } });
    await store.commit({ at: MONDAY, subscriptions: [subscription("S-1")] });
    const written: string[] = [];
    const fill = async (): Promise<void> => {
      for (let at = 0; at < 50; at += 1) {
        await store.commit({ at: MONDAY, accept: `E${at}`, ledger: [big(`e${at}`)] });
        written.push(`e${at}`);
      }
    };
    await expect(fill()).rejects.toMatchObject({
      name: "StoreError",
      code: "full",
      fix: containing("space"),
    });
    expect((await store.ledger(0, 99)).map(({ id }) => id)).toEqual(written);
    // What is small still fits, and what was refused was not taken on.
    expect(await store.commit({ at: MONDAY, accept: `E${written.length}` })).toEqual({ done: true });
    await store.close();
    const again = await openSqlite({ file, maxPages: 400 });
    onTestFinished(() => again.close());
    expect(await again.commit({ at: MONDAY, ledger: [big(`e${written.length}`)] })).toEqual({ done: true });
    expect(await again.ledger(0, 99)).toHaveLength(written.length + 1);
  });

  test("that is full goes on without a restart once something has given up its space", async () => {
    const store = await openSqlite({ file: join(await folder(), "qushi.db"), maxPages: 80 });
    onTestFinished(() => store.close());
    const told = (id: string) => ({
      subscriptionId: id,
      key: null,
      snapshot: { takenAt: MONDAY, version: "字".repeat(20_000), items: {}, ledgerSeq: 0 },
    });
    await expect(fill()).rejects.toMatchObject({ code: "full" });
    await store.commit({ at: MONDAY, ended: ["S-0", "S-1"] });
    expect(await store.commit({ at: MONDAY, snapshots: [told("S-9")] })).toEqual({ done: true });
    async function fill(): Promise<void> {
      for (let at = 0; at < 50; at += 1) await store.commit({ at: MONDAY, snapshots: [told(`S-${at}`)] });
    }
  });

  test("cannot be a folder, lie below a file, or be something else", async () => {
    const made = await folder();
    await mkdir(join(made, "folder"));
    await writeFile(join(made, "text"), "no database, but long enough to look like one ".repeat(40));
    for (const path of ["folder", "text/qushi.db", "text"]) {
      await expect(openSqlite({ file: join(made, path) }), path).rejects.toMatchObject({
        name: "StoreError",
        code: "unusable",
        fix: containing(/QUSHI_DIR|backup/),
      });
    }
  });

  test("can be none at all", async () => {
    const store = await openSqlite({ file: ":memory:" });
    await store.commit({ at: MONDAY, deliveries: [delivery("a")] });
    expect(keysOf(await take(store))).toEqual(["a"]);
    await store.close();
  });
});

describe.each(stores.filter(({ name }) => name === "postgres"))("the server of $name", ({ open }) => {
  test("may be restarted: told while it is away, and on again by itself", async () => {
    const { store, second, halt, resume } = await open();
    const other = await second();
    await store.commit({ at: MONDAY, deliveries: [delivery("a")] });
    const [row] = await take(store);
    await halt();
    const away = { name: "StoreError", code: "unreachable", fix: containing("DATABASE_URL") };
    await expect(store.commit({ at: MONDAY, accept: "E1" })).rejects.toMatchObject(away);
    await expect(other.outbox({ states: ["sent"], limit: 1 })).rejects.toMatchObject(away);
    await resume();
    expect(await store.commit({ at: MONDAY, accept: "E1" })).toEqual({ done: true });
    await settle(store, row, sent("1.1"));
    expect(keysOf(await other.outbox({ states: ["sent"], limit: 9 }))).toEqual(["a"]);
  });

  test("may vanish in the middle of many writes: each is acknowledged and kept, or refused and written once after it", async () => {
    const { store, halt, resume } = await open();
    const results: string[] = [];
    const write = async (id: string): Promise<void> => {
      await store.commit({ at: MONDAY, ledger: [entry(id)] }).then(
        () => results.push(id),
        (error: unknown) => expect(error).toMatchObject({ code: "unreachable" }),
      );
    };
    const ids = Array.from({ length: 200 }, (_none, at) => `e${at}`);
    const all = Promise.all(ids.map(write));
    await store.outbox({ states: ["sent"], limit: 1 }).catch(() => null);
    await halt();
    await all;
    await resume();
    const acknowledged = [...results];
    const kept = new Set((await store.ledger(0, 999)).map(({ id }) => id));
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    for (const id of ids) await write(id);
    expect((await store.ledger(0, 999)).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });

  test("may fall silent: the connection that waits is given up, and others go on", async () => {
    const { options, close } = await open();
    if (!("url" in options)) throw new Error("no server");
    const store = await openPostgres({ url: `${options.url}?query_timeout=2000` });
    const holder = new Client({ connectionString: options.url });
    await holder.connect();
    await holder.query("begin; lock table audit in access exclusive mode");
    const row = { at: MONDAY, actor: null, where: null, what: "x", outcome: "done", detail: "" } as const;
    await expect(store.commit({ at: MONDAY, audit: [row] })).rejects.toMatchObject({ code: "unreachable" });
    expect(await store.commit({ at: MONDAY, deliveries: [delivery("a")] })).toEqual({ done: true });
    await holder.end();
    expect(await store.commit({ at: MONDAY, audit: [row] })).toEqual({ done: true });
    await store.close();
    await close();
  }, 60_000);

  test("may be migrated by several that start at once", async () => {
    const { options } = await open();
    if (!("url" in options)) throw new Error("no server");
    const client = new Client({ connectionString: options.url });
    await client.connect();
    await client.query("drop schema public cascade; create schema public");
    await client.end();
    const opened = await Promise.all(Array.from({ length: 5 }, () => openPostgres(options)));
    const ids = await Promise.all(opened.map((each) => each.newSubscriptionId()));
    expect(new Set(ids).size).toBe(5);
    await Promise.all(opened.map((each) => each.close()));
  });
});

describe("DATABASE_URL", () => {
  test("that is none, or where nobody answers, is told with a fix and without the password", async () => {
    for (const url of ["mysql://a:b@127.0.0.1/x", "nonsense"]) {
      await expect(openPostgres({ url })).rejects.toMatchObject({
        code: "unusable",
        fix: containing("postgres://"),
      });
    }
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const address = closed.address();
    closed.close();
    const port = typeof address === "object" && address !== null ? address.port : 1;
    const error: unknown = await openPostgres({ url: `postgres://u:sesame@127.0.0.1:${port}/q` }).catch(
      (e: unknown) => e,
    );
    expect(error).toMatchObject({ name: "StoreError", code: "unreachable" });
    expect(error instanceof Error ? error.message : "").toContain(`127.0.0.1:${port}/q`);
    expect(JSON.stringify(error) + String(error)).not.toContain("sesame");
  });
});
