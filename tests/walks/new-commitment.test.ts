import { readFile, readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { expect, test, vi } from "vitest";
import { newCommitment } from "../../src/cli/new.ts";
import { qushi } from "../support/command-line.ts";
import { scratch, type Scratch } from "../unit/dataset/scratch.ts";

// Each command is a process of its own; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** Runs the command on a copy of a dataset. */
function on(copy: Scratch, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return qushi(args, {
    cwd: dirname(copy.folder),
    env: { QUSHI_DATASET: "./lanting-2026", ...env },
  });
}

test("a new commitment stands at the end of its district's file, and check tells what to fill in", async () => {
  const copy = await scratch("lanting-2026");
  const before = await readFile(copy.path("lanting.yaml"), "utf8");
  const { code, out, err } = await on(copy, ["new", "LT"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const [, line] = /LT-010 was added at lanting-2026\/lanting\.yaml:(\d+)/u.exec(out) ?? [];
  expect(out).toContain("qushi check ./lanting-2026");
  const after = await readFile(copy.path("lanting.yaml"), "utf8");
  const item = after.split("\n").slice(Number(line) - 1);
  expect(item.slice(0, 2)).toEqual(["  - id: LT-010", "    title:"]);
  const end = item.findIndex((row, at) => at > 0 && !/^ {4}/u.test(row));
  const added = `\n${item.slice(0, end).join("\n")}\n`;
  expect(after.replace(added, "")).toBe(before);

  const checked = await on(copy, ["check", "./lanting-2026"]);
  expect(checked.code).toBe(2);
  const faulty = checked.err.match(/lanting\.yaml:(\d+)/gu) ?? [];
  expect(faulty.length).toBe(item.slice(0, end).filter((row) => /^ +\w+: #/u.test(row)).length);
  expect((await on(copy, ["ask", "LT-001"])).code).toBe(3);
});

test("a second one never takes the place of the first, and the answer is in the language that is known", async () => {
  const copy = await scratch("lanting-2026");
  await on(copy, ["new", "lt"]);
  const first = await readFile(copy.path("lanting.yaml"), "utf8");
  const { out } = await on(copy, ["new", "LT"], { QUSHI_LANG: "zh" });
  expect(out).toMatch(/LT-011 已加在 .*lanting\.yaml:\d+/u);
  const second = await readFile(copy.path("lanting.yaml"), "utf8");
  expect(second.match(/- id: LT-01[01]\n/gu)).toEqual(["- id: LT-010\n", "- id: LT-011\n"]);
  expect(second.length).toBeGreaterThan(first.length);
});

test("an unknown district is refused with the nearest ones, and nothing is written", async () => {
  const copy = await scratch("lanting-2026");
  const names = await readdir(copy.folder);
  const before = await Promise.all(names.map((name) => readFile(copy.path(name), "utf8")));
  const { code, out, err } = await on(copy, ["new", "LX"]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(/There is no district "LX"\. Did you mean LT\? Known: LT, QH, YB\./u);
  const setting = { dataset: copy.folder, lang: null };
  for (const [words, message] of [
    [["澜亭"], /Did you mean LT\?/u],
    [["zzzzzz"], /Known: LT, QH, YB\./u],
    [[], /qushi new GM/u],
  ] as const) {
    const told = { exit: 2, message: expect.stringMatching(message) as unknown };
    await expect(newCommitment(words, setting)).rejects.toMatchObject(told);
  }
  expect(await readdir(copy.folder)).toEqual(names);
  expect(await Promise.all(names.map((name) => readFile(copy.path(name), "utf8")))).toEqual(before);
});

test("a file that has no list to add to is left, and the text is given to put there", async () => {
  const copy = await scratch("lanting-2026");
  const text = await readFile(copy.path("yunbo.yaml"), "utf8");
  const flow = `${text.slice(0, text.indexOf("commitments:"))}commitments: [{ id: YB-001 }]\n`;
  await copy.write("yunbo.yaml", flow);
  const { code, out, err } = await on(copy, ["new", "YB"]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(/Put this there yourself:\n {2}- id: YB-\d{3}\n/u);
  expect(await readFile(copy.path("yunbo.yaml"), "utf8")).toBe(flow);
});
