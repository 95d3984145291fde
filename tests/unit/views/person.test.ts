import { describe, expect, test } from "vitest";
import { renderFeishu } from "../../../src/adapters/feishu/render.ts";
import { renderSlack } from "../../../src/adapters/slack/render.ts";
import type { Lang } from "../../../src/core/lang.ts";
import type { Address, Person } from "../../../src/core/place.ts";
import { lineText, type Span } from "../../../src/message/message.ts";
import { renderText } from "../../../src/message/text.ts";
import { exactPersonSpan, personSpan, placeSpan } from "../../../src/views/person.ts";

const IN_SLACK: Person = { platform: "slack", workspace: "T0WATCH", id: "U0WANG" };
const IN_FEISHU: Person = { platform: "feishu", workspace: null, id: "ou_84aad35d084aa403a838cf73ee18467" };
const CHANNEL: Address = {
  platform: "slack",
  workspace: "T0WATCH",
  to: { channel: "C0DISTRICTS" },
  thread: null,
};
const GROUP: Address = {
  platform: "feishu",
  workspace: null,
  to: { channel: "oc_5ad11d72b830411d72b836c20" },
  thread: null,
};

/** A line of this one piece: what each chat is sent, and what the terminal shows. */
function shown(span: Span) {
  const message = { summary: "x", blocks: [{ type: "text" as const, lines: [["- ", span, " -"]] }] };
  return {
    slack: JSON.stringify(renderSlack(message).blocks),
    // Escaped where it could be read as markup; people see the colon.
    feishu: JSON.stringify(renderFeishu(message)).replaceAll("&#58;", ":"),
    terminal: renderText(message, { columns: 200, colour: false }),
  };
}

describe("somebody of the other chat is told apart in words that people can read", () => {
  test.each<[string, Lang, string]>([
    ["feishu", "en", "Feishu user …8467"],
    ["feishu", "zh", "飞书用户（…8467）"],
    ["slack", "en", "Slack user …WANG"],
    ["slack", "zh", "Slack 用户（…WANG）"],
  ])("of %s in %s", (platform, lang, words) => {
    const person = platform === "slack" ? IN_SLACK : IN_FEISHU;
    const { slack, feishu } = shown(personSpan(person, lang));
    const there = platform === "slack" ? feishu : slack;
    expect(there).toContain(words);
    expect(there).not.toContain(person.id);
    expect(lineText([personSpan(person, lang)])).toBe(words);
  });

  test("at home by their own name, and at the terminal as they are typed in a line", () => {
    for (const lang of ["zh", "en"] as const) {
      expect(shown(personSpan(IN_SLACK, lang)).slack).toContain('{"type":"user","user_id":"U0WANG"}');
      expect(shown(personSpan(IN_FEISHU, lang)).feishu).toContain(`<person id = '${IN_FEISHU.id}'`);
      expect(shown(personSpan(IN_FEISHU, lang)).terminal).toBe(`- feishu:${IN_FEISHU.id} -`);
      expect(shown(personSpan(IN_SLACK, lang)).terminal).toBe("- slack:T0WATCH:U0WANG -");
    }
  });

  test("where the account is needed to act it stands in full", () => {
    expect(shown(exactPersonSpan(IN_FEISHU, "en")).slack).toContain(`feishu:${IN_FEISHU.id}`);
    expect(shown(exactPersonSpan(IN_SLACK, "zh")).feishu).toContain("slack:T0WATCH:U0WANG");
  });
});

describe("a channel", () => {
  test.each<[string, Address, Lang, string]>([
    ["Feishu's", GROUP, "en", "Feishu group …6c20"],
    ["Feishu's", GROUP, "zh", "飞书群（…6c20）"],
    ["Slack's", CHANNEL, "en", "Slack channel …ICTS"],
    ["Slack's", CHANNEL, "zh", "Slack 频道（…ICTS）"],
  ])("of %s in words, %#", (_whose, place, lang, words) => {
    const { slack, feishu, terminal } = shown(placeSpan(place, lang));
    expect(feishu).toContain(words);
    expect(feishu).not.toMatch(/oc_|C0DISTRICTS/u);
    if (place === GROUP) expect(slack).toContain(words);
    else expect(slack).toContain('{"type":"channel","channel_id":"C0DISTRICTS"}');
    expect(terminal).toMatch(/^- (feishu:oc_|slack:T0WATCH:C)/u);
  });

  test("a person's direct messages and a webhook are told as what they are", () => {
    const direct: Address = { ...GROUP, to: { person: IN_FEISHU.id } };
    expect(lineText([placeSpan(direct, "zh")])).toBe("与飞书用户（…8467）的私聊");
    expect(lineText([placeSpan({ ...CHANNEL, to: { person: "U0WANG" } }, "en")])).toBe(
      "the direct messages of Slack user …WANG",
    );
    expect(lineText([placeSpan({ ...GROUP, platform: "webhook", to: { channel: "NEWS" } }, "en")])).toBe(
      "webhook NEWS",
    );
  });
});
