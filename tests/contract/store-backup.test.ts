import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { directTo, type Person } from "../../src/core/place.ts";
import { NO_SETTINGS } from "../../src/core/subscription.ts";
import { restore } from "../../src/store/backup.ts";
import type { Store } from "../../src/store/store.ts";
import { raw } from "../support/store-raw.ts";
import { openStore } from "../support/store-open.ts";
import {
  MONDAY,
  OWNER,
  after,
  channel,
  delivery,
  discussion,
  entry,
  keysOf,
  ref,
  sent,
  settle,
  snapshot,
  subscription,
  take,
} from "../support/store-samples.ts";
import { containing, stores } from "../support/stores.ts";

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "qushi-backup-"));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

const OTHER: Person = { platform: "feishu", workspace: null, id: "ou_1" };

/** Something in every table. */
async function fill(store: Store): Promise<void> {
  const id = await store.newSubscriptionId();
  const [key, other] = [await store.personKey(OWNER), await store.personKey(OTHER)];
  await store.commit({
    at: MONDAY,
    accept: "E1",
    slot: "S-1@1",
    subscriptions: [subscription(id)],
    settings: [{ place: channel("C1"), settings: NO_SETTINGS }],
    deliveries: [
      delivery("a"),
      delivery("a.1", { parentKey: "a" }),
      delivery("later", { dueAt: after(9e8) }),
    ],
    snapshots: [{ subscriptionId: id, key: "a", snapshot: snapshot("v1") }],
    ledger: [entry("e1"), entry("e2")],
    links: [{ from: other, into: key }],
    grants: [{ personKey: key, role: "reviewer", district: "GM", grantedBy: key, at: MONDAY }],
    dataset: { id: "shenzhen-2026", version: "1", items: { "GM-001": { target: ">19 EFLOPS", due: null } } },
    discussions: [discussion({ parent: "a", face: "a", drawn: "a" })],
    replies: [{ discussion: discussion(), personKey: key, day: "2026-02-09", at: MONDAY }],
    offers: [{ id: "o1", url: "https://x.example.org", postedBy: key, message: ref("1.2") }],
    audit: [
      { at: MONDAY, actor: null, where: null, what: "tick", outcome: "done", detail: id },
      { at: MONDAY, actor: OTHER, where: directTo(OTHER), what: "mute", outcome: "refused", detail: id },
    ],
  });
  await settle(store, (await take(store))[0], sent("1.1"));
}

/** Everything that can be seen through the interface. */
async function seen(store: Store): Promise<unknown> {
  return [
    await store.subscriptions("all"),
    await store.settings(channel("C1")),
    await store.snapshot("S-1"),
    await store.discussions("all"),
    [...(await store.talk(channel("C1"), null))],
    await store.thread(channel("C1"), "1.1"),
    await store.offer("o1"),
    await store.outbox({ states: ["waiting", "sending", "sent", "failed"], limit: 99 }),
    await store.ledger(0, 99),
    await store.audit(99),
    await store.person("P-1"),
    await store.person("P-2"),
    await store.grants(),
    await store.seenDataset(),
    await store.nextClaimAt(MONDAY),
  ];
}

describe.each(
  stores.flatMap((from) => stores.map((into) => ({ name: `${from.name} into ${into.name}`, from, into }))),
)("a backup of $name", ({ from, into }) => {
  test("brings everything back, and the restored store goes on from there", async () => {
    const [source, target] = [await from.open(), await into.open()];
    await fill(source.store);
    const file = join(await folder(), "backup.db");
    await source.store.backup(file);
    await target.store.close();
    await restore(file, target.options, { force: false });
    const store = await target.reopen();
    expect(await seen(store)).toEqual(await seen(source.store));
    expect(await store.commit({ at: MONDAY, accept: "E1" })).toMatchObject({ done: false });
    expect(await store.commit({ at: MONDAY, slot: "S-1@1" })).toMatchObject({ done: false });
    expect(await store.newSubscriptionId()).toBe("S-2");
    expect(keysOf(await take(store))).toEqual(["a.1"]);
    const more = {
      at: MONDAY,
      subscriptions: [subscription("S-2", { kind: "reminders" })],
      deliveries: [delivery("n")],
      ledger: [entry("e3")],
    };
    const audit = [{ at: MONDAY, actor: null, where: null, what: "x", outcome: "done", detail: "" }] as const;
    expect(await store.commit({ ...more, audit })).toEqual({ done: true });
    expect((await store.ledger(2, 9)).map(({ seq, id }) => `${seq} ${id}`)).toEqual(["3 e3"]);
    const key = await store.personKey({ ...OWNER, id: "U3" });
    expect(key).toBe("P-3");
    const grant = { personKey: key, role: "admin", district: null, grantedBy: "P-1", at: MONDAY } as const;
    await store.commit({ at: MONDAY, grants: [grant] });
    expect((await store.grants()).at(-1)).toEqual(grant);
  });
});

describe.each(stores)("backup and restore, on $name", ({ open }) => {
  test("a backup taken while others write holds whole changes only", async () => {
    const { store } = await open();
    const file = join(await folder(), "backup.db");
    const write = async (at: number): Promise<void> => {
      await store.commit({ at: MONDAY, ledger: [entry(`x${at}`), entry(`y${at}`)], slot: `s${at}` });
    };
    await write(0);
    await Promise.all([...Array.from({ length: 40 }, (_none, at) => write(at + 1)), store.backup(file)]);
    const database = new DatabaseSync(file, { readOnly: true });
    onTestFinished(() => database.close());
    const count = (table: string) =>
      Number(database.prepare(`select count(*) as n from ${table}`).get()?.["n"]);
    expect(count("slots")).toBeGreaterThanOrEqual(1);
    expect(count("ledger")).toBe(2 * count("slots"));
    expect(database.prepare("pragma integrity_check").get()).toEqual({ integrity_check: "ok" });
    expect(await store.ledger(0, 999)).toHaveLength(82);
  });

  test("a backup is for the user alone, and never takes the place of a file", async () => {
    const { store } = await open();
    const made = await folder();
    const file = join(made, "backup.db");
    await store.backup(file);
    expect((await stat(file)).mode % 0o1000).toBe(0o600);
    await writeFile(join(made, "mine"), "mine");
    for (const path of [file, join(made, "mine"), join(made, "nowhere", "x.db")]) {
      await expect(store.backup(path), path).rejects.toMatchObject({ name: "StoreError", code: "unusable" });
    }
    expect(await readFile(join(made, "mine"), "utf8")).toBe("mine");
    expect((await readdir(made)).toSorted()).toEqual(["backup.db", "mine"]);
  });

  test("a store that is not empty is replaced by force only, and then wholly", async () => {
    const [source, target] = [await open(), await open()];
    await source.store.commit({ at: MONDAY, deliveries: [delivery("new")] });
    const file = join(await folder(), "backup.db");
    await source.store.backup(file);
    await fill(target.store);
    await target.store.close();
    const refused = { name: "StoreError", code: "unusable", fix: containing("--force") };
    await expect(restore(file, target.options, { force: false })).rejects.toMatchObject(refused);
    expect(await (await target.reopen()).ledger(0, 9)).toHaveLength(2);
    await (await target.reopen()).close();
    await restore(file, target.options, { force: true });
    const store = await target.reopen();
    expect(await store.ledger(0, 9)).toEqual([]);
    expect(keysOf(await take(store))).toEqual(["new"]);
    // The ledger, which was replaced with the rest, is only added to again.
    await store.commit({ at: MONDAY, ledger: [entry("e1")] });
    await store.close();
    await raw(target.options, async (say) => {
      await expect(say("delete from ledger")).rejects.toThrow("only added to");
    });
  });

  test("what is no backup changes nothing", async () => {
    const { store, options, reopen } = await open();
    await fill(store);
    await store.close();
    const made = await folder();
    await writeFile(join(made, "empty"), "");
    await writeFile(join(made, "text"), "hello ".repeat(500));
    const foreign = new DatabaseSync(join(made, "foreign"));
    foreign.exec("create table t (x)");
    foreign.close();
    for (const name of ["empty", "text", "foreign", "missing"]) {
      await expect(restore(join(made, name), options, { force: true }), name).rejects.toMatchObject({
        code: "unusable",
      });
    }
    expect(await (await reopen()).ledger(0, 9)).toHaveLength(2);
  });

  test("a backup that is damaged changes nothing", async () => {
    const { store, options } = await open();
    await store.commit({ at: MONDAY, ledger: [entry("e1")] });
    const file = join(await folder(), "backup.db");
    await store.backup(file);
    const spoiled = new DatabaseSync(file);
    spoiled.exec("pragma journal_mode = delete; create table x (y); drop table lanes");
    spoiled.close();
    await store.close();
    await expect(restore(file, options, { force: true })).rejects.toMatchObject({ name: "StoreError" });
    const again = await openStore(options);
    onTestFinished(() => again.close());
    expect(await again.ledger(0, 9)).toHaveLength(1);
  });
});
