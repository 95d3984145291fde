import { expect, test } from "vitest";
import { MONDAY } from "../support/books.ts";
import { mondayTo } from "../support/fake-feishu-monday.ts";
import type { FakePost } from "../support/fake-feishu-messages.ts";
import { FAKE_USER } from "../support/fake-feishu.ts";

const LONG = process.env["QUSHI_LONG"] === "1";
const CHATS = LONG ? 200 : 40;
/** "频控策略": what Feishu takes of an app in a second. */
const PER_SECOND = 50;
const FEW = 8;

const heads = (sent: readonly FakePost[]): readonly string[] =>
  sent.flatMap(({ thread, chat }) => (thread === null ? [chat] : [])).toSorted();

/** All of it arrived, each once, and the outbox knows. */
function expectWhole({ chats, settled, waiting, sent }: Awaited<ReturnType<typeof mondayTo>>): void {
  expect(waiting).toEqual([]);
  expect(settled.filter(({ state }) => state !== "sent")).toEqual([]);
  expect(sent).toHaveLength(settled.length);
  expect(new Set(sent.map(({ uuid }) => uuid)).size).toBe(sent.length);
  expect(heads(sent)).toEqual(chats.toSorted());
}

test("a digest to many chats at once arrives in each of them, within the pace that Feishu allows", async () => {
  const monday = await mondayTo(CHATS);
  expectWhole(monday);
  const { feishu, sent } = monday;
  expect(feishu.throttled()).toBe(0);
  const took = (sent.at(-1)?.at.getTime() ?? 0) - MONDAY.getTime();
  expect(took).toBeLessThanOrEqual(1.2 * (sent.length / PER_SECOND) * 1_000);
}, 120_000);

test("with one in twenty answers cut it loses none and doubles none", async () => {
  const monday = await mondayTo(CHATS, {
    before: (feishu) => feishu.failShare(["create", "reply"], 0.05, { cutAfterAccept: true }, 7),
  });
  expectWhole(monday);
  // Some were indeed sent a second time, and were the same message.
  const calls = monday.feishu.calls.filter(({ endpoint }) => endpoint === "create" || endpoint === "reply");
  expect(calls.length).toBeGreaterThan(monday.sent.length);
}, 120_000);

test("a storm of refusals delays it, and that is all", async () => {
  expectWhole(
    await mondayTo(FEW, {
      before: (feishu) =>
        feishu.failShare(["create", "reply"], 0.4, { code: 230020, msg: "frequency limit" }, 3),
    }),
  );
}, 60_000);

test("tokens that end on the way are renewed", async () => {
  expectWhole(
    await mondayTo(FEW, {
      at: (step, feishu) => {
        if (step < 20) feishu.expireTokens();
      },
    }),
  );
}, 60_000);

test("taken out of one group on the way, it pauses that group's digest, tells the owner and goes on", async () => {
  const { chats, sent, settled, store, feishu, waiting } = await mondayTo(FEW, {
    at: async (step, fake) => {
      if (step === 0) await fake.leave("oc_chat3");
    },
  });
  expect(waiting).toEqual([]);
  const paused = (await store.subscriptions("all")).filter((rule) => rule.paused !== null);
  expect(paused).toHaveLength(1);
  const gone = new Set(paused.map(({ to }) => ("channel" in to.to ? to.to.channel : "")));
  expect(heads(sent).filter((chat) => chat.startsWith("oc_chat"))).toEqual(
    chats.filter((chat) => !gone.has(chat)).toSorted(),
  );
  expect(settled.filter(({ state }) => state === "unconfirmed")).toEqual([]);
  const told = feishu.posts(feishu.chatWith(FAKE_USER)).map(({ text }) => text);
  expect(told[0]).toContain(paused[0]?.id);
  expect(told).toHaveLength(1);
}, 60_000);
