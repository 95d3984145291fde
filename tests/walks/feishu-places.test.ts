import { afterEach, describe, expect, test } from "vitest";
import type { Person } from "../../src/core/place.ts";
import { MONDAY, shenzhen } from "../support/books.ts";
import { FAKE_APP_ID, FAKE_BOT } from "../support/fake-feishu-http.ts";
import { buttonsIn } from "../support/fake-feishu-cards.ts";
import { clickEvent } from "../support/fake-feishu-events.ts";
import {
  ADMIN,
  feishuPerson,
  feishuWalk,
  MODES,
  type FeishuWalk,
  type Mode,
} from "../support/fake-feishu-walk.ts";
import { FAKE_CHAT, FAKE_USER } from "../support/fake-feishu.ts";

const NEW = "oc_newgroup";
const WANG = feishuPerson("ou_wang");
let here: FeishuWalk | null = null;
afterEach(async () => {
  await here?.stop();
  here = null;
});

async function start(mode: Mode, admins: readonly Person[] = [ADMIN]): Promise<FeishuWalk> {
  here = await feishuWalk(mode, { dataset: shenzhen, admins });
  return here;
}

/** A click on a card with this value, wherever the card stands. */
function clickOn(chat: string, messageId: string, value: unknown, user = FAKE_USER): object {
  const action = { tag: "button", timezone: "Asia/Shanghai", value };
  return clickEvent({ id: "by-hand", messageId, chat, user, action, at: MONDAY, appId: FAKE_APP_ID });
}

describe.each(MODES)("places over %s", (mode) => {
  test("it greets a group that takes it in once, and each of the three buttons does what it says", async () => {
    const { feishu, store, pass } = await start(mode);
    await feishu.join(NEW, WANG.id);
    await feishu.redeliver();
    await pass(2);
    await feishu.join(NEW, WANG.id);
    await pass(2);
    const [greeting, ...more] = feishu.posts(NEW);
    expect(more).toEqual([]);
    if (greeting === undefined) throw new Error("no greeting");
    expect(greeting.text).toContain("11 个区");
    const labels = buttonsIn(greeting.payload);
    expect(labels).toHaveLength(3);
    const [ask = "", digest = "", help = ""] = labels;
    expect((await feishu.click(greeting, ask)).shown).toContain("GM-001");
    expect((await feishu.click(greeting, digest, { user: WANG.id })).shown).toContain("S-1");
    expect((await feishu.click(greeting, help)).shown).toContain("看板");
    expect(await store.subscriptions("all")).toMatchObject([
      { id: "S-1", kind: "digest", to: { to: { channel: NEW } }, owner: WANG },
    ]);
  });

  test("a person's direct messages are greeted at their first opening only", async () => {
    const { feishu, pass } = await start(mode);
    for (let time = 0; time < 3; time += 1) {
      await feishu.enter(WANG.id);
      await pass(60);
    }
    const [greeting, ...more] = feishu.posts(feishu.chatWith(WANG.id));
    expect(more).toEqual([]);
    expect(greeting?.text).toContain("每条都有出处");
  });

  test("taken out, its rules rest and their owner is told; taken in again it says how they go on", async () => {
    const { feishu, store, pass } = await start(mode);
    await feishu.join(NEW, WANG.id);
    await feishu.mention("周报 设置 每周一 9:07", { chat: NEW, user: WANG.id });
    await feishu.leave(NEW, ADMIN.id);
    await pass(2);
    expect((await store.subscriptions("all"))[0]).toMatchObject({ id: "S-1", paused: "left", nextAt: null });
    const notes = feishu.posts(feishu.chatWith(WANG.id)).filter(({ text }) => text.includes("S-1"));
    expect(notes).toHaveLength(1);
    // A week later nothing is tried there.
    const before = feishu.calls.length;
    await pass(7 * 86_400);
    expect(feishu.calls.slice(before).filter(({ endpoint }) => endpoint === "create")).toEqual([]);
    await feishu.join(NEW, WANG.id);
    await pass(2);
    const back = feishu.posts(NEW).at(-1);
    expect(back?.text).toContain("周报 恢复");
    await feishu.mention("周报 恢复", { chat: NEW, user: WANG.id });
    expect((await store.subscriptions("all"))[0]).toMatchObject({ paused: null });
  });

  test("a group that is disbanded ends what is sent there; one that is renamed keeps it", async () => {
    const { feishu, store, pass } = await start(mode);
    await feishu.mention("周报 设置 每周一 9:07", { user: WANG.id });
    expect((await feishu.rename(FAKE_CHAT, "另一个名字")).code).toBe(200);
    expect((await store.subscriptions("all"))[0]).toMatchObject({ paused: null });
    await feishu.disband(FAKE_CHAT);
    await pass(2);
    expect((await store.subscriptions("all"))[0]).toMatchObject({ paused: "gone", nextAt: null });
    expect(feishu.posts(feishu.chatWith(WANG.id)).at(-1)?.text).toContain("S-1");
  });

  test("the menu asks in the person's direct messages, and once however often it is delivered", async () => {
    const { feishu } = await start(mode);
    for (const [key, says] of [
      ["board", /看板|Board/],
      ["due", /到期|Due/],
      ["digest_show", /digest set|周报/],
      ["help", /帮助|help/i],
    ] as const) {
      const chat = feishu.chatWith(WANG.id);
      const answer = feishu.next((post) => post.chat === chat);
      expect((await feishu.menu(key, { user: WANG.id })).code).toBe(200);
      expect((await answer).text, key).toMatch(says);
    }
    const count = feishu.posts(feishu.chatWith(WANG.id)).length;
    await feishu.redeliver();
    await feishu.direct("gm1", { user: WANG.id });
    expect(feishu.posts(feishu.chatWith(WANG.id))).toHaveLength(count + 1);
  });

  test("an answer carries a button that says it in the other language, in its place", async () => {
    const { feishu } = await start(mode);
    const answer = await feishu.mention("清单 区:光明");
    expect(buttonsIn(answer.payload)).toContain("EN");
    const turned = await feishu.click(answer, "EN");
    expect(turned.shown).toContain("Guangming");
    expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
    const [standing] = feishu.posts(FAKE_CHAT);
    if (standing === undefined) throw new Error("nothing stands there");
    expect((await feishu.click(standing, "中文")).shown).toContain("光明");
    // Not on what changes something, nor on a slip.
    expect(buttonsIn((await feishu.mention("周报 设置 每周一 9:07")).payload)).not.toContain("EN");
    expect(buttonsIn((await feishu.mention("show GM-099")).payload)).not.toContain("中文");
  });

  test("a file comes to the asker's direct messages; without the permission the answer names it", async () => {
    const { feishu } = await start(mode);
    const file = feishu.next(({ kind }) => kind === "file");
    const answer = await feishu.mention("导出 区:光明", { user: WANG.id });
    expect(answer.text).toContain("私聊");
    expect((await file).chat).toBe(feishu.chatWith(WANG.id));
    expect(feishu.files).toMatchObject([{ chat: feishu.chatWith(WANG.id) }]);
    expect(feishu.files[0]?.name).toMatch(/^shenzhen-2026-.*\.json$/);
    expect(JSON.parse(feishu.files[0]?.bytes ?? "")).toMatchObject({ dataset: "shenzhen-2026" });
    feishu.scopes.delete("im:resource");
    expect((await feishu.mention("导出 区:光明", { user: WANG.id })).text).toContain("im:resource");
    expect(feishu.files).toHaveLength(1);
  });

  test("a rule that is set by a click in direct messages is that person's own, even before they wrote anything", async () => {
    const { feishu, store } = await start(mode);
    const chat = feishu.chatWith(WANG.id);
    const value = { v: 1, run: "订阅 区:光明 提前:30天" };
    await feishu.push(clickOn(chat, "om_fromearlier", value, WANG.id));
    await expect.poll(() => store.subscriptions("all"), { timeout: 5_000 }).toHaveLength(1);
    expect((await store.subscriptions("all"))[0]).toMatchObject({
      to: { to: { person: WANG.id } },
      owner: WANG,
    });
  });

  test.each<[string, unknown]>([
    ["of another version", { v: 0, run: "gm1" }],
    ["of no card of ours", { action: "approve" }],
    ["as a text", "gm1"],
    ["of a form that is no verb's", { v: 1, form: 7, values: {} }],
  ])("a click %s is answered with what to do, and runs nothing", async (_what, value) => {
    const { feishu } = await start(mode);
    const ack = await feishu.push(clickOn(FAKE_CHAT, "om_old", value));
    expect(ack).toMatchObject({ code: 200, data: { toast: { type: "warning" } } });
    expect(JSON.stringify(ack.data)).toContain("帮助");
    expect(feishu.posts()).toEqual([]);
  });

  test("somebody who is named in a line is that person, the bot's own name is not", async () => {
    const { feishu } = await start(mode);
    await feishu.mention(`admin grant @${WANG.id} tracker`);
    expect((await feishu.mention("about", { user: WANG.id })).text).toMatch(/tracker|填报/u);
    expect((await feishu.mention("帮助", { as: "post" })).text).toContain("看板");
    expect((await feishu.mention(`gm1 @${FAKE_BOT}`)).text).toContain("GM-001");
  });

  test("a verb from the panel of / commands is answered in the language that is set, one that is typed in its own", async () => {
    const { feishu } = await start(mode);
    expect((await feishu.direct("/board")).text).toContain("看板");
    expect((await feishu.mention("/show GM-001")).text).toContain("光明区");
    expect((await feishu.direct("/due year-end")).text).toContain("Due");
    expect((await feishu.direct("board")).text).toContain("Board");
    await feishu.direct("settings lang:en");
    expect((await feishu.direct("/board")).text).toContain("Board");
  });

  test("what cannot be read is answered in direct messages and passed over in groups", async () => {
    const { feishu } = await start(mode);
    const said = (await feishu.direct("", { as: "image" })).text;
    expect(said).toContain("我只读文字");
    expect(said).not.toContain("I read");
    await feishu.direct("settings lang:en");
    expect((await feishu.direct("", { as: "image" })).text).toContain("I read text only");
    await feishu.say("", "mention", { as: "image" });
    const topic = await feishu.mention("gm1");
    expect(await feishu.inThread("没有点名的话", { root: topic.id })).toBeNull();
    feishu.scopes.add("im:message.group_msg");
    expect(await feishu.inThread("没有点名的话", { root: topic.id })).toMatchObject({ code: 200 });
    expect(feishu.posts(FAKE_CHAT)).toHaveLength(1);
  });
});
