import { mkdtemp, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { formatFault, runCheck } from "../../../src/dataset/run-check.ts";
import { articleFile, fixture, scratch } from "./scratch.ts";

const dataFolder = fixture("");

test("checks every dataset of a folder and counts what is in it", async () => {
  expect(await runCheck({ dataFolder })).toEqual({
    faults: [],
    checked: [
      { id: "ballycastle-2025", commitments: 13, facts: 3, districts: 3 },
      { id: "lanting-2026", commitments: 22, facts: 2, districts: 3 },
    ],
  });
});

test("checks one by its id, or by its path", async () => {
  for (const only of ["lanting-2026", fixture("lanting-2026")]) {
    const { checked, faults } = await runCheck({ dataFolder, only });
    expect(faults).toEqual([]);
    expect(checked.map(({ id }) => id)).toEqual(["lanting-2026"]);
  }
});

test("an article proves the dataset that cites it and leaves the others alone", async () => {
  for (const name of ["ballycastle", "lanting", "lanting-computing", "lanting-spring"]) {
    expect((await runCheck({ dataFolder, article: articleFile(name) })).faults).toEqual([]);
  }
});

test("prints file, line, what and fix on one line", async () => {
  const copy = await scratch("ballycastle-2025");
  const line = await copy.edit("harbour.yaml", "value: 240", "value: 241");
  const { faults } = await runCheck({
    dataFolder: dirname(copy.folder),
    article: articleFile("ballycastle"),
  });
  expect(faults.map(formatFault)).toContain(
    `${copy.path("harbour.yaml")}:${line}: HB-001: paragraph 3 of lantern-2025-01-20 does not have the target 241 homes. Correct it. The paragraph has: 240, 2025.`,
  );
});

test("an unknown dataset and a missing or empty data folder are faults", async () => {
  const empty = await mkdtemp(join(tmpdir(), "qushi-empty-"));
  const what = async (options: Parameters<typeof runCheck>[0]) =>
    (await runCheck(options)).faults.map((fault) => fault.what);
  expect(await what({ dataFolder, only: "lantin-2026" })).toEqual(['There is no dataset "lantin-2026"']);
  expect(await what({ dataFolder, only: "" })).toEqual(['There is no dataset ""']);
  expect(await what({ dataFolder, only: "./no/such" })).toEqual(["The folder is missing"]);
  expect(await what({ dataFolder: join(empty, "none") })).toEqual(["The folder is missing"]);
  expect(await what({ dataFolder: empty })).toEqual(["There is no dataset here"]);
});

test("an article that is missing, a directory, empty or not UTF-8 is a fault", async () => {
  const folder = await mkdtemp(join(tmpdir(), "qushi-article-"));
  await mkdir(join(folder, "directory"));
  await writeFile(join(folder, "empty"), " \n");
  await writeFile(join(folder, "latin"), Buffer.from([0x41, 10, 0xe9]));
  await writeFile(join(folder, "other"), "Title\nBy-line\nSomething else.\n");
  const told: Record<string, string[]> = {};
  for (const name of ["missing", "directory", "empty", "latin", "other"]) {
    const { faults } = await runCheck({ dataFolder, article: join(folder, name) });
    told[name] = faults.map(({ line, what }) => `${line} ${what}`);
  }
  expect(told).toEqual({
    missing: ["1 The article is missing"],
    directory: ["1 The article is a directory"],
    empty: ["1 The article is empty"],
    latin: ["2 The article is not UTF-8"],
    other: ["1 The article is the text of no source of these datasets"],
  });
});
