import { describe, expect, onTestFinished, test } from "vitest";
import { openStore } from "../support/store-open.ts";
import { asFirstReleased, raw } from "../support/store-raw.ts";
import { MONDAY, OWNER, channel, delivery, entry, subscription } from "../support/store-samples.ts";
import { stores } from "../support/stores.ts";
import { toJson } from "../../src/store/json.ts";
import { directTo, formatAddress, formatPerson, type Address, type Person } from "../../src/core/place.ts";

const LI: Person = { platform: "feishu", workspace: null, id: "ou_li" };
const AT = MONDAY.getTime();

function literal(value: string | number | null): string {
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function insert(table: string, row: Readonly<Record<string, string | number | null>>): string {
  return `insert into ${table} (${Object.keys(row).join(", ")}) values (${Object.values(row).map(literal).join(", ")})`;
}

function audited(seq: number, actor: Person | null, where: Address | null, detail: string): string {
  return insert("audit", {
    seq,
    at: AT,
    actor: actor === null ? null : toJson(actor),
    address: where === null ? null : toJson(where),
    what: "digest set",
    outcome: "done",
    detail,
  });
}

const { id, createdAt: _created, nextAt: _next, ...rule } = subscription("S-1");
const e1 = entry("e1");
/** What a store of the first release held: rules, entries, receipts and an audit that named accounts. */
const HELD: readonly string[] = [
  "update counters set value = 7 where name = 'subscription'",
  "update counters set value = 1 where name = 'ledger'",
  insert("subscriptions", {
    seq: 1,
    id,
    place: formatAddress(rule.to),
    owner: formatPerson(rule.owner),
    created_at: AT,
    next_at: AT,
    revision: 3,
    rule: toJson(rule),
  }),
  insert("ledger", {
    seq: 1,
    id: e1.id,
    commitment_id: e1.commitmentId,
    type: e1.type,
    actor_key: e1.actorKey,
    at: AT,
    effective_on: e1.effectiveOn,
    data: toJson(e1.data),
    address: toJson(e1.from.address),
    message: e1.from.message,
  }),
  insert("inbox", { id: "E1", at: AT }),
  audited(1, OWNER, channel("C1"), "S-1"),
  audited(2, null, null, "S-2"),
  audited(3, LI, directTo(LI), "it's S-3"),
  // The same person with the fields in another order, as another release might have written them.
  audited(4, { id: OWNER.id, workspace: OWNER.workspace, platform: OWNER.platform }, directTo(LI), "S-4"),
];

describe.each(stores)("a store of the first release on $name", ({ empty }) => {
  test("is brought up with all that it held, and its audit names keys", async () => {
    const options = await empty();
    await asFirstReleased(options, HELD);
    const store = await openStore(options);
    onTestFinished(() => store.close());
    expect(await store.subscription("S-1")).toEqual(subscription("S-1", { revision: 3 }));
    expect(await store.newSubscriptionId()).toBe("S-8");
    expect(await store.ledger(0, 9)).toEqual([{ ...e1, seq: 1 }]);
    expect(await store.commit({ at: MONDAY, accept: "E1" })).toMatchObject({ done: false });
    const [owner, li] = [await store.personKey(OWNER), await store.personKey(LI)];
    const row = { at: MONDAY, what: "digest set", outcome: "done" };
    expect(await store.audit(9)).toEqual([
      { ...row, actor: OWNER, actorKey: owner, where: directTo(LI), detail: "S-4" },
      { ...row, actor: LI, actorKey: li, where: directTo(LI), detail: "it's S-3" },
      { ...row, actor: null, actorKey: null, where: null, detail: "S-2" },
      { ...row, actor: OWNER, actorKey: owner, where: channel("C1"), detail: "S-1" },
    ]);
    const other = await store.personKey({ ...LI, id: "ou_new" });
    expect([owner, li]).not.toContain(other);
  });

  test("keeps accounts in one place from then on, and goes on as a new one does", async () => {
    const options = await empty();
    await asFirstReleased(options, HELD);
    const store = await openStore(options);
    const change = { accept: "E2", ledger: [entry("e2")], deliveries: [delivery("a")] };
    await store.commit({ at: MONDAY, ...change, forget: [await store.personKey(LI)] });
    expect((await store.ledger(0, 9)).map(({ seq }) => seq)).toEqual([1, 2]);
    await store.close();
    await raw(options, async (say) => {
      expect(JSON.stringify(await say("select * from audit"))).not.toMatch(/ou_li|U1/);
      expect(await say("select number from migrations order by number")).toEqual([
        { number: 1 },
        { number: 2 },
        { number: 3 },
      ]);
    });
    await (await openStore(options)).close();
  });

  test("is left as it was where it cannot be brought up", async () => {
    const options = await empty();
    await asFirstReleased(options, [
      ...HELD,
      audited(5, null, null, "S-5"),
      "update audit set actor = '{' where seq = 5",
    ]);
    await expect(openStore(options)).rejects.toMatchObject({ name: "StoreError", code: "unusable" });
    await raw(options, async (say) => {
      expect(await say("select number from migrations")).toEqual([{ number: 1 }]);
      expect(await say("select actor from audit")).toHaveLength(5);
    });
  });
});
