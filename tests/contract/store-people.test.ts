import { describe, expect, test } from "vitest";
import { NO_SETTINGS } from "../../src/core/subscription.ts";
import { directTo, type Person } from "../../src/core/place.ts";
import type { AuditRow, Grant, SeenDataset } from "../../src/store/store.ts";
import { raw } from "../support/store-raw.ts";
import {
  MONDAY,
  after,
  channel,
  delivery,
  entry,
  sent,
  settle,
  snapshot,
  subscription,
  take,
} from "../support/store-samples.ts";
import { stores } from "../support/stores.ts";

const WANG: Person = { platform: "slack", workspace: "T1", id: "UWANG" };
const WANG_TOO: Person = { platform: "feishu", workspace: null, id: "ou_wang" };
const LIU: Person = { platform: "slack", workspace: "T1", id: "ULIU" };

function audit(actor: Person | null, detail = "S-1"): AuditRow {
  return { at: MONDAY, actor, where: channel("C1"), what: "digest set", outcome: "done", detail };
}

const DATASET: SeenDataset = {
  id: "lanting-2026",
  version: "1",
  items: { "LT-001": { target: ">19 EFLOPS", due: "2026-12-31" }, "LT-002": { target: null, due: null } },
};

describe.each(stores)("people on $name", ({ open }) => {
  test("have one key each, also when several ask at once, and it stays after a restart", async () => {
    const { store, reopen } = await open();
    const keys = await Promise.all(
      Array.from({ length: 12 }, (_none, at) => store.personKey(at % 2 === 0 ? WANG : LIU)),
    );
    expect(new Set(keys).size).toBe(2);
    const [wang = "", liu = ""] = keys;
    expect(wang).not.toContain("WANG");
    expect(await store.person(wang)).toEqual({ key: wang, accounts: [WANG], forgotten: false });
    expect(await (await reopen()).personKey(LIU)).toBe(liu);
    expect(await (await reopen()).person("P-99")).toBeNull();
  });

  test("with two accounts are one person once these are linked, whichever key is asked for", async () => {
    const { store } = await open();
    const [slack, feishu] = [await store.personKey(WANG), await store.personKey(WANG_TOO)];
    await store.commit({ at: MONDAY, links: [{ from: feishu, into: slack }] });
    const both = { key: slack, accounts: [WANG, WANG_TOO], forgotten: false };
    expect(await store.person(feishu)).toEqual(both);
    expect(await store.person(slack)).toEqual(both);
    expect(await store.personKey(WANG_TOO)).toBe(slack);
    // A third one, linked by an old key; then the same the other way round, which is nothing new.
    const third = await store.personKey(LIU);
    await store.commit({
      at: MONDAY,
      links: [
        { from: third, into: feishu },
        { from: slack, into: third },
      ],
    });
    expect(await store.person(third)).toEqual({ ...both, accounts: [WANG, WANG_TOO, LIU] });
    // Whoever stood for several is linked in turn: all of their keys go along.
    const fourth = await store.personKey({ ...LIU, id: "UNEW" });
    await store.commit({ at: MONDAY, links: [{ from: slack, into: fourth }] });
    for (const key of [slack, feishu, third, fourth]) expect((await store.person(key))?.key).toBe(fourth);
  });

  test("are forgotten: no account is left anywhere, the key stays, and whoever comes back is somebody new", async () => {
    const { store, options, reopen } = await open();
    const [key, old] = [await store.personKey(WANG), await store.personKey(WANG_TOO)];
    const liu = await store.personKey(LIU);
    const personal = subscription("S-1", { owner: WANG, to: directTo(WANG) });
    const theirs = subscription("S-2", { owner: WANG_TOO, nextAt: null });
    const ended = subscription("S-3", { kind: "reminders", owner: WANG });
    await store.commit({
      at: MONDAY,
      links: [{ from: old, into: key }],
      subscriptions: [personal, theirs, ended],
      ended: ["S-3"],
      snapshots: [{ subscriptionId: "S-1", key: null, snapshot: snapshot("v1") }],
      settings: [{ place: directTo(WANG), settings: { ...NO_SETTINGS, lang: "zh" } }],
      deliveries: [
        delivery("sent", { to: directTo(WANG), subscriptionId: "S-1" }),
        delivery("reply", { to: directTo(WANG), parentKey: "sent", dueAt: after(9e8) }),
        delivery("other", { dueAt: after(9e8) }),
      ],
      grants: [{ personKey: key, role: "reviewer", district: null, grantedBy: liu, at: MONDAY }],
      ledger: [{ ...entry("e1"), actorKey: key, from: { address: directTo(WANG), message: "1.1" } }],
      audit: [audit(WANG), { ...audit(WANG_TOO), where: directTo(WANG_TOO) }, audit(LIU)],
    });
    await settle(store, (await take(store))[0], sent("1.1", directTo(WANG)));
    const ledger = await store.ledger(0, 9);

    await store.commit({ at: after(1), forget: [old], audit: [audit(LIU, key)] });

    expect(await store.person(key)).toEqual({ key, accounts: [], forgotten: true });
    expect(await store.person(old)).toEqual({ key, accounts: [], forgotten: true });
    expect(await store.ledger(0, 9)).toEqual(ledger);
    expect(await store.grants()).toEqual([]);
    expect(await store.settings(directTo(WANG))).toBeNull();
    expect(await store.subscription("S-1")).toBeNull();
    expect(await store.snapshot("S-1")).toBeNull();
    expect(await store.subscription("S-2")).toMatchObject({
      to: channel("C1"),
      owner: { ...WANG_TOO, id: key },
    });
    expect((await store.delivery("other"))?.state).toBe("waiting");
    expect(await store.delivery("reply")).toBeNull();
    const told = await store.audit(9);
    expect(told.map(({ actor, actorKey }) => [actor, actorKey])).toEqual([
      [LIU, liu],
      [LIU, liu],
      [null, key],
      [null, key],
    ]);
    // Whoever read the rule before does not bring the account back.
    const late = store.commit({ at: MONDAY, subscriptions: [{ ...theirs, revision: 1 }] });
    expect(await late).toEqual({ done: false, because: "changed_before" });

    await store.close();
    const tables = ["people", "accounts", "grants", "audit", "ledger", "subscriptions", "settings"];
    await raw(options, async (say) => {
      for (const table of [...tables, "snapshots", "deliveries", "lanes"]) {
        const rows = JSON.stringify(await say(`select * from ${table}`));
        expect(rows, table).not.toMatch(/UWANG|ou_wang/);
      }
    });
    const again = await (await reopen()).personKey(WANG);
    expect([key, old, liu]).not.toContain(again);
  });

  test("who are forgotten while something is being sent to them do not get it again", async () => {
    const { store } = await open();
    const key = await store.personKey(WANG);
    await store.commit({ at: MONDAY, deliveries: [delivery("a", { to: directTo(WANG) })] });
    const [row] = await take(store);
    await store.commit({ at: MONDAY, forget: [key, key, "P-99"] });
    await settle(store, row, { type: "later", dueAt: after(5), reason: "unreachable", pauseLane: null });
    expect((await store.delivery("a"))?.state).toBe("dropped");
  });

  test("who were forgotten meanwhile are neither linked nor given anything, and nothing else of it is written", async () => {
    const { store } = await open();
    const [wang, liu] = [await store.personKey(WANG), await store.personKey(LIU)];
    await store.commit({ at: MONDAY, forget: [wang] });
    const lost = { done: false, because: "changed_before" };
    const change = { at: MONDAY, accept: "E1", audit: [audit(LIU)] };
    expect(await store.commit({ ...change, links: [{ from: liu, into: wang }] })).toEqual(lost);
    const grant: Grant = { personKey: wang, role: "tracker", district: null, grantedBy: liu, at: MONDAY };
    expect(await store.commit({ ...change, grants: [grant] })).toEqual(lost);
    expect(await store.audit(9)).toEqual([]);
    expect(await store.commit({ ...change, revoked: [grant] })).toEqual({ done: true });
  });

  test("who are forgotten and linked by two at once end as either said, never as half of it", async () => {
    const { store } = await open();
    const [wang, liu] = [await store.personKey(WANG), await store.personKey(LIU)];
    const [linked] = await Promise.all([
      store.commit({ at: MONDAY, links: [{ from: wang, into: liu }] }),
      store.commit({ at: MONDAY, forget: [wang] }),
    ]);
    const [one, other] = [await store.person(wang), await store.person(liu)];
    if (linked.done) expect(one).toEqual({ key: liu, accounts: [], forgotten: true });
    else expect(other).toEqual({ key: liu, accounts: [LIU], forgotten: false });
    expect(one).toMatchObject({ accounts: [], forgotten: true });
  });
});

describe.each(stores)("what people may do, on $name", ({ open }) => {
  test("is given and taken by role and district, and given once", async () => {
    const { store, reopen } = await open();
    const [wang, liu] = [await store.personKey(WANG), await store.personKey(LIU)];
    const grant = (role: Grant["role"], district: string | null): Grant => {
      return { personKey: wang, role, district, grantedBy: liu, at: MONDAY };
    };
    const given = [grant("tracker", null), grant("reviewer", "LT"), grant("reviewer", "QH")];
    await store.commit({ at: MONDAY, grants: given });
    expect(await store.grants()).toEqual(given);
    const later = { ...grant("tracker", null), at: after(5), grantedBy: wang };
    await store.commit({ at: MONDAY, grants: [later], revoked: [grant("reviewer", "LT")] });
    expect(await (await reopen()).grants()).toEqual([later, grant("reviewer", "QH")]);
    const gone = await (
      await reopen()
    ).commit({
      at: MONDAY,
      revoked: [grant("reviewer", null), grant("reviewer", "QH"), later, { ...later, personKey: "P-99" }],
    });
    expect(gone).toEqual({ done: true });
    expect(await (await reopen()).grants()).toEqual([]);
  });

  test("goes over with a link, once, and is then taken by either key", async () => {
    const { store } = await open();
    const [slack, feishu, liu] = [
      await store.personKey(WANG),
      await store.personKey(WANG_TOO),
      await store.personKey(LIU),
    ];
    const grant = (personKey: string, district: string | null): Grant => {
      return { personKey, role: "tracker", district, grantedBy: liu, at: MONDAY };
    };
    await store.commit({
      at: MONDAY,
      grants: [grant(slack, null), grant(feishu, null), grant(feishu, "LT")],
    });
    await store.commit({ at: MONDAY, links: [{ from: feishu, into: slack }] });
    expect(await store.grants()).toEqual([grant(slack, null), grant(slack, "LT")]);
    await store.commit({ at: MONDAY, grants: [grant(feishu, "QH")], revoked: [grant(feishu, null)] });
    expect(await store.grants()).toEqual([grant(slack, "LT"), grant(slack, "QH")]);
  });
});

describe.each(stores)("the audit on $name", ({ open }) => {
  test("tells who somebody is as known now, by the account they used there", async () => {
    const { store } = await open();
    const feishu = { ...channel("oc_1"), platform: "feishu", workspace: null } as const;
    await store.commit({ at: MONDAY, audit: [audit(WANG), { ...audit(WANG_TOO), where: feishu }] });
    const [slackKey, feishuKey] = [await store.personKey(WANG), await store.personKey(WANG_TOO)];
    await store.commit({ at: MONDAY, links: [{ from: feishuKey, into: slackKey }] });
    await store.commit({ at: MONDAY, audit: [{ ...audit(WANG), where: directTo(WANG) }, audit(null)] });
    expect(await store.audit(9)).toEqual([
      { ...audit(null), actorKey: null },
      { ...audit(WANG), where: directTo(WANG), actorKey: slackKey },
      { ...audit(WANG_TOO), where: feishu, actorKey: slackKey },
      { ...audit(WANG), actorKey: slackKey },
    ]);
  });

  test("goes with what it tells of, or not at all", async () => {
    const { store } = await open();
    await store.commit({ at: MONDAY, accept: "E1" });
    const again = await store.commit({ at: MONDAY, accept: "E1", audit: [audit(WANG)], dataset: DATASET });
    expect(again).toEqual({ done: false, because: "accepted_before" });
    expect(await store.audit(9)).toEqual([]);
    expect(await store.seenDataset()).toBeNull();
  });
});

test.each(stores)("the dataset that was seen last is known, on $name", async ({ open }) => {
  const { store, reopen } = await open();
  expect(await store.seenDataset()).toBeNull();
  await store.commit({ at: MONDAY, dataset: DATASET });
  expect(await store.seenDataset()).toEqual(DATASET);
  const revised = { ...DATASET, version: "2", items: { "LT-001": { target: ">20 EFLOPS", due: null } } };
  await store.commit({ at: after(1), dataset: revised, ledger: [entry("revised LT-001 2")] });
  expect(await (await reopen()).seenDataset()).toEqual(revised);
  await (await reopen()).commit({ at: after(2), dataset: { ...DATASET, id: "qiuhe-2026" } });
  expect((await (await reopen()).seenDataset())?.id).toBe("qiuhe-2026");
});
