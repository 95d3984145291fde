import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { emptyFolder, qushi, running } from "../support/command-line.ts";

/** Each command is a process of its own. */
vi.setConfig({ testTimeout: 60_000 });

const LANTING = fileURLToPath(new URL("../fixtures/datasets/lanting-2026", import.meta.url));
const TABLE = `id,value,as_of,source,level
LT-004,8.2 EFLOPS,2026-06-30,https://example.org/a,E3
LT-001,1200个,2026-06-30,annual report,E1
LT-099,3,2026-06-30,x,E1
LT-004,,2026-07-31,,E3
`;
const line = z.object({ seq: z.int(), commitmentId: z.string(), type: z.string(), actorKey: z.string() });

test("a table of readings is rehearsed, recorded, and taken once however often it comes", async () => {
  const cwd = emptyFolder();
  const env = { QUSHI_DATASET: LANTING };
  writeFileSync(join(cwd, "readings.csv"), TABLE);
  const rehearsed = await qushi(["import", "readings.csv"], { cwd, env });
  expect(rehearsed.code).toBe(2);
  expect(rehearsed.out).toContain(
    "2 would be recorded, 0 imported before, 2 with a fault. Nothing was written",
  );
  expect(rehearsed.err).toMatch(/readings\.csv:5: value is empty/);
  expect(rehearsed.err).toMatch(/readings\.csv:4: There is no LT-099/);
  expect(await qushi(["export", "ledger"], { cwd, env })).toEqual({ code: 0, out: "", err: "" });

  const written = await qushi(["import", "readings.csv", "--write"], { cwd, env });
  expect(written.out).toContain("2 recorded, 0 imported before, 2 with a fault.");
  // Once more, and through the Qushi that runs by now.
  const runs = await running(cwd, env);
  const again = await qushi(["import", "readings.csv", "--write", "--lang", "zh"], { cwd, env });
  expect(again.out).toContain("0 recorded, 2 imported before, 2 with a fault.");
  const rehearsedAgain = await qushi(["import", "readings.csv"], { cwd, env });
  expect(rehearsedAgain.out).toContain("0 would be recorded, 2 imported before, 2 with a fault.");
  const exported = await qushi(["export", "ledger"], { cwd, env });
  expect(
    exported.out
      .trim()
      .split("\n")
      .map((text) => line.parse(JSON.parse(text))),
  ).toEqual([
    { seq: 1, commitmentId: "LT-004", type: "reading", actorKey: "P-1" },
    { seq: 2, commitmentId: "LT-001", type: "reading", actorKey: "P-1" },
  ]);
  expect(await runs.stop()).toBe(0);
});

test("what never happened stays out of a real record", async () => {
  const cwd = emptyFolder();
  const reading = 'reading GM-001 "8 EFLOPS" as-of:2026-06-30 level:E3';
  for (const args of [
    ["--now", "2026-07-02"],
    ["--user", "wang:tracker", "--store", join(cwd, "x.db")],
  ]) {
    const refused = await qushi(["ask", reading, ...args], { cwd });
    expect(refused).toMatchObject({ code: 2, out: "", err: expect.stringContaining(":memory:") as unknown });
  }
});
