import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeClick, decodeMessage } from "../../../src/adapters/feishu/decode.ts";

const payload = z.object({ header: z.looseObject({}), event: z.looseObject({}) });

/** A fixture as the SDK hands it to a handler: header and event in one. */
function event(name: string): Record<string, unknown> {
  const file = new URL(`../../fixtures/feishu/${name}.json`, import.meta.url);
  const { header, event } = payload.parse(JSON.parse(readFileSync(file, "utf8")));
  return { schema: "2.0", ...header, ...event };
}

describe("a message", () => {
  it.each([
    ["group-mention", "清单 区:南山、福田", true, null],
    ["group-two-mentions", "@_user_11 note GM-001 @_user_11 saw it", true, null],
    ["group-topic-mention", "gm1", true, "om_root"],
    ["topic-root-mention", "gm1", true, "om_5ce6d572455d361153b7xx51da133945"],
    ["group-quoted-reply", "gm1", true, null],
    ["p2p-text", "show GM-001", false, null],
    ["p2p-post", "佐证 LT-004 https://example.org/permit?id=7 级别:E2", false, null],
  ])("%s is the line %j", (name, line, group, rootId) => {
    expect(decodeMessage(event(name), "ou_bot")).toEqual({
      messageId: "om_5ce6d572455d361153b7xx51da133945",
      chatId: "oc_5ad11d72b830411d72b836c20",
      openId: "ou_person1",
      at: new Date("2026-03-02T01:07:00.123Z"),
      line,
      group,
      rootId,
    });
  });

  it.each(["group-other-mention", "p2p-image", "from-bot", "click"])("%s is not for us", (name) => {
    expect(decodeMessage(event(name), "ou_bot")).toBeNull();
  });

  it.each([
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

  it("never throws, whatever arrives", () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (anything, content) => {
        const message = { message_id: "m", chat_id: "c", chat_type: "p2p", message_type: "post", content };
        decodeMessage(anything, "ou_bot");
        decodeMessage({ sender: { sender_id: { open_id: "o" }, sender_type: "user" }, message }, "ou_bot");
        decodeClick(anything);
      }),
    );
  });
});

describe("a click", () => {
  it("carries the button's line, in both forms that clients send", () => {
    expect(decodeClick(event("click"))).toEqual({
      messageId: "om_card",
      chatId: "oc_5ad11d72b830411d72b836c20",
      openId: "ou_person1",
      key: "5e3702a84e847582be8db7fb73283c02",
      value: { v: 1, run: "list district:nanshan page:2", replace: true },
      at: new Date("2026-03-02T01:07:00.456Z"),
    });
    expect(decodeClick(event("click-string-value"))?.value).toEqual({ v: 1, run: "help" });
  });

  it("of another version has no line", () => {
    const clicked = { ...event("click"), action: { value: { v: 2, run: "help" } } };
    expect(decodeClick(clicked)).toMatchObject({ messageId: "om_card", value: null });
    expect(decodeClick(event("p2p-text"))).toBeNull();
  });
});
