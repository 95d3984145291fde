import { afterEach, describe, expect, test } from "vitest";
import type { Person } from "../../src/core/place.ts";
import type { Store } from "../../src/store/store.ts";
import { lanting, shenzhen } from "../support/books.ts";
import type { ChatAnswer } from "../support/chat-fake.ts";
import { feishuPerson, feishuWalk, MODES as FEISHU_MODES } from "../support/fake-feishu-walk.ts";
import { FAKE_CHAT } from "../support/fake-feishu.ts";
import { discussed, READS } from "../support/fake-slack-threads.ts";
import { slackWalk, MODES as SLACK_MODES } from "../support/fake-slack-walk.ts";

// People of another company in a place that is shared with them: Slack Connect, and Feishu's external groups.

/** Such a place, its outsider by both ways in, and an admin of ours. */
interface SharedPlace {
  readonly store: Store;
  readonly outsider: Person;
  readonly asks: (line: string) => Promise<ChatAnswer>;
  /** Somebody of ours asks, and the outsider clicks on what answers. */
  readonly clicks: (line: string, label: string) => Promise<string>;
  readonly admin: (line: string) => Promise<ChatAnswer>;
}

let stop: (() => Promise<void>) | null = null;
afterEach(async () => {
  await stop?.();
  stop = null;
});

async function slackConnect(mode: (typeof SLACK_MODES)[number]): Promise<SharedPlace> {
  const { slack, store } = await slackWalk(mode);
  const theirs = { user: "U0GUEST", team: "T0GUEST" };
  return {
    store,
    outsider: { platform: "slack", workspace: theirs.team, id: theirs.user },
    asks: (line) => slack.mention(line, theirs),
    clicks: async (line, label) => (await slack.click(await slack.mention(line), label, theirs)).text,
    admin: (line) => slack.mention(line),
  };
}

async function externalGroup(mode: (typeof FEISHU_MODES)[number]): Promise<SharedPlace> {
  const { feishu, store, stop: close } = await feishuWalk(mode, { dataset: shenzhen });
  stop = close;
  const theirs = { user: "ou_guest", tenant: "other0tenant" };
  return {
    store,
    outsider: feishuPerson(theirs.user),
    asks: (line) => feishu.mention(line, theirs),
    clicks: async (line, label) => (await feishu.click(await feishu.mention(line), label, theirs)).shown,
    admin: (line) => feishu.mention(line, { chat: FAKE_CHAT }),
  };
}

const PLACES = [
  ...SLACK_MODES.map((mode) => [`Slack Connect by ${mode}`, () => slackConnect(mode)] as const),
  ...FEISHU_MODES.map((mode) => [`a Feishu external group by ${mode}`, () => externalGroup(mode)] as const),
];

describe.each(PLACES)("%s", (_name, open) => {
  test("an outsider may ask, sets nothing, and is told who can change that, by which line", async () => {
    const { store, outsider, asks, admin } = await open();
    expect((await asks("show GM-001")).text).toContain("19 EFLOPS");
    // Bare, they show what is set here.
    expect((await asks("settings")).text).toContain("Quiet hours");
    expect((await asks("subscribe")).text).toContain("Rules here · 0");
    for (const line of [
      "digest set monday 9:07",
      "subscribe district:guangming events:reading",
      "settings lang:en",
      "discuss GM-001",
      "note GM-001 seen",
    ]) {
      const { text } = await asks(line);
      expect(text, line).toContain("another workspace or organisation");
      expect(text, line).toMatch(/Ask: (<@U0WANG>|@ou_fakeperson)/u);
    }
    expect(await store.subscriptions("all")).toEqual([]);
    expect(await store.ledger(0, 10)).toEqual([]);
    expect(await store.audit(1)).toMatchObject([{ what: "note", outcome: "refused", actor: outsider }]);
    expect((await asks("关于")).text).toContain("外部组织");
    const told = await asks("周报 设置 每周一 9:07");
    const grant = /管理 授权 \S+ 填报人/u.exec(told.text)?.[0];
    if (grant === undefined) throw new Error(`no line to send: ${told.text}`);
    await admin(grant);
    expect((await asks("周报 设置 每周一 9:07")).text).toContain("S-1");
    expect((await asks("note GM-001 seen")).text).not.toContain("[needs_role]");
    expect(await store.subscriptions("all")).toMatchObject([{ owner: outsider }]);
  });

  test("a button gives an outsider no more than the line", async () => {
    const { store, clicks } = await open();
    expect(await clicks("详情 GM-001", "讨论")).toContain("外部组织");
    expect(await store.discussions("all")).toEqual([]);
  });
});

test("what is of one district asks for a role in it, by a line that its admin may send", async () => {
  const { slack } = await slackWalk("socket");
  const theirs = { user: "U0GUEST", team: "T0GUEST" };
  await slack.mention("admin grant slack:T0QUSHI:U0LIU admin district:guangming");
  for (const [lang, line] of [
    ["en", /admin grant \S+ tracker district:\S+/u],
    ["zh", /管理 授权 \S+ 填报人 区:\S+/u],
  ] as const) {
    const { text } = await slack.mention(`note GM-001 seen lang:${lang}`, theirs);
    expect(text).toContain("U0LIU");
    const grant = line.exec(text)?.[0].replace(/`.*$/u, "");
    if (grant === undefined) throw new Error(`no line to send: ${text}`);
    expect((await slack.mention(grant, { user: "U0LIU" })).text).not.toContain("needs_role");
    expect((await slack.mention("note GM-001 seen", theirs)).text).not.toContain("needs_role");
    await slack.mention(grant.replace("grant", "revoke").replace("授权", "撤权"));
  }
});

test("a link that is offered as evidence stays offered until somebody of ours decides, or whom an admin has let", async () => {
  const walked = await slackWalk("socket", { dataset: lanting, scopes: READS });
  const { slack, pass } = walked;
  const thread = await discussed(walked, "LT-004");
  await thread.talk("https://news.lanting.example/dc", { user: "U0LIU" });
  await pass(2);
  const offered = () => thread.replies().find(({ key }) => key?.startsWith("l:") === true);
  const offer = offered();
  if (offer === undefined) throw new Error("no offer");
  const theirs = { user: "U0GUEST", team: "T0GUEST" };
  const refused = await slack.click(offer, "不用", theirs);
  expect(refused.shown).toBe("ephemeral");
  expect(refused.text).toContain("外部组织");
  expect(offered()?.text).toBe(offer.text);
  await slack.mention("管理 授权 slack:T0GUEST:U0GUEST 填报人");
  expect(await slack.click(offer, "不用", theirs)).toMatchObject({ shown: "replaced", id: offer.id });
});

test("an account that an admin has linked counts like the person it is", async () => {
  const { store, asks, admin } = await slackConnect("socket");
  await admin("admin link slack:T0GUEST:U0GUEST slack:T0QUSHI:U0LIU");
  expect((await asks("digest set monday 9:07")).text).toContain("S-1");
  expect(await store.subscriptions("all")).toHaveLength(1);
});
