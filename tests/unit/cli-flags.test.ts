import { expect, test } from "vitest";
import { actor, FLAGS, formatOf, instant, options, role } from "../../src/cli/flags.ts";
import { languageOf } from "../../src/cli/desk.ts";
import { Stop } from "../../src/cli/stop.ts";

const NOW = new Date("2026-11-30T01:07:00Z");

test.each<[string, () => unknown, RegExp]>([
  ["a format that is none", () => formatOf("xml"), /text, json, slack, feishu/],
  ["a language that is none", () => languageOf("fr"), /zh or en/],
  ["a time that is none", () => instant("yesterday", NOW), /ISO time/],
  ["a day that is none", () => instant("2026-02-30T25:00:00Z", NOW), /ISO time/],
  ["a user without a role", () => actor("Chen"), /NAME:ROLE/],
  ["a role that is none", () => actor("Chen:boss"), /NAME:ROLE/],
  ["a flag that is none", () => options(["gm1", "--frmat", "json"], FLAGS, null), /frmat/],
  ["a flag without its value", () => options(["gm1", "--format"], FLAGS, null), /format/],
  ["one word too many", () => options(["a", "b"], FLAGS, 1), /One word too many: “b”/],
])("%s is the user's error, told with what can be written", (_what, read, words) => {
  expect(read).toThrow(Stop);
  expect(read).toThrow(words);
});

test("a negated filter and a figure are words, not flags", () => {
  const { values, words } = options(["list", "-check:acts", "-3", "--lang", "en"], FLAGS, null);
  expect(words).toEqual(["list", "-check:acts", "-3"]);
  expect(values["lang"]).toBe("en");
});

test("what is not given falls to what is usual", () => {
  expect(formatOf()).toBe("text");
  expect(instant(undefined, NOW)).toBe(NOW);
  expect(languageOf(undefined)).toBeNull();
  expect([actor(undefined).id, role(undefined)]).toEqual(["terminal", null]);
  expect([actor("Chen:reviewer").id, role("Chen:reviewer")]).toEqual(["Chen", "reviewer"]);
});
