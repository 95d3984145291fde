import fc from "fast-check";
import { expect, test } from "vitest";
import { readLine } from "../../../src/commands/grammar.ts";
import { EMPTY_RULES, MISSED_RULES, WORKDAY_RULES, type Schedule } from "../../../src/core/schedule.ts";
import type { EventKind } from "../../../src/core/events.ts";
import type { Subscription } from "../../../src/core/subscription.ts";
import { ruleLine } from "../../../src/views/rule-line.ts";
import { deskOf, lanting, MONDAY } from "../../support/books.ts";

const { book, commands } = await deskOf(lanting);

const number = (max: number, min = 0) => fc.integer({ min, max });
const someOf = (max: number, min: number) =>
  fc
    .uniqueArray(number(max, min), { minLength: 1, maxLength: 4 })
    .map((days) => days.toSorted((a, b) => a - b).join());
const schedule: fc.Arbitrary<Schedule> = fc.oneof(
  fc.tuple(number(59), number(23), someOf(6, 0)).map(([minute, hour, days]) => ({
    kind: "cron" as const,
    cron: `${minute} ${hour} * * ${days}`,
  })),
  fc.tuple(number(59), number(23), someOf(28, 1)).map(([minute, hour, dates]) => ({
    kind: "cron" as const,
    cron: `${minute} ${hour} ${dates} * *`,
  })),
  fc.tuple(number(59), number(23), number(12, 1)).map(([minute, hour, month]) => ({
    kind: "cron" as const,
    cron: `${minute} ${hour} 1 ${month} *`,
  })),
  fc.record({
    kind: fc.constant("monthly" as const),
    day: fc.constantFrom("first-workday" as const, "last-workday" as const),
    hour: number(23),
    minute: number(59),
  }),
);
const rule: fc.Arbitrary<Subscription> = fc.record({
  id: fc.constant("S-1"),
  kind: fc.constantFrom("digest" as const, "reminders" as const),
  to: fc.constant({ platform: "terminal" as const, workspace: null, to: { channel: "" }, thread: null }),
  owner: fc.constant({ platform: "terminal" as const, workspace: null, id: "someone" }),
  filter: fc.constantFrom([], [{ key: "check" as const, negated: true, values: ["acts" as const] }]),
  schedule,
  zone: fc.constantFrom("Asia/Shanghai", "Europe/Berlin"),
  workday: fc.constantFrom(...WORKDAY_RULES),
  missed: fc.constantFrom(...MISSED_RULES),
  empty: fc.constantFrom(...EMPTY_RULES),
  before: fc.constantFrom([], [30, 7], [1]),
  events: fc.constantFrom<(readonly EventKind[])[]>([], ["rating"], ["reading", "dispute", "target"]),
  lang: fc.constant(null),
  paused: fc.constant(null),
  muted: fc.constant(null),
  createdAt: fc.constant(MONDAY),
  nextAt: fc.constant(null),
});

test.each(["zh", "en"] as const)("the line that sets a rule again sets the same rule, in %s", (lang) => {
  fc.assert(
    fc.property(rule, (drawn) => {
      const isDigest = drawn.kind === "digest";
      const before = isDigest ? [] : drawn.before.length === 0 ? [7] : drawn.before;
      const events: readonly EventKind[] = isDigest ? [] : drawn.events;
      const own = { ...drawn, before, events };
      const { command, values } = readLine(ruleLine(own, book, lang), book, commands);
      expect(command.name).toBe(isDigest ? "digest set" : "subscribe");
      const read = values["schedule"] ?? { kind: "cron", cron: values["every"] };
      expect(JSON.stringify(read)).toBe(JSON.stringify(own.schedule));
      expect(values["filter"]).toEqual(own.filter);
      expect(values["zone"] ?? book.dataset.zone).toBe(own.zone);
      expect(values["events"]?.toString().split(",") ?? []).toHaveLength(own.events.length);
      expect(values["workday"] ?? "next").toBe(own.workday);
      if (isDigest) expect(values["empty"] ?? "skip").toBe(own.empty);
      if (isDigest) expect(values["missed"] ?? "late").toBe(own.missed);
    }),
  );
});
