import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { emptyFolder, qushi, running } from "../support/command-line.ts";

/** Each line is a process of its own. */
vi.setConfig({ testTimeout: 60_000 });

test("while Qushi runs, a line of the command line is its own; killed at once, it has lost nothing", async () => {
  const cwd = emptyFolder();
  const first = await running(cwd);
  const set = await qushi(["ask", "digest set monday 9:07 empty:say"], { cwd });
  expect(set).toMatchObject({ code: 0, err: "" });
  expect(set.out).toContain("Saved: S-1 digest, Mondays at 09:07");
  expect(await qushi(["start"], { cwd })).toMatchObject({ code: 4, out: "" });
  await first.kill();
  const second = await running(cwd);
  const rules = await qushi(["ask", "订阅"], { cwd });
  expect(rules.out).toContain("S-1 周报，每周一 09:07");
  expect(await second.stop()).toBe(0);
});

test("without a Qushi that runs, a line takes the store itself; a question makes none", async () => {
  const cwd = emptyFolder();
  expect(await qushi(["ask", "gm1"], { cwd })).toMatchObject({ code: 0 });
  const set = await qushi(["digest", "set", "weekdays", "8:35"], { cwd });
  expect(set.out).toContain("weekdays at 08:35");
  const now = await qushi(["ask", "digest now"], { cwd });
  expect(now).toMatchObject({ code: 0, err: expect.stringContaining("not running here") as unknown });
  expect((await qushi(["ask", "admin outbox"], { cwd })).out).toContain("waiting `S-1.");
});

test("another time, user or store is never the running Qushi's business", async () => {
  const cwd = emptyFolder();
  const other = join(cwd, "other.db");
  const refused = await qushi(["ask", "digest set monday 9:07", "--now", "2027-01-01"], { cwd });
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("--store") as unknown });
  const viewer = await qushi(["ask", "admin outbox", "--user", "wang:viewer"], { cwd });
  expect(viewer).toMatchObject({ code: 2, out: expect.stringContaining("needs_role") as unknown });
  const set = ["ask", "digest set monday 9:07", "--now", "2027-01-01T00:00:00Z", "--store", other];
  expect((await qushi(set, { cwd })).out).toContain("Next: Mon 4 Jan 2027");
  await writeFile(join(cwd, "text.db"), "this is no database, and long enough to be read as one".repeat(30));
  const broken = await qushi(["ask", "subscribe", "--store", join(cwd, "text.db")], { cwd });
  expect(broken.code).toBe(3);
  expect(broken.err).toMatch(/is no database of Qushi.*Move it away/);
});
