import { execFile } from "node:child_process";
import { chmod, mkdir, rm } from "node:fs/promises";
import { basename } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { formatFault } from "../../../src/dataset/fault.ts";
import { listDatasets, loadDataset } from "../../../src/dataset/load.ts";
import { openDataset } from "../../../src/dataset/open.ts";
import { fixture, scratch, type Scratch } from "./scratch.ts";

/** `file:line what` of every fault of a copy that something was done to. */
async function faultsAfter(act: (copy: Scratch) => Promise<unknown>): Promise<string[]> {
  const copy = await scratch("ballycastle-2025");
  await act(copy);
  const { dataset, faults } = await loadDataset(copy.folder);
  expect(dataset).toBeNull();
  for (const fault of faults) expect(fault.fix).toMatch(/\S/u);
  return faults.map(({ file, line, what }) => `${basename(file)}:${line} ${what}`);
}

test("a good dataset loads without a fault, its districts in the source's order", async () => {
  const { dataset, faults } = await loadDataset(fixture("ballycastle-2025"));
  expect(faults).toEqual([]);
  expect(dataset?.districts.map(({ name }) => name.en)).toEqual(["Harbour", "St Brigid's", "Knockdoon"]);
  expect(dataset?.commitments.map(({ id }) => id).at(0)).toBe("HB-001");
  expect(dataset?.invented).toBe(true);
});

test("a version keeps what was typed", async () => {
  const copy = await scratch("ballycastle-2025");
  await copy.edit("dataset.yaml", 'version: "2025.2"', "version: 2025.10");
  expect((await loadDataset(copy.folder)).dataset?.version).toBe("2025.10");
});

test.each<[string, (copy: Scratch) => Promise<unknown>, string]>([
  ["a missing file", (copy) => rm(copy.path("themes.yaml")), "themes.yaml:1 The file is missing"],
  ["an empty file", (copy) => copy.write("themes.yaml", ""), "themes.yaml:1 The file is empty"],
  ["a file of comments", (copy) => copy.write("themes.yaml", "# none\n"), "themes.yaml:1 The file is empty"],
  ["a NUL byte", (copy) => copy.write("themes.yaml", "- a\n- \0"), "themes.yaml:2 The file has a NUL byte"],
  [
    "bytes that are not UTF-8",
    (copy) => copy.write("themes.yaml", Buffer.from([0x2d, 0x20, 0x61, 10, 0x2d, 0x20, 0xb9, 0xe2])),
    "themes.yaml:2 The file is not UTF-8",
  ],
  [
    "a huge file",
    (copy) => copy.write("themes.yaml", "#".repeat(4 * 1024 * 1024 + 1)),
    "themes.yaml:1 The file has 4194305 bytes, more than 4194304",
  ],
  [
    "a key twice",
    (copy) => copy.edit("harbour.yaml", "code: HB\n", "code: HB\ncode: HB\n"),
    "harbour.yaml:2 The key stands here a second time",
  ],
  ["a stranger", (copy) => copy.write("notes.txt", "x"), "notes.txt:1 This belongs to no part of a dataset"],
  ["a .yml", (copy) => copy.write("extra.yml", "x"), "extra.yml:1 This belongs to no part of a dataset"],
  ["a folder", (copy) => mkdir(copy.path("old")), "old:1 This belongs to no part of a dataset"],
  [
    "a list for a district",
    (copy) => copy.write("harbour.yaml", "- a\n"),
    "harbour.yaml:1 The file is not a map of keys and values",
  ],
])("%s is a fault with its line", async (_name, act, expected) => {
  expect(await faultsAfter(act)).toContain(expected);
});

test("a directory where a file should be is a fault, not a stack", async () => {
  const faults = await faultsAfter(async (copy) => {
    await rm(copy.path("sources.yaml"));
    await mkdir(copy.path("sources.yaml"));
  });
  expect(faults).toEqual(["sources.yaml:1 The file is a directory"]);
});

test("a named pipe does not make it wait", async () => {
  const faults = await faultsAfter(async (copy) => {
    await rm(copy.path("sources.yaml"));
    await promisify(execFile)("mkfifo", [copy.path("sources.yaml")]);
  });
  expect(faults).toEqual(["sources.yaml:1 The file is not an ordinary file"]);
});

test("a file that may not be read is a fault with a next step", async () => {
  const copy = await scratch("ballycastle-2025");
  await chmod(copy.path("themes.yaml"), 0);
  const { faults } = await loadDataset(copy.folder);
  // The superuser may read everything.
  if (process.getuid?.() === 0) expect(faults).toEqual([]);
  else
    expect(faults.map(formatFault).join()).toContain(
      "The file may not be read. Give this user the right to read it.",
    );
});

test("broken YAML tells all of its errors with their lines, and the other files theirs", async () => {
  const faults = await faultsAfter(async (copy) => {
    await copy.write("themes.yaml", '- { code: a, en: "A }\n');
    await copy.edit("measures.yaml", "unit: km }", "unit: km } x");
    await copy.edit("knockdoon.yaml", "modality: position", "modality: wish");
  });
  expect(faults).toContainEqual(expect.stringMatching(/^themes\.yaml:\d+ This is not valid YAML: /u));
  expect(faults).toContainEqual(expect.stringMatching(/^measures\.yaml:2 This is not valid YAML: /u));
  expect(faults).toContainEqual(
    expect.stringMatching(/^knockdoon\.yaml:32 commitments\[2\]\.modality has a value/u),
  );
  // What a broken file may have had is not called missing.
  expect(faults.filter((fault) => fault.includes("There is no"))).toEqual([]);
});

test("a bomb of aliases and a tower of brackets are refused", async () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [name = "", before = ""] of ["ba", "cb", "dc", "ed", "fe"])
    bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
  expect(await faultsAfter((copy) => copy.write("themes.yaml", bomb.join("\n")))).toContainEqual(
    expect.stringMatching(/^themes\.yaml:1 The file uses YAML aliases/u),
  );
  for (const tower of ["[".repeat(4_000_000), "{a: ".repeat(1_000_000), "- ".repeat(2_000_000)]) {
    expect(await faultsAfter((copy) => copy.write("themes.yaml", tower))).toEqual([
      "themes.yaml:1 The file is nested too deeply",
    ]);
  }
});

test("control characters of a file never reach the terminal", async () => {
  const copy = await scratch("ballycastle-2025");
  await copy.edit("harbour.yaml", "theme: coast", 'theme: coast\n    "\\e[31m\\nred": 1');
  const { faults } = await loadDataset(copy.folder);
  expect(faults.length).toBeGreaterThan(0);
  expect(faults.map(formatFault).join("")).not.toMatch(/\p{Cc}/u);
});

test("a folder that is missing or a file is a fault of the folder", async () => {
  const copy = await scratch("ballycastle-2025");
  const missing = await loadDataset(`${copy.folder}-not`);
  expect(missing.faults.map(({ what }) => what)).toEqual(["The folder is missing"]);
  const file = await loadDataset(copy.path("dataset.yaml"));
  expect(file.faults.map(({ what }) => what)).toEqual(["This is a file, not a folder"]);
});

test("a dataset is opened by its id or its path; a wrong id gets the nearest", async () => {
  const folder = fixture("");
  expect(await listDatasets(folder)).toEqual(["ballycastle-2025", "lanting-2026"]);
  expect(await listDatasets(`${folder}nowhere`)).toEqual([]);
  expect((await openDataset(folder, "lanting-2026")).dataset?.id).toBe("lanting-2026");
  expect((await openDataset("nowhere", fixture("lanting-2026"))).dataset?.id).toBe("lanting-2026");
  const [fault] = (await openDataset(folder, "lanting-2025")).faults;
  expect(fault?.what).toBe('There is no dataset "lanting-2025"');
  expect(fault?.fix).toMatch(/^Did you mean lanting-2026\? Available: ballycastle-2025, lanting-2026\./u);
});
