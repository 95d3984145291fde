import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeMessage } from "../../../src/adapters/feishu/decode.ts";
import { decodeCard } from "../../../src/adapters/feishu/decode-card.ts";
import { decodeMenu, decodePlace } from "../../../src/adapters/feishu/decode-place.ts";

const payload = z.object({ header: z.looseObject({}), event: z.looseObject({}) });

/** A fixture as the SDK hands it to a handler: header and event in one. */
function event(name: string): Record<string, unknown> {
  const file = new URL(`../../fixtures/feishu/${name}.json`, import.meta.url);
  const { header, event } = payload.parse(JSON.parse(readFileSync(file, "utf8")));
  return { schema: "2.0", ...header, ...event };
}

const anyId: unknown = expect.stringMatching(/^feishu:(?:card:|event:|form:)?[0-9a-f]{32}$/);
const anyTopic: unknown = expect.stringMatching(/^omt_/);
const anyMessage: unknown = expect.stringMatching(/^om_/);

describe("a message", () => {
  it.each([
    ["group-mention", "清单 区:南山、福田", true, {}],
    ["group-two-mentions", "ou_person2 note GM-001 ou_person2 saw it", true, {}],
    ["group-topic-mention", "gm1", true, { rootId: "om_root", topicId: anyTopic }],
    ["topic-root-mention", "gm1", true, { rootId: "om_5ce6d572455d361153b7xx51da133945", topicId: anyTopic }],
    ["group-quoted-reply", "gm1", true, { quotedId: anyMessage }],
    ["p2p-text", "show GM-001", false, {}],
    ["p2p-post", "佐证 LT-004 https://example.org/permit?id=7 级别:E2", false, {}],
  ])("%s is the line %j", (name, line, group, below) => {
    expect(decodeMessage(event(name), "ou_bot")).toEqual({
      type: "asked",
      id: anyId,
      messageId: "om_5ce6d572455d361153b7xx51da133945",
      chatId: "oc_5ad11d72b830411d72b836c20",
      openId: "ou_person1",
      isExternal: false,
      at: new Date("2026-03-02T01:07:00.123Z"),
      line,
      group,
      rootId: null,
      topicId: null,
      quotedId: null,
      ...below,
    });
  });

  it.each(["from-bot", "click"])("%s is not for us", (name) => {
    expect(decodeMessage(event(name), "ou_bot")).toBeNull();
  });

  it("in a group without our name is only overheard, and in direct messages need not be text", () => {
    expect(decodeMessage(event("group-other-mention"), "ou_bot")).toMatchObject({ type: "overheard" });
    expect(decodeMessage(event("p2p-image"), "ou_bot")).toMatchObject({ type: "unread" });
    const image = z.looseObject({ message: z.looseObject({}) }).parse(event("p2p-image"));
    const inGroup = { ...image, message: { ...image.message, chat_type: "group" } };
    expect(decodeMessage(inGroup, "ou_bot")).toBeNull();
  });

  it("has the same id when it comes again under another message id", () => {
    const first = z.looseObject({ message: z.looseObject({}) }).parse(event("p2p-text"));
    const again = { ...first, message: { ...first.message, message_id: "om_other" } };
    const later = { ...first, message: { ...first.message, create_time: "1772413620124" } };
    const [a, b, c] = [first, again, later].map((each) => decodeMessage(each, "ou_bot")?.id);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
  });

  it("names people by their open_id, and nobody's name is read as a placeholder", () => {
    const mentions = [
      { key: "@_user_1", id: { open_id: "ou_bot" }, name: "区势" },
      { key: "@_user_2", id: { open_id: "ou_chen" }, name: "陈" },
      { key: "@_user_12", id: { open_id: "" }, name: "@_user_1" },
      { key: "@_user_3", id: {}, name: "@_user_2" },
    ];
    const text = "@_user_1 admin grant @_user_2为tracker @_user_3 @_all @_user_4";
    const message = { message_id: "m", chat_id: "c", chat_type: "group", message_type: "text", mentions };
    const decoded = decodeMessage(
      {
        sender: { sender_id: { open_id: "ou_a" }, sender_type: "user" },
        message: { ...message, content: JSON.stringify({ text }) },
      },
      "ou_bot",
    );
    expect(decoded).toMatchObject({ line: "admin grant ou_chen 为tracker @_user_2  @_user_4" });
  });

  it("is heard although what may be missing is null", () => {
    const at = { tag: "at", user_id: "@_user_1", text: null };
    const content = { title: null, content: [[at, { tag: "text", text: "光明", href: null }]] };
    const mentions = [{ key: "@_user_1", id: { open_id: "ou_bot", user_id: null }, name: null }];
    const message = { message_id: "m", chat_id: "c", chat_type: "group", message_type: "post", mentions };
    const decoded = decodeMessage(
      {
        sender: { sender_id: { open_id: "ou_a" }, sender_type: "user" },
        message: { ...message, root_id: null, thread_id: null, content: JSON.stringify(content) },
      },
      "ou_bot",
    );
    expect(decoded).toMatchObject({ type: "asked", line: "光明", rootId: null });
  });

  it.each([
    ["＠区势 帮助", "帮助"],
    ["@_all 帮助", "帮助"],
    ["看板@_all", "看板"],
    ["/qushi", ""],
    ["／QUSHI 光明", "光明"],
    ["/区势 光明", "光明"],
    ["/qushix", "qushix"],
    ["/ show gm1", "show gm1"],
    ["qushi show gm1", "qushi show gm1"],
    ["a/b", "a/b"],
    ["  ", ""],
  ])("reads %j as %j", (text, line) => {
    const message = { message_id: "m", chat_id: "c", chat_type: "p2p", message_type: "text" };
    const sender = { sender_id: { open_id: "ou_a" }, sender_type: "user" };
    const decoded = decodeMessage(
      { sender, message: { ...message, content: JSON.stringify({ text }) } },
      "ou_bot",
    );
    expect(decoded).toMatchObject({ line, at: null });
  });

  it.each([
    ["1a2b3c4d5e6f", "1a2b3c4d5e6f", false],
    ["1a2b3c4d5e6f", "9z8y7x", true],
    ["1a2b3c4d5e6f", undefined, false],
    ["1a2b3c4d5e6f", null, false],
    ["1a2b3c4d5e6f", "", false],
    [undefined, "9z8y7x", false],
  ])("in an app of the tenant %s, somebody of %s is external: %s", (own, theirs, isExternal) => {
    const said = z.looseObject({ sender: z.looseObject({}) }).parse(event("group-mention"));
    const sender = { ...said.sender, tenant_key: theirs };
    expect(decodeMessage({ ...said, tenant_key: own, sender }, "ou_bot")).toMatchObject({ isExternal });
    const pressed = z.looseObject({ operator: z.looseObject({}) }).parse(event("click"));
    const operator = { ...pressed.operator, tenant_key: theirs };
    expect(decodeCard({ ...pressed, tenant_key: own, operator })).toMatchObject({ isExternal });
  });

  it("never throws, whatever arrives", () => {
    const mention = fc.record({
      key: fc.oneof(fc.string(), fc.stringMatching(/^@_user_\d{1,3}$/)),
      id: fc.option(fc.record({ open_id: fc.oneof(fc.string(), fc.constant("ou_bot")) })),
      name: fc.string(),
    });
    const content = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ text: fc.string() }).map((text) => JSON.stringify(text)),
    );
    const type = fc.constantFrom("text", "post", "image");
    fc.assert(
      fc.property(fc.anything(), content, type, fc.array(mention), (anything, given, kind, mentions) => {
        const message = {
          message_id: "m",
          chat_id: "c",
          chat_type: "p2p",
          message_type: kind,
          content: given,
        };
        decodeMessage(anything, "ou_bot");
        decodeMessage(
          { sender: { sender_id: { open_id: "o" }, sender_type: "user" }, message: { ...message, mentions } },
          "ou_bot",
        );
        decodeCard(anything);
        decodePlace("renamed", anything);
        decodeMenu(anything);
      }),
    );
  });
});

describe("a click", () => {
  it("carries the button's line, in both forms that clients send", () => {
    expect(decodeCard(event("click"))).toEqual({
      type: "click",
      id: anyId,
      isExternal: false,
      messageId: "om_card",
      chatId: "oc_5ad11d72b830411d72b836c20",
      openId: "ou_person1",
      line: "list district:nanshan page:2",
      replaces: true,
      below: null,
      at: new Date("2026-03-02T01:07:00.456Z"),
    });
    expect(decodeCard(event("click-string-value"))).toMatchObject({ line: "help", replaces: false });
  });

  it("in a topic carries the message that began it", () => {
    const carriedBy = [
      { v: 1, run: "help", below: "om_root" },
      { v: 1, form: "note", values: {}, below: "om_root" },
    ];
    for (const carried of carriedBy) {
      const clicked = { ...event("click"), action: { value: carried } };
      expect(decodeCard(clicked)).toMatchObject({ messageId: "om_card", below: "om_root" });
    }
  });

  it.each([{ v: 2, run: "help" }, { v: 1, run: "help", also: true }, "no JSON", null, { form: "rate" }])(
    "of another version (%j) has no line",
    (value) => {
      const clicked = { ...event("click"), action: { value } };
      expect(decodeCard(clicked)).toMatchObject({ type: "unknown", messageId: "om_card" });
    },
  );

  it("is not what a message is", () => {
    expect(decodeCard(event("p2p-text"))).toBeNull();
  });

  it("on a form's button carries the verb and what was filled in", () => {
    expect(decodeCard(event("form-submitted"))).toMatchObject({
      type: "form",
      verb: "reading",
      values: { id: "LT-004", value: "8.2", "as-of": "2026-06-30" },
    });
  });

  it("on a form's button is the same when the same was sent again, whenever that is, and no other", () => {
    const first = event("form-submitted");
    const form = z.looseObject({ form_value: z.looseObject({}) }).parse(first["action"]);
    const again = { ...first, event_id: "another", create_time: "1772413625456789" };
    const minutesLater = { ...again, create_time: "1772414400000000" };
    const hoursLater = { ...again, create_time: "1772420000456789" };
    const corrected = { ...again, action: { ...form, form_value: { ...form.form_value, value: "8.3" } } };
    const byAnother = { ...again, operator: { open_id: "ou_person2" } };
    const idOf = (each: unknown) => decodeCard(each)?.id;
    const id = idOf(first);
    for (const same of [again, minutesLater, hoursLater]) expect(idOf(same)).toBe(id);
    expect(new Set([id, idOf(corrected), idOf(byAnother)]).size).toBe(3);
  });
});

describe("what becomes of a chat", () => {
  it.each([
    ["joined", "bot-added"],
    ["entered", "p2p-entered"],
    ["renamed", "chat-updated"],
  ] as const)("names the chat, who did it, and when (%s)", (what, name) => {
    expect(decodePlace(what, event(name))).toEqual({
      what,
      id: anyId,
      chatId: "oc_5ad11d72b830411d72b836c20",
      openId: "ou_person1",
      at: new Date("2026-03-02T01:07:00.456Z"),
    });
  });

  it("may have been done by nobody in particular", () => {
    const byNobody = { ...event("bot-added"), operator_id: undefined };
    expect(decodePlace("gone", byNobody)).toMatchObject({ openId: null });
    expect(decodePlace("entered", byNobody)).toBeNull();
  });

  it("is a new name only where the name changed", () => {
    const renamed = event("chat-updated");
    expect(decodePlace("renamed", { ...renamed, after_change: renamed["before_change"] })).toBeNull();
    expect(decodePlace("renamed", { ...renamed, after_change: { avatar: "x" } })).toBeNull();
  });

  it("gives a menu's key as a line", () => {
    const chosen = { id: anyId, openId: "ou_person1", line: "digest show" };
    expect(decodeMenu(event("bot-menu"))).toMatchObject(chosen);
    expect(decodeMenu(event("bot-added"))).toBeNull();
  });
});
