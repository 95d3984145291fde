import { expect, test } from "vitest";
import { MONDAY } from "../support/books.ts";
import { LONG } from "../support/delivery-walk.ts";
import { seeded } from "../support/fake-platform-rules.ts";
import { MODES, slackWalk } from "../support/fake-slack-walk.ts";

const CHANNELS = Array.from({ length: LONG ? 200 : 20 }, (_none, at) => `C0MANY${at}`);
/** Share of posts that Slack takes in and whose answer is cut. */
const CUT = 0.05;
/** More calls than a digest to all of them can need. */
const CALLS = CHANNELS.length * 20;
const MINUTE = 60_000;

function sorted(keys: readonly string[]): readonly string[] {
  return keys.toSorted((a, b) => a.localeCompare(b));
}

test.each(LONG ? MODES : (["socket"] as const))(
  "a digest to many channels at Slack's own pace with 5 % of the replies cut (%s): nothing lost, nothing twice",
  { timeout: 300_000 },
  async (mode) => {
    const { slack, store, running, pass } = await slackWalk(mode, {
      scopes: ["channels:history", "groups:history"],
      digestTo: CHANNELS,
      from: new Date(MONDAY.getTime() - MINUTE),
    });
    slack.limits(true);
    const random = seeded(41);
    for (let call = 0; call < CALLS; call += 1)
      slack.failNext("chat.postMessage", random() < CUT ? { cutAfterAccept: true } : {});
    await pass(60);
    for (let step = 0; step < CHANNELS.length * 10; step += 1) {
      const waiting = await store.outbox({ states: ["waiting", "sending"], limit: 1 });
      if (waiting.length === 0) break;
      await pass(1);
    }
    const rows = await store.outbox({
      states: ["waiting", "sending", "sent", "unconfirmed", "failed", "dropped"],
      limit: CALLS,
    });
    expect(
      rows.filter(({ state }) => state !== "sent").map(({ state, delivery }) => [state, delivery.key]),
    ).toEqual([]);
    const posts = CHANNELS.flatMap((channel) => slack.posts(channel));
    const keys = posts.map(({ key }) => key ?? "none");
    // Nothing twice, nothing lost: one message stands for each row, and each channel has its digest.
    expect(sorted(keys)).toEqual(sorted(rows.map(({ delivery }) => delivery.key)));
    for (const channel of CHANNELS)
      expect(
        slack.posts(channel).filter(({ thread }) => thread === null),
        channel,
      ).toHaveLength(1);
    const calls = slack.calls.filter(({ method }) => method === "chat.postMessage");
    const refused = calls.length - posts.length;
    expect(refused / calls.length).toBeLessThanOrEqual(0.01);
    // The faults were met: whoever cannot look into the history could not know.
    const looks = slack.calls.filter(({ method }) => method.startsWith("conversations.")).length;
    expect(looks).toBeGreaterThan(0);
    expect(await running.tick(MONDAY)).toBe(0);
  },
);
