import { describe, expect, test } from "vitest";
import { lanting, shenzhen } from "../support/books.ts";
import { CHANNEL, USER } from "../support/fake-slack-people.ts";
import type { FakeSlack } from "../support/fake-slack.ts";
import { MODES, slackWalk, type SlackWalk } from "../support/fake-slack-walk.ts";

const NEW = "C0NEW";
const DIRECT = `D${USER.slice(1)}`;

function texts(slack: FakeSlack, channel: string): readonly string[] {
  return slack.posts(channel).map(({ text }) => text);
}

async function pausedRules({ store }: SlackWalk): Promise<readonly (string | null)[]> {
  return (await store.subscriptions("all")).map(({ paused }) => paused);
}

describe.each(MODES)("by %s", (mode) => {
  test("taken into a channel it greets once, with three buttons that work", async () => {
    const { slack, store, pass } = await slackWalk(mode);
    await slack.join(NEW);
    await slack.redeliver();
    await pass(2);
    const [greeting, ...more] = slack.posts(NEW);
    if (greeting === undefined) throw new Error("no greeting");
    expect(more).toEqual([]);
    expect(greeting.text).toContain(`${shenzhen.commitments.length} 项`);

    expect((await slack.click(greeting, "问一问")).text).toMatch(/[A-Z]{2}-\d{3}/u);
    expect((await slack.click(greeting, "帮助")).text).toContain("看板");
    const set = await slack.click(greeting, "在这里发周报");
    expect(set.text).toContain("S-1");
    expect(await store.subscriptions("all")).toMatchObject([
      { to: { to: { channel: NEW } }, owner: { id: USER } },
    ]);

    await slack.leave(NEW);
    await slack.join(NEW);
    await pass(2);
    expect(texts(slack, NEW).filter((text) => text === greeting.text)).toHaveLength(1);
  });

  test("a button that is clicked twice in a row does what it says once", async () => {
    const { slack, store, pass } = await slackWalk(mode);
    await slack.join(NEW);
    await pass(2);
    const [greeting] = slack.posts(NEW);
    if (greeting === undefined) throw new Error("no greeting");
    const clicks = [slack.click(greeting, "在这里发周报"), slack.click(greeting, "在这里发周报")];
    expect((await Promise.race(clicks)).text).toContain("S-1");
    await slack.settled();
    await pass(2);
    expect(await store.subscriptions("all")).toHaveLength(1);
    expect(texts(slack, NEW).filter((text) => text.includes("S-"))).toHaveLength(1);
  });

  test("taken out, its rules rest and their owner hears it by direct message; taken in again it says how they go on", async () => {
    const walked = await slackWalk(mode);
    const { slack, pass } = walked;
    await slack.mention("周报 设置 每周一 9:07");
    await slack.leave(CHANNEL);
    await pass(2);
    expect(await pausedRules(walked)).toEqual(["left"]);
    expect(texts(slack, DIRECT).join("\n")).toContain("S-1");
    // Nothing is tried there meanwhile.
    await pass(8 * 24 * 3_600);
    const tried = slack.calls.filter(
      ({ method, params }) => method === "chat.postMessage" && params["channel"] === CHANNEL,
    );
    await slack.join(CHANNEL);
    await pass(2);
    const back = slack.posts(CHANNEL).at(-1);
    expect(back?.text).toContain("S-1");
    expect(
      slack.calls.filter(
        ({ method, params }) => method === "chat.postMessage" && params["channel"] === CHANNEL,
      ),
    ).toHaveLength(tried.length + 1);
    await slack.mention("周报 恢复");
    expect(await pausedRules(walked)).toEqual([null]);
  });

  test.each([
    ["public", "C0OPEN", "digest set monday 9:07", /Saved: S-1.*not in this channel.*\/invite @Qushi/su],
    ["private", "G0SHUT", "周报 设置 每周一 9:07", /已设：S-1.*不在这个频道里.*\/invite @Qushi/su],
  ])(
    "a digest set in a %s channel that it is not in says so at once; let in, it says how the rule goes on",
    async (_kind, channel, line, says) => {
      const walked = await slackWalk(mode);
      const { slack, store, pass } = walked;
      slack.addChannel({ id: channel, member: false, archived: false });
      const answer = await slack.slash(line, { channel });
      expect(answer.text).toMatch(says);
      expect(answer).toMatchObject({ through: "acknowledgement", shown: "ephemeral" });
      await pass(2);
      expect(slack.posts(channel)).toEqual([]);
      // Held, not lost.
      expect(await store.subscriptions("all")).toMatchObject([{ id: "S-1", to: { to: { channel } } }]);

      await slack.join(channel);
      await pass(2);
      const greeting = slack.posts(channel).at(-1)?.text ?? "";
      const resume = /digest resume|周报 恢复/u.exec(greeting)?.[0];
      expect(greeting).toContain("S-1");
      const again = await slack.slash(resume ?? "", { channel });
      expect(again.text).not.toContain("/invite");
      expect(await pausedRules(walked)).toEqual([null]);
      const before = slack.posts(channel).length;
      await pass(7 * 24 * 3_600);
      expect(slack.posts(channel).length).toBeGreaterThan(before);
    },
  );

  test.each([
    ["it is in", { id: CHANNEL, member: true }, [], null],
    ["may post to unasked", { id: "C0OPEN", member: false }, ["chat:write.public"], null],
    ["Slack does not tell about", { id: "C0OPEN", member: false }, [], { error: "ratelimited" }],
  ])("a channel that %s gets no word about inviting it", async (_which, channel, scopes, fault) => {
    const { slack, store } = await slackWalk(mode, { scopes });
    slack.addChannel({ ...channel, archived: false });
    if (fault !== null) slack.failNext("conversations.info", fault);
    const answer = await slack.slash("周报 设置 每周一 9:07", { channel: channel.id });
    expect(answer.text).toContain("已设：S-1");
    expect(answer.text).not.toContain("/invite");
    expect(await store.subscriptions("all")).toHaveLength(1);
  });

  test.each(["archive", "erase"] as const)(
    "a channel after %s: its rules rest, the owner is told once",
    async (what) => {
      const walked = await slackWalk(mode);
      const { slack, pass } = walked;
      await slack.mention("周报 设置 每周一 9:07");
      await slack[what](CHANNEL);
      await slack.redeliver();
      await pass(2);
      expect(await pausedRules(walked)).toEqual(["gone"]);
      expect(texts(slack, DIRECT).filter((text) => text.includes("S-1"))).toHaveLength(1);
      if (what === "erase") return;
      await slack.unarchive(CHANNEL);
      expect(await pausedRules(walked)).toEqual(["gone"]);
    },
  );

  test("a channel with another id or another name keeps its rules, and its digest arrives there", async () => {
    const walked = await slackWalk(mode);
    const { slack, store, pass } = walked;
    await slack.mention("周报 设置 每周一 9:07 无变化:说明");
    await slack.rename(CHANNEL);
    await slack.move(CHANNEL, "C0MOVED");
    expect(await store.subscriptions("all")).toMatchObject([
      { paused: null, to: { to: { channel: "C0MOVED" } } },
    ]);
    const before = slack.posts("C0MOVED").length;
    await pass(7 * 24 * 3_600);
    await pass(2);
    expect(slack.posts("C0MOVED").length).toBeGreaterThan(before);
  });

  test("an app that is uninstalled tries to send nothing more, and says so in its health", async () => {
    const { slack, running, pass } = await slackWalk(mode);
    await slack.mention("周报 设置 每周一 9:07");
    await slack.uninstall();
    const posts = (): number => slack.calls.filter(({ method }) => method === "chat.postMessage").length;
    const before = posts();
    for (let week = 0; week < 2; week += 1) await pass(7 * 24 * 3_600);
    expect(posts()).toBe(before);
    const address = running.address();
    if (address === null) return;
    const health = await fetch(`${address}/health`);
    expect(health.status).toBe(503);
    expect(await health.text()).toContain("app_uninstalled");
  });

  test("a file comes by direct message, and the answer in the channel says so", async () => {
    const { slack } = await slackWalk(mode, { dataset: lanting, scopes: ["files:write", "im:write"] });
    const arrived = slack.nextPost(DIRECT);
    const told = await slack.mention("导出 格式:csv");
    expect(told.text).toMatch(/私聊/u);
    await arrived;
    expect(slack.uploads).toMatchObject([{ channel: DIRECT }]);
    expect(slack.uploads[0]?.filename).toMatch(/\.csv$/u);
    expect(slack.uploads[0]?.bytes).toContain("LT-004");
  });

  test("without the scope for files, what can be said is said and the scope named", async () => {
    const { slack } = await slackWalk(mode, { dataset: lanting });
    const told = await slack.mention("导出 格式:csv");
    expect(told.text).toContain("files:write");
    expect(slack.uploads).toEqual([]);
    expect(slack.calls.filter(({ method }) => method.startsWith("files."))).toEqual([]);
  });
});
