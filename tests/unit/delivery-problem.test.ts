import { describe, expect, test } from "vitest";
import type { Subscription } from "../../src/core/subscription.ts";
import { DeliveryError, type DeliveryScope } from "../../src/platform/platform.ts";
import { CHANNEL, delivery, MONDAY, scene, type Scene, type Step } from "../support/delivery-scripted.ts";

const OWNER = { platform: "slack", workspace: "T1", id: "U1" } as const;
const RULE: Subscription = {
  id: "S-1",
  kind: "digest",
  to: CHANNEL,
  owner: OWNER,
  filter: [],
  schedule: { kind: "cron", cron: "7 9 * * 1" },
  zone: "Asia/Shanghai",
  workday: "next",
  missed: "late",
  empty: "skip",
  before: [],
  events: [],
  lang: null,
  paused: null,
  muted: null,
  createdAt: MONDAY,
  nextAt: new Date(MONDAY.getTime() + 7 * 86_400_000),
};

async function digest(steps: Step[], rule: Subscription = RULE): Promise<Scene> {
  const made = await scene({ steps });
  await made.store.commit({
    at: MONDAY,
    subscriptions: [rule],
    deliveries: [delivery("digest", { to: rule.to, subscriptionId: rule.id })],
  });
  await made.worker.pump();
  return made;
}
const gone = (scope: DeliveryScope = "place"): DeliveryError =>
  new DeliveryError("target_gone", "is_archived", null, scope);

describe("a place that refuses", () => {
  test.each(["target_gone", "forbidden"] as const)(
    "pauses its rule and tells the owner (%s)",
    async (code) => {
      const { store, sent, states } = await digest([new DeliveryError(code, "is_archived")]);
      const rule = await store.subscription("S-1");
      expect(rule).toMatchObject({ paused: `${code}: is_archived`, nextAt: null });
      expect(sent.map(({ to, message }) => [to, message.summary])).toEqual([
        ["C1", "digest"],
        ["U1", `refused: ${code}: is_archived`],
      ]);
      expect(await states()).toEqual(["digest failed", expect.stringMatching(/^p:[0-9a-f]{40} sent$/)]);
      const [row] = await store.audit(10);
      expect(row).toMatchObject({ what: "delivery refused", where: CHANNEL, actor: null, outcome: "done" });
      expect(row?.detail).toBe(`digest · S-1 · paused · ${code}: is_archived`);
    },
  );

  test.each([
    ["held already", { paused: "left", nextAt: null }],
    ["gone over to another place", { to: { ...CHANNEL, to: { channel: "C2" } } }],
  ] as const)("says nothing and changes nothing where the rule is %s", async (_what, rest) => {
    const made = await scene({ steps: [gone()] });
    const rule = { ...RULE, ...rest };
    const old = delivery("digest", { to: CHANNEL, subscriptionId: rule.id });
    await made.store.commit({ at: MONDAY, subscriptions: [rule], deliveries: [old] });
    await made.worker.pump();
    expect(made.sent.map(({ to }) => to)).toEqual(["C1"]);
    expect(await made.store.subscription("S-1")).toMatchObject(rest);
  });

  test("does not pause it for a thread whose first message was deleted", async () => {
    const { store, sent } = await digest([gone("message")]);
    expect(await store.subscription("S-1")).toMatchObject({ paused: null });
    expect(sent.at(-1)?.message.summary).toBe("failed: target_gone: is_archived");
  });

  test("is not told of itself", async () => {
    const to = { ...CHANNEL, to: { person: "U1" } };
    const { store, sent } = await digest([gone()], { ...RULE, to });
    expect(await store.subscription("S-1")).toMatchObject({ paused: "target_gone: is_archived" });
    expect(sent).toHaveLength(1);
  });

  test("the owner's note failing too tells nobody else", async () => {
    const { sent, states } = await digest([gone(), gone()]);
    expect(sent).toHaveLength(2);
    expect(await states()).toEqual(["digest failed", expect.stringMatching(/^p:.* failed$/)]);
  });

  test("an edit that comes too late leaves the rule alone", async () => {
    const closed = new DeliveryError("target_gone", "edit_window_closed", null, "message");
    const { put, worker, row, store } = await digest([null, closed]);
    await put(delivery("edit", { act: { edit: "digest" }, subscriptionId: "S-1" }));
    await worker.pump();
    expect(await row("edit")).toMatchObject({ state: "failed", reason: "target_gone: edit_window_closed" });
    expect(await store.subscription("S-1")).toMatchObject({ paused: null });
  });

  test("pauses its rule in the settlement itself: nothing else is written", async () => {
    const made = await scene({
      steps: [gone()],
      through: (store) => ({ ...store, commit: () => Promise.reject(new Error("a second transaction")) }),
    });
    await made.store.commit({
      at: MONDAY,
      subscriptions: [RULE],
      deliveries: [delivery("digest", { subscriptionId: RULE.id })],
    });
    await made.worker.pump();
    expect(await made.store.subscription("S-1")).toMatchObject({ paused: "target_gone: is_archived" });
    expect(made.sent).toHaveLength(2);
  });
});

describe("an unconfirmed delivery", () => {
  test("is told to the owner, whose rule goes on", async () => {
    const { store, sent } = await digest([new DeliveryError("unknown_outcome", "timeout")]);
    expect(await store.subscription("S-1")).toMatchObject({ paused: null });
    expect(sent.map(({ to, message }) => [to, message.summary])).toEqual([
      ["C1", "digest"],
      ["U1", "unconfirmed: unknown_outcome: timeout"],
    ]);
  });
});

test("a delivery is settled even where its owner cannot be told", async () => {
  const made = await scene({
    steps: [gone()],
    onProblem: () => {
      throw new Error("no words");
    },
  });
  await made.put(delivery("one"));
  await made.worker.pump();
  expect(await made.states()).toEqual(["one failed"]);
  expect(made.logged.join()).toContain("cannot be told");
});

test("a rule that cannot be read holds up no delivery", async () => {
  const made = await scene({
    steps: [gone()],
    through: (store) => ({ ...store, subscription: () => Promise.reject(new TypeError("a bad row")) }),
  });
  await made.put(delivery("one", { subscriptionId: "S-1" }));
  await made.worker.pump();
  expect(await made.states()).toEqual(["one failed"]);
});
