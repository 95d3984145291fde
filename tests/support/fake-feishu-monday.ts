import { onTestFinished } from "vitest";
import { openSqlite } from "../../src/store/sqlite.ts";
import { lanting, MONDAY } from "./books.ts";
import { startFakeFeishu, type FakeFeishu } from "./fake-feishu.ts";
import { ADMIN, entrance } from "./fake-feishu-walk.ts";
import { walk } from "./running.ts";

/** How far the clock goes on whenever nothing more can be sent now: fine while all goes out, coarse while some wait. */
const stepAfter = (ms: number): number => (ms < 30_000 ? 20 : 500);
/** Over an hour of that clock: longer than anything waits that is not given up. */
const MOST_STEPS = 10_000;
const ENDED = ["sent", "failed", "unconfirmed", "dropped"] as const;

/** What happens while the digests go out; `step` counts from 0. */
export interface During {
  readonly before?: (feishu: FakeFeishu) => void;
  readonly at?: (step: number, feishu: FakeFeishu) => void | Promise<void>;
}

/**
 * Monday's digest to so many groups at once through the whole program, by the fake's own clock, which moves on here and
 * by which Feishu's rates are enforced; and what has become of it.
 */
export async function mondayTo(count: number, { before, at }: During = {}) {
  let now = new Date(MONDAY.getTime() - 3_600_000);
  const feishu = await startFakeFeishu({ now: () => now });
  const chats = Array.from({ length: count }, (_none, index) => `oc_chat${index}`);
  for (const chat of chats) feishu.addChat(chat);
  const store = await openSqlite({ file: ":memory:" });
  const { credentials, connect } = entrance(feishu, "long connection");
  const digestTo = chats.map((chat) => `feishu:${chat}`);
  const clock = (): Date => now;
  const qushi = await walk({
    dataset: lanting,
    feishu: credentials,
    admins: [ADMIN],
    digestTo,
    store,
    clock,
  });
  onTestFinished(async () => {
    await qushi.running.stop();
    await feishu.close();
  });
  await connect(qushi);
  feishu.limits(true);
  before?.(feishu);
  now = MONDAY;
  await qushi.running.tick(now);
  const waiting = () => store.outbox({ states: ["waiting", "sending"], limit: 10_000 });
  for (let step = 0; step < MOST_STEPS && (await waiting()).length > 0; step += 1) {
    await at?.(step, feishu);
    await qushi.running.pump();
    now = new Date(now.getTime() + stepAfter(now.getTime() - MONDAY.getTime()));
  }
  const settled = await store.outbox({ states: ENDED, limit: 10_000 });
  return { feishu, store, chats, settled, waiting: await waiting(), sent: feishu.posts() };
}
