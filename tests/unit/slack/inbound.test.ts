import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Identity } from "../../../src/adapters/slack/identity.ts";
import { readClick, readSlash, readTyped } from "../../../src/adapters/slack/inbound.ts";

const QUSHI: Identity = {
  teamId: "T0LANTING",
  enterpriseId: null,
  botId: "B0QUSHI",
  botUserId: "U0QUSHI",
  url: null,
  scopes: new Set(),
};
const AT = new Date("2026-01-05T01:07:00Z");

const clicked = z.looseObject({});
const delivered = z.looseObject({ event: z.looseObject({}) });

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/slack/${name}.json`, import.meta.url), "utf8"));
}

describe("a slash command", () => {
  test("is read with its entities and links undone", () => {
    const slash = readSlash(fixture("slash-command"), QUSHI, AT);
    expect(slash?.incoming).toMatchObject({
      line: "evidence LT-004 https://stats.example.org/2026?a=1&b=2 level:E1 <@U0LIU> #watch",
      via: "slash",
      at: AT,
      address: { workspace: "T0LANTING", to: { channel: "C0WATCH" }, thread: null },
    });
  });

  test("has an id that shows nothing of the trigger", () => {
    const slash = readSlash(fixture("slash-command"), QUSHI, AT);
    expect(slash?.incoming.id).toMatch(/^slack:T0LANTING:slash:[0-9a-f]{24}$/);
  });
});

describe("a typed line", () => {
  test("after a mention", () => {
    expect(readTyped(fixture("app-mention"), QUSHI)).toMatchObject({
      id: "slack:T0LANTING:C0WATCH:1767575221.000100",
      line: "list value:>=5 R&D",
      via: "mention",
      at: new Date("2026-01-05T01:07:01.000Z"),
      ref: { id: "1767575221.000100", address: { thread: null } },
    });
  });

  test("before a mention, in a thread, with a non-breaking space", () => {
    expect(readTyped(fixture("app-mention-in-thread"), QUSHI)).toMatchObject({
      line: "澜汀 算力",
      address: { thread: "1767575221.000100" },
      ref: { id: "1767575300.000200" },
    });
  });

  test("of a guest in a shared channel", () => {
    expect(readTyped(fixture("app-mention-shared-channel"), QUSHI)).toMatchObject({
      line: "board",
      actor: { workspace: "T0GUEST", id: "U0GUEST" },
      isExternal: true,
      address: { workspace: "T0LANTING", to: { channel: "C0SHARED" } },
    });
    expect(readTyped(fixture("app-mention"), QUSHI)).not.toHaveProperty("isExternal");
  });

  test("of another workspace of our organisation is no outsider's, unless the channel is shared with another company", () => {
    const inOrganisation = { ...QUSHI, enterpriseId: "E0LANTING" };
    const body = delivered.parse(fixture("app-mention-shared-channel"));
    expect(readTyped(body, inOrganisation)).toMatchObject({ isExternal: true });
    const among = { ...body, is_ext_shared_channel: false };
    expect(readTyped(among, inOrganisation)).not.toHaveProperty("isExternal");
    expect(readTyped(among, QUSHI)).toMatchObject({ isExternal: true });
    const named = { ...body, event: { ...body.event, user_team: "E0LANTING", team: "E0LANTING" } };
    expect(readTyped(named, inOrganisation)).toMatchObject({ actor: { workspace: "T0LANTING" } });
    expect(readTyped(named, inOrganisation)).not.toHaveProperty("isExternal");
  });

  test("in a direct message", () => {
    expect(readTyped(fixture("message-im"), QUSHI)).toMatchObject({ line: "到期 年底", via: "direct" });
  });

  test.each(["file_share", "thread_broadcast"])(
    "with something more (%s) is read like every other",
    (subtype) => {
      const body = delivered.parse(fixture("message-im"));
      const more = { ...body, event: { ...body.event, subtype, files: [{ id: "F0A" }] } };
      expect(readTyped(more, QUSHI)).toMatchObject({ line: "到期 年底", via: "direct" });
    },
  );

  test.each(["message-im-own", "message-im-changed", "click", "slash-command"])("is none in %s", (name) => {
    expect(readTyped(fixture(name), QUSHI)).toBeNull();
  });

  test("sent for another installation of the app is none", () => {
    expect(readTyped(fixture("app-mention"), { ...QUSHI, teamId: "T0OTHER" })).toBeNull();
  });
});

describe("a click", () => {
  test("carries the button's line and the message it was on", () => {
    expect(readClick(fixture("click"), QUSHI)).toMatchObject({
      replace: true,
      incoming: {
        id: "slack:T0LANTING:C0WATCH:click:1767575600.123456:U0WANG",
        line: "list page:2",
        at: new Date("2026-01-05T01:13:20.123Z"),
        address: { thread: "1767575221.000100" },
        ref: { id: "1767575222.000700" },
      },
    });
  });

  test("on a private answer has no message to edit", () => {
    const click = readClick(fixture("click-on-private-answer"), QUSHI);
    expect(click).toMatchObject({ replace: false, incoming: { line: "share board", ref: null } });
  });

  test("of a guest in a shared channel, whose payload names their team, belongs to our channel", () => {
    const body = clicked.parse(fixture("click"));
    const theirs = { ...body, team: { id: "T0GUEST" }, user: { id: "U0GUEST", team_id: "T0GUEST" } };
    expect(readClick(theirs, QUSHI)?.incoming).toMatchObject({
      actor: { workspace: "T0GUEST", id: "U0GUEST" },
      isExternal: true,
      address: { workspace: "T0LANTING", to: { channel: "C0WATCH" } },
      place: { workspace: "T0LANTING" },
    });
    expect(readClick(body, QUSHI)?.incoming).not.toHaveProperty("isExternal");
    // In an organisation: only what the payload says of the clicker's own workspace counts.
    const inOrganisation = { ...QUSHI, enterpriseId: "E0LANTING" };
    const sibling = { ...theirs, team: { id: "T0GUEST", enterprise_id: "E0LANTING" } };
    const ours = { ...theirs, team: { id: "T0LANTING", enterprise_id: "E0LANTING" } };
    expect(readClick(sibling, inOrganisation)?.incoming).not.toHaveProperty("isExternal");
    expect(readClick(ours, inOrganisation)?.incoming).toMatchObject({ isExternal: true });
    // There Slack may name the organisation in place of the workspace: the person is the one who writes.
    const { user } = clicked.extend({ user: z.looseObject({}) }).parse(theirs);
    for (const team of [ours.team, { id: "T0GUEST" }, null]) {
      const click = { ...theirs, user: { ...user, team_id: "E0LANTING" }, team };
      const incoming = readClick(click, inOrganisation)?.incoming;
      expect(incoming?.actor.workspace).toBe("T0LANTING");
      expect(incoming).not.toHaveProperty("isExternal");
    }
  });

  test("on a link runs nothing", () => {
    expect(readClick(fixture("click-on-link"), QUSHI)).toBeNull();
  });
});

test("whatever arrives, reading throws nothing", () => {
  for (const odd of [
    null,
    1,
    "x",
    [],
    {},
    { event: null },
    { actions: [] },
    { type: "block_actions", actions: [{}] },
  ]) {
    expect([readSlash(odd, QUSHI, AT), readTyped(odd, QUSHI), readClick(odd, QUSHI)]).toEqual([
      null,
      null,
      null,
    ]);
  }
});
