import { Client, EventDispatcher, LoggerLevel, WSClient } from "@larksuiteoapi/node-sdk";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { cardRefusal } from "../support/fake-feishu-cards.ts";
import { FAKE_CHAT, startFakeFeishu, type FakeFeishu } from "../support/fake-feishu.ts";

/** The fake as the official SDK meets it, with nothing of Qushi between them: what the walks rest on. */
const HOUR = 3_600_000;
const quiet = (): void => undefined;
const SILENT = { error: quiet, warn: quiet, info: quiet, debug: quiet, trace: quiet };
const sdk = { logger: SILENT, loggerLevel: LoggerLevel.error };
/** The fake's clock jumps, which the SDK's own cache of tokens would not notice. */
const FORGETS = { get: () => Promise.resolve(undefined), set: () => Promise.resolve(true) };
const CARD = {
  schema: "2.0",
  body: { elements: [{ tag: "div", text: { tag: "plain_text", content: "算力" } }] },
};

let now = new Date("2026-03-02T01:07:00Z");
let feishu: FakeFeishu;
let client: Client;

beforeEach(async () => {
  now = new Date("2026-03-02T01:07:00Z");
  feishu = await startFakeFeishu({ now: () => now });
  const { appId, appSecret, url: domain } = feishu;
  client = new Client({ appId, appSecret, domain, cache: FORGETS, ...sdk });
});
afterEach(() => feishu.close());

const refusal = z.object({
  response: z.object({
    status: z.number(),
    data: z.object({ code: z.number() }),
    headers: z.looseObject({ "x-ogw-ratelimit-reset": z.string().optional() }),
  }),
});
/** The code that a call is refused with, and its HTTP status; null where it is answered. */
async function refused(call: Promise<unknown>): Promise<readonly [status: number, code: number] | null> {
  try {
    await call;
    return null;
  } catch (error) {
    const { status, data } = refusal.parse(error).response;
    return [status, data.code];
  }
}

const create = (uuid?: string, card: object = CARD, chat = FAKE_CHAT) =>
  client.im.v1.message.create({
    params: { receive_id_type: "chat_id" },
    data: {
      receive_id: chat,
      msg_type: "interactive",
      content: JSON.stringify(card),
      ...(uuid === undefined ? {} : { uuid }),
    },
  });

describe("what the SDK's client sends", () => {
  test("is taken once for a uuid, for an hour", async () => {
    await create("digest-1");
    await create("digest-1");
    expect(feishu.posts()).toHaveLength(1);
    now = new Date(now.getTime() + HOUR);
    await create("digest-1");
    expect(feishu.posts()).toHaveLength(2);
  });

  test("can be edited for fourteen days", async () => {
    const { data } = await create();
    const path = { message_id: data?.message_id ?? "" };
    const edit = () => client.im.v1.message.patch({ path, data: { content: JSON.stringify(CARD) } });
    now = new Date(now.getTime() + 14 * 24 * HOUR);
    expect(await refused(edit())).toBeNull();
    now = new Date(now.getTime() + 1);
    expect(await refused(edit())).toEqual([400, 230031]);
  });

  test("is throttled beyond five a second in a chat and fifty in all, each with its own answer", async () => {
    feishu.limits(true);
    const here = await Promise.all(Array.from({ length: 7 }, () => refused(create())));
    expect(here.filter((each) => each !== null)).toEqual([
      [400, 230020],
      [400, 230020],
    ]);
    now = new Date(now.getTime() + 1_000);
    const chats = Array.from({ length: 52 }, (_none, at) => `oc_many${at}`);
    for (const chat of chats) feishu.addChat(chat);
    const all = await Promise.all(chats.map((chat) => refused(create(undefined, CARD, chat))));
    expect(all.filter((each) => each !== null)).toEqual([
      [429, 99991400],
      [429, 99991400],
    ]);
    expect(feishu.throttled()).toBe(4);
  });

  test("needs a chat that the bot is in, and a scope", async () => {
    expect(await refused(create(undefined, CARD, "oc_elsewhere"))).toEqual([400, 230002]);
    feishu.scopes.delete("im:message:send_as_bot");
    expect(await refused(create())).toEqual([400, 99991672]);
  });

  test("is no file where its part has no file name, which is how the SDK sends a Buffer", async () => {
    const file = Buffer.from("区,承诺");
    const upload = client.im.v1.file.create({ data: { file_type: "stream", file_name: "a.csv", file } });
    expect(await refused(upload)).toEqual([400, 234001]);
  });

  test("slash commands are listed, made once and taken away", async () => {
    const url = "/open-apis/application/v7/app_slash_commands";
    const data = { command: "board", description: { default_value: "看板", i18n: { en_us: "board" } } };
    await client.request({ method: "POST", url, data });
    expect(await refused(client.request({ method: "POST", url, data }))).toEqual([400, 40000000]);
    const [made] = feishu.slashCommands;
    expect(made).toMatchObject(data);
    await client.request({ method: "DELETE", url: `${url}/${made?.command_id ?? ""}` });
    expect(feishu.slashCommands).toEqual([]);
  });
});

/** A client of the long connection that answers every event with its own number. */
async function connect(seen: number[], number: number): Promise<WSClient> {
  const { appId, appSecret, url: domain } = feishu;
  const ws = new WSClient({ appId, appSecret, domain, autoReconnect: true, ...sdk });
  const eventDispatcher = new EventDispatcher(sdk).register({
    "im.message.receive_v1": () => {
      seen.push(number);
      if (number < 0) throw new Error("not stored");
    },
  });
  const before = feishu.connections();
  await ws.start({ eventDispatcher });
  await expect.poll(() => feishu.connections(), { timeout: 5_000 }).toBe(before + 1);
  return ws;
}

describe("what the SDK's long connection gets", () => {
  test("each event reaches one of several connections", async () => {
    const seen: number[] = [];
    const clients = [await connect(seen, 1), await connect(seen, 2)];
    for (let count = 0; count < 4; count += 1) await feishu.say("gm1", "direct", { fragments: 2 });
    expect(seen.toSorted((a, b) => a - b)).toEqual([1, 1, 2, 2]);
    for (const each of clients) each.close({ force: true });
  });

  test("an event whose handler fails is not acknowledged, and comes again", async () => {
    const seen: number[] = [];
    const ws = await connect(seen, -1);
    expect((await feishu.say("gm1", "direct")).ack.code).toBe(500);
    expect(await feishu.retry()).toMatchObject([{ code: 500 }]);
    expect(seen).toHaveLength(2);
    ws.close({ force: true });
  });
});

const root = (...elements: object[]): string => JSON.stringify({ schema: "2.0", body: { elements } });
const text = (content: string): object => ({ tag: "plain_text", content });
const submit = { tag: "button", name: "go", text: text("记下"), form_action_type: "submit" };
const input = { tag: "input", name: "value" };
const form = (...elements: object[]): object => ({ tag: "form", name: "form", elements });
const table = { tag: "table", columns: [{ name: "c1" }], rows: [{ c1: "1" }] };

const named = (id: string): string =>
  `<person id = '${id}' show_name = true show_avatar = false style = 'normal'></person>`;

test.each<[string, string, number | null]>([
  ["a plain card", root({ tag: "div", text: text("算力") }), null],
  ["a form with its button", root(form(input, submit)), null],
  ["an unknown property", root({ tag: "div", text: text("算力"), colour: "red" }), 200621],
  ["an unknown tag", root({ tag: "note", elements: [] }), 200621],
  [
    "a button of another version's form",
    root(form(input, { ...submit, action_type: "form_submit" })),
    200621,
  ],
  ["a form without a button", root(form(input)), 200531],
  ["an input without a name", root(form({ tag: "input" }, submit)), 200530],
  ["a name that is there twice", root(form(input, input, submit)), 200621],
  ["an input of 2,000 characters", root(form({ ...input, max_length: 2_000 }, submit)), 200621],
  ["a form in a panel", root({ tag: "collapsible_panel", elements: [form(input, submit)] }), 200621],
  ["a table in a form", root(form(table, submit)), 200621],
  ["four tables", root(table, table, table, table), 200914],
  ["a row of no column", root({ ...table, rows: [{ c2: "1" }] }), 200915],
  ["a chart without data", root({ tag: "chart", chart_spec: { type: "bar" } }), 200550],
  ["a button of 101 characters", root({ tag: "button", text: text("字".repeat(101)) }), 200621],
  ["201 components", root(...Array.from({ length: 201 }, () => ({ tag: "hr" }))), 11310],
  ["a person's name", root({ tag: "markdown", content: named("ou_1a2b") }), null],
  ["the name of nobody", root({ tag: "markdown", content: named("all") }), 100290],
  ["a name in other words", root({ tag: "markdown", content: "<person id='ou_1a2b'></person>" }), 100290],
  ["a mention of everyone", root({ tag: "markdown", content: "<at id=all></at>" }), 100290],
  ["an old card", JSON.stringify({ config: {}, elements: [] }), 200621],
])("%s: ErrCode %s", (_what, card, errCode) => {
  const fault = cardRefusal(card);
  if (errCode === null) expect(fault).toBeNull();
  else expect(JSON.stringify(fault)).toMatch(new RegExp(`230099.*ErrCode: ${errCode};`));
});

test("a card beyond 30 KB is too long", () => {
  expect(cardRefusal(root({ tag: "div", text: text("字".repeat(10_240)) }))).toMatchObject({ code: 230025 });
});
