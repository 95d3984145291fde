import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Form } from "../../src/message/form.ts";
import type { Inbound } from "../../src/platform/platform.ts";
import type { FakeFeishu } from "../support/fake-feishu.ts";
import { FAKE_CHAT, FAKE_USER, startFakeFeishu } from "../support/fake-feishu.ts";
import type { EchoBot } from "../support/fake-feishu-bot.ts";
import { MODES, echo, echoBot } from "../support/fake-feishu-bot.ts";

const form: Form = {
  title: "Reading",
  verb: "reading",
  lang: "en",
  intro: [["LT-004"]],
  fields: [
    {
      kind: "text",
      name: "value",
      label: "Value",
      hint: null,
      required: true,
      multiline: false,
      maxLength: 40,
      placeholder: null,
      initial: null,
    },
    { kind: "date", name: "as-of", label: "As of", hint: null, required: false, initial: "2026-06-30" },
  ],
  values: { id: "LT-004" },
  submit: "Record",
  cancel: "Cancel",
};
const everyone = { audience: "channel" } as const;

describe.each(MODES)("a form, by %s", (mode) => {
  let feishu: FakeFeishu;
  let bot: EchoBot;
  let answer: (inbound: Extract<Inbound, { type: "submitted" }>) => Promise<void>;

  beforeEach(async () => {
    feishu = await startFakeFeishu();
    bot = echoBot(feishu, {
      mode,
      onInbound: ({ line, reply }) => reply(echo(line), { ...everyone, form }),
      onOther: async (inbound) => {
        if (inbound.type === "submitted") await answer(inbound);
      },
    });
    answer = ({ values, reply }) => reply(echo(`${values["value"] ?? "nothing"} recorded`), everyone);
    await bot.start();
  });

  afterEach(async () => {
    await bot.stop();
    await feishu.close();
  });

  it("stands in the chat in place of the message, and comes back with what was filled in", async () => {
    const card = await feishu.mention("reading LT-004");
    expect(card.text).toContain("Reading");
    expect(card.text).not.toContain("you said");
    await feishu.submit(card, { value: "8.2" });
    expect(bot.others).toMatchObject([
      {
        type: "submitted",
        verb: "reading",
        values: { id: "LT-004", value: "8.2", "as-of": "2026-06-30" },
        actor: { id: FAKE_USER },
        place: { to: { channel: FAKE_CHAT } },
        ref: { id: card.id },
      },
    ]);
  });

  it("is replaced by its answer, so that it cannot be sent twice", async () => {
    const card = await feishu.mention("reading LT-004");
    const { shown, reply } = await feishu.submit(card, { value: "8.2" });
    expect(shown).toContain("8.2 recorded");
    expect(reply).toBeNull();
    expect(feishu.posts(FAKE_CHAT)).toMatchObject([{ id: card.id, edits: 1 }]);
  });

  it("stays as it is when it is refused, and the toast says why", async () => {
    answer = ({ reply }) =>
      reply({ summary: "8.2 is no figure", blocks: [] }, { ...everyone, refused: { field: "value" } });
    const card = await feishu.mention("reading LT-004");
    const { answer: given } = await feishu.submit(card, { value: "8.2" });
    expect(given).toEqual({ toast: { type: "error", content: "8.2 is no figure" } });
    expect(feishu.posts(FAKE_CHAT)).toMatchObject([{ id: card.id, edits: 0 }]);
  });

  it("says so when it was taken before", async () => {
    answer = () => Promise.resolve();
    const card = await feishu.mention("reading LT-004");
    const sent = feishu.submit(card, { value: "8.2" });
    await expect.poll(() => feishu.acks.length).toBe(2);
    expect(feishu.acks[1]?.data).toMatchObject({
      toast: { type: "info", i18n: { zh_cn: "这张表单已经收到过了" } },
    });
    sent.catch(() => undefined);
  });

  it("says that nothing was taken where nothing could be stored", async () => {
    answer = () => Promise.reject(new Error("away"));
    const card = await feishu.mention("reading LT-004");
    const { answer: given } = await feishu.submit(card, { value: "8.2" });
    expect(given).toMatchObject({ toast: { type: "error" } });
    expect(feishu.posts(FAKE_CHAT)).toMatchObject([{ edits: 0 }]);
  });

  it("is replaced afterwards where the answer takes long, in direct messages too", async () => {
    const gate = Promise.withResolvers<void>();
    answer = async ({ reply }) => {
      await gate.promise;
      await reply(echo("late"), everyone);
    };
    const card = await feishu.direct("reading LT-004");
    const sent = feishu.submit(card, { value: "8.2" });
    await expect.poll(() => feishu.acks.length, { timeout: 4_000 }).toBe(2);
    expect(feishu.acks[1]).toMatchObject({ data: { toast: { type: "info" } } });
    gate.resolve();
    expect((await sent).reply).toMatchObject({ id: card.id, edits: 1 });
    expect(bot.others).toMatchObject([{ place: { to: { person: FAKE_USER } } }]);
  });

  it("may take the place of the card whose button asked for it", async () => {
    await bot.stop();
    bot = echoBot(feishu, {
      mode,
      onInbound: ({ line, via, reply }) =>
        reply(echo(line), via === "click" ? { ...everyone, form } : everyone),
    });
    await bot.start();
    const card = await feishu.mention("gm1");
    expect((await feishu.click(card, "Next page")).shown).toContain("Reading");
    const again = await feishu.mention("gm2");
    expect((await feishu.click(again, "More")).reply?.text).toContain("Reading");
  });
});
