import type { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createCatchUp } from "../../src/bot/catch-up.ts";
import { noteDataset } from "../../src/bot/dataset-change.ts";
import type { Commitment, Dataset } from "../../src/core/commitment.ts";
import { createLedger } from "../../src/core/record.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { lanting, MONDAY } from "../support/books.ts";
import { walk, type Setting } from "../support/running.ts";

/** The dataset with one commitment said otherwise. */
function revised(version: string, id: string, change: (of: Commitment) => Commitment | null): Dataset {
  const commitments = lanting.commitments.flatMap((each) => (each.id === id ? (change(each) ?? []) : each));
  return { ...lanting, version, commitments };
}

const raised = revised("2026.9", "LT-004", (of) => ({
  ...of,
  target: { op: ">", value: 21, unit: "EFLOPS", original: "超过21EFLOPS" },
  due: { date: "2027-03-31", text: "明年一季度", basis: "inferred" },
}));

async function run(setting: Partial<Setting>, ...lines: string[]) {
  const qushi = await walk({ dataset: lanting, clock: () => MONDAY, ...setting });
  const { input }: { input: PassThrough } = qushi;
  input.end(`${lines.join("\n")}\n`);
  await qushi.running.ended;
  await qushi.running.stop();
  return qushi.printed();
}

test("a target that the dataset says otherwise becomes an entry, once, and the old one stays visible", async () => {
  const file = ":memory:";
  const store = await openSqlite({ file });
  expect(await noteDataset(lanting, store, MONDAY)).toEqual([]);
  expect(await noteDataset(raised, store, MONDAY)).toEqual([
    { commitmentId: "LT-004", what: "target", from: ">19 EFLOPS", to: ">21 EFLOPS" },
    { commitmentId: "LT-004", what: "due", from: "2026-12-31", to: "2027-03-31" },
  ]);
  // The next start, and a replica that compared at the same moment.
  expect(await noteDataset(raised, store, MONDAY)).toEqual([]);
  expect(await store.ledger(0, 10)).toHaveLength(2);
  const printed = await run({ dataset: raised, store }, "历程 LT-004", "show LT-004");
  expect(printed).toContain("19 EFLOPS");
  expect(printed).toContain("21 EFLOPS");
});

test("commitments that are new and retired are entries too", async () => {
  const store = await openSqlite({ file: ":memory:" });
  const without = revised("2026.8", "LT-004", () => null);
  await noteDataset(without, store, MONDAY);
  expect((await noteDataset(lanting, store, MONDAY)).map(({ what }) => what)).toEqual(["new"]);
  expect((await noteDataset(without, store, MONDAY)).map(({ what }) => what)).toEqual(["retired"]);
  await store.close();
});

test("reloading answers from the files as they are, and tells what changed in words", async () => {
  const printed = await run(
    { openDataset: () => Promise.resolve({ dataset: raised, faults: [] }) },
    "admin dataset diff",
    "管理 数据集 重载",
    "show LT-004",
    "admin dataset diff",
  );
  const [diff = "", reloaded = "", card = "", again = ""] = printed.split(/^(?=Dataset |数据集 |LT-004 )/mu);
  for (const told of [diff, reloaded]) {
    expect(told).toContain("LT-004");
    expect(told).toMatch(/19 EFLOPS[\s\S]*21 EFLOPS/u);
  }
  expect(card).toContain("above 21 EFLOPS");
  expect(again).not.toContain("19 EFLOPS");
});

test("a dataset with faults is refused, and the old one goes on", async () => {
  const faults = ["lanting.yaml:12: no title. Write one."];
  const printed = await run(
    { openDataset: () => Promise.resolve({ dataset: null, faults }) },
    "admin dataset reload",
    "show LT-004",
  );
  expect(printed).toContain("lanting.yaml:12");
  expect(printed).toContain("above 19 EFLOPS");
});

test("a writer reads its own write; another process is at most a second behind", async () => {
  const store = await openSqlite({ file: ":memory:" });
  const [own, other] = [createLedger(), createLedger()];
  const [writer, reader] = [createCatchUp(store, own), createCatchUp(store, other)];
  await reader.lately(MONDAY);
  await noteDataset(lanting, store, MONDAY);
  await noteDataset(raised, store, MONDAY);
  await writer.now();
  expect(own.of("LT-004").entries).toHaveLength(2);
  await reader.lately(new Date(MONDAY.getTime() + 999));
  expect(other.of("LT-004").entries).toHaveLength(0);
  await reader.lately(new Date(MONDAY.getTime() + 1_000));
  expect(other.of("LT-004").entries).toHaveLength(2);
  // A clock that was put back keeps nobody behind.
  await reader.lately(new Date(MONDAY.getTime() - 60_000));
  await store.close();
});
