import { describe, expect, test } from "vitest";
import { createBook } from "../../../src/core/book.ts";
import { dayIn } from "../../../src/core/day.ts";
import type { Filter } from "../../../src/core/filter.ts";
import { tally } from "../../../src/core/tally.ts";
import { lanting, shenzhenBook } from "../../support/books.ts";

const TODAY = "2026-11-30";

function text(negated: boolean, ...values: readonly string[]): Filter {
  return [{ key: "text", negated, values }];
}

describe("what is remembered of the last search", () => {
  test("never answers another one", () => {
    const { search } = createBook(lanting);
    const [one, other] = ["泊位", "算力"];
    const alone = [one, other].map((words) => createBook(lanting).search.find(words));
    expect(alone[0]?.commitments).not.toEqual(alone[1]?.commitments);
    for (const turn of [0, 1, 0, 0, 1, 1, 0])
      expect(search.find(turn === 0 ? one : other)).toEqual(alone[turn]);
  });

  test("of nothing is nothing", () => {
    const { search } = createBook(lanting);
    search.find("泊位");
    expect(search.find(" ，")).toEqual({ commitments: [], facts: [] });
  });
});

describe("facts by a text", () => {
  const { dataset, search } = shenzhenBook;
  const hits = (words: string) => search.find(words).facts;
  const facts = (filter: Filter) => shenzhenBook.facts(filter);

  test("are those that the search finds, in the dataset's order", () => {
    const found = facts(text(false, "龙华"));
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(hits("龙华")));
    expect(found).toEqual(dataset.facts.filter((fact) => found.includes(fact)));
  });

  test("of several are those of either, and the rest where it is negated", () => {
    const either = new Set([...hits("龙华"), ...hits("坪山")]);
    expect(
      facts(text(false, "龙华", "坪山"))
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([...either].toSorted());
    const rest = facts(text(true, "龙华", "坪山"));
    expect(rest).toHaveLength(dataset.facts.length - either.size);
    expect(rest.some(({ id }) => either.has(id))).toBe(false);
  });

  test("and a district are those that are both", () => {
    const all = facts(text(false, "已经"));
    expect(all.length).toBeGreaterThan(2);
    for (const negated of [false, true]) {
      const both = facts([...text(false, "已经"), { key: "district", negated, values: ["GM"] }]);
      expect(both).toEqual(all.filter(({ district }) => (district === "GM") !== negated));
    }
  });
});

test("a tally is a partition, in the order of the words, and leaves out what nothing has", () => {
  const items = shenzhenBook.on(TODAY);
  const { total, standings, paces, lights } = tally(items);
  expect(total).toBe(items.length);
  for (const part of [standings, paces, lights]) {
    expect(part.reduce((sum, { count }) => sum + count, 0)).toBe(total);
    expect(part.every(({ count }) => count > 0)).toBe(true);
  }
  for (const { code, count } of standings)
    expect(count).toBe(items.filter(({ standing }) => standing === code).length);
  expect(tally([])).toEqual({ total: 0, standings: [], paces: [], lights: [] });
});

test("a day is that of its own zone, whichever was asked before", () => {
  const instant = new Date("2026-11-30T20:00:00Z");
  for (const [zone, day] of [
    ["Asia/Shanghai", "2026-12-01"],
    ["UTC", "2026-11-30"],
    ["America/New_York", "2026-11-30"],
    ["Asia/Shanghai", "2026-12-01"],
  ] as const)
    expect(dayIn(zone, instant)).toBe(day);
});

test("a day is that of its own instant, also in the second before and after its midnight", () => {
  const from = Date.UTC(2026, 10, 1);
  for (const zone of ["Asia/Shanghai", "UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]) {
    const plain = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" });
    for (let quarter = 0; quarter <= 2 * 96; quarter += 1)
      for (const second of [-1, 0]) {
        const instant = new Date(from + quarter * 900_000 + second * 1_000);
        expect(dayIn(zone, instant)).toBe(plain.format(instant));
      }
  }
});
