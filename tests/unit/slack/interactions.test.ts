import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Identity } from "../../../src/adapters/slack/identity.ts";
import { readTalk } from "../../../src/adapters/slack/inbound.ts";
import {
  readKept,
  readSubmission,
  readSuggestion,
  readViewClick,
} from "../../../src/adapters/slack/interactions.ts";
import { readOccurrence } from "../../../src/adapters/slack/places.ts";

const QUSHI: Identity = {
  teamId: "T0LANTING",
  enterpriseId: null,
  botId: "B0QUSHI",
  botUserId: "U0QUSHI",
  url: null,
  scopes: new Set(),
};
const AT = new Date("2026-01-05T01:07:00Z");
const HERE = { platform: "slack", workspace: "T0LANTING", to: { channel: "C0WATCH" } };
const PLACE = { ...HERE, thread: null };
const DIRECT = { platform: "slack", workspace: "T0LANTING", to: { person: "U0WANG" }, thread: null };

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/slack/${name}.json`, import.meta.url), "utf8"));
}

describe("what happens to places", () => {
  test.each([
    ["member-joined-channel", { what: "joined", place: PLACE, actor: { id: "U0LIU" } }],
    ["channel-left", { what: "left", place: PLACE, actor: { id: "U0LIU" } }],
    ["channel-archive", { what: "gone", place: PLACE, actor: { id: "U0LIU" } }],
    ["group-deleted", { what: "gone", place: PLACE, actor: { id: "U0LIU" } }],
    ["channel-rename", { what: "renamed", place: PLACE, actor: null }],
    [
      "channel-id-changed",
      { what: "moved", place: { ...PLACE, to: { channel: "G0WATCH" } }, actor: null, to: PLACE },
    ],
    ["app-home-opened", { type: "home", actor: { id: "U0WANG" }, address: DIRECT, place: DIRECT }],
    ["tokens-revoked", { type: "removed", code: "tokens_revoked" }],
  ])("is read from %s", (name, expected) => {
    expect(readOccurrence(fixture(name), QUSHI)).toMatchObject(expected);
  });

  test("has the event's id and time", () => {
    expect(readOccurrence(fixture("channel-archive"), QUSHI)).toMatchObject({
      id: "slack:T0LANTING:Ev0ARCHIVE",
      at: new Date("2026-01-05T01:15:20.000Z"),
    });
  });

  test("to another installation of the app is none", () => {
    expect(readOccurrence(fixture("tokens-revoked"), { ...QUSHI, teamId: "T0OTHER" })).toBeNull();
  });
});

test("talk in a thread is read with its links undone", () => {
  expect(readTalk(fixture("message-in-thread"), QUSHI)).toMatchObject({
    type: "message",
    id: "slack:T0LANTING:C0WATCH:1767575780.000900",
    text: "the release says 8.2, see https://stats.example.org/2026?a=1&b=2",
    address: { ...HERE, thread: "1767575221.000100" },
    place: PLACE,
    ref: { id: "1767575780.000900" },
  });
  expect(readTalk(fixture("app-mention-in-thread"), QUSHI)).toBeNull();
  expect(readTalk(fixture("message-im"), QUSHI)).toBeNull();
});

test("a form that was sent carries its fields, what went along unseen, and where it was opened", () => {
  const read = readSubmission(fixture("view-submission"), QUSHI, AT);
  expect(read?.submitted).toMatchObject({
    verb: "reading",
    values: { commitment: "LT-004", value: "8.2 EFLOPS", "as-of": "2026-06-30" },
    at: AT,
    address: { ...HERE, thread: "1767575221.000100" },
    place: PLACE,
    ref: { id: "1767575222.000700" },
  });
  expect(Object.keys(read?.submitted.values ?? {})).not.toContain("note");
  expect(read?.submitted.id).toMatch(/^slack:T0LANTING:submit:[0-9a-f]{24}$/);
});

test("typing in a field is read as it was typed", () => {
  expect(readSuggestion(fixture("block-suggestion"), QUSHI, AT)).toMatchObject({
    typed: "澜汀 R&D",
    actor: { id: "U0WANG" },
    place: PLACE,
  });
});

test("a message that was picked comes with its words, and its thread", () => {
  expect(readKept(fixture("message-shortcut"), QUSHI)).toMatchObject({
    trigger: "7.8.secret",
    kept: {
      id: "slack:T0LANTING:C0WATCH:keep:1767575800.123456:U0WANG",
      author: { platform: "slack", workspace: "T0LANTING", id: "U0LIU" },
      text: "LT-004: https://stats.example.org/2026?a=1&b=2",
      address: { ...HERE, thread: "1767575221.000100" },
      ref: { id: "1767575780.000900" },
    },
  });
});

test("a guest of a shared channel picks a message of our channel", () => {
  const theirs = { team: { id: "T0GUEST" }, user: { id: "U0GUEST", team_id: "T0GUEST" } };
  const body = z.looseObject({}).parse(fixture("message-shortcut"));
  expect(readKept({ ...body, ...theirs }, QUSHI)?.kept).toMatchObject({
    actor: { workspace: "T0GUEST" },
    isExternal: true,
    address: { workspace: "T0LANTING" },
    place: { workspace: "T0LANTING" },
  });
});

describe("a click", () => {
  test("in a modal belongs to where that was opened", () => {
    expect(readViewClick(fixture("click-in-modal"), QUSHI)).toMatchObject({
      modal: "V0FORM",
      incoming: {
        line: "show LT-004",
        via: "click",
        address: { ...HERE, thread: "1767575221.000100" },
        place: PLACE,
        ref: null,
      },
    });
  });

  test("on the home tab belongs to the person's direct messages", () => {
    expect(readViewClick(fixture("click-on-home"), QUSHI)).toMatchObject({
      modal: null,
      incoming: { line: "due 30d", address: DIRECT, place: DIRECT },
    });
  });

  test("in a message is none of these", () => {
    expect(readViewClick(fixture("click"), QUSHI)).toBeNull();
  });
});

const NAMES = ["view-submission", "block-suggestion", "message-shortcut", "click-in-modal", "channel-rename"];

/** A payload with one part of it replaced by anything. */
const damaged = fc.tuple(fc.constantFrom(...NAMES), fc.nat(), fc.jsonValue()).map(([name, at, anything]) => {
  let count = 0;
  const text = JSON.stringify(fixture(name));
  const parts = text.match(/"[^"\\]*"|\d+|null|true|false/g)?.length ?? 1;
  const changed: unknown = JSON.parse(text, (_key, value: unknown) => {
    count += 1;
    return count === at % parts ? anything : value;
  });
  return changed;
});

test("whatever is damaged in a payload, reading throws nothing", () => {
  fc.assert(
    fc.property(damaged, (payload) => {
      for (const read of [readOccurrence, readTalk, readKept, readViewClick]) read(payload, QUSHI);
      for (const read of [readSubmission, readSuggestion]) read(payload, QUSHI, AT);
    }),
  );
});
