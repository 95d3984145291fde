import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { backup, migrate } from "../../src/cli/store.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { emptyFolder, qushi, running } from "../support/command-line.ts";
import { MONDAY, entry } from "../support/store-samples.ts";
import { sharedPostgres, stores } from "../support/stores.ts";

/** A folder of Qushi with one entry in its ledger. */
async function filled(): Promise<string> {
  const cwd = emptyFolder();
  const store = await openSqlite({ file: join(cwd, "var", "qushi.db") });
  await store.commit({ at: MONDAY, ledger: [entry("e1")] });
  await store.close();
  return cwd;
}

/** Ids in the ledger of a store, or of a backup. */
async function ledgerOf(file: string): Promise<readonly string[]> {
  const store = await openSqlite({ file });
  try {
    return (await store.ledger(0, 9)).map(({ id }) => id);
  } finally {
    await store.close();
  }
}

test("a backup is taken and brought back by the command line", async () => {
  const cwd = await filled();
  const copy = join(cwd, "copy.db");
  expect(await qushi(["backup", "copy.db"], cwd)).toEqual({
    code: 0,
    out: `Backed up to ${copy}\n`,
    err: "",
  });
  expect((await stat(copy)).mode & 0o777).toBe(0o600);
  const other = emptyFolder();
  const restored = await qushi(["backup", "--restore", copy, "--lang", "zh"], other);
  expect(restored).toMatchObject({ code: 0, err: "" });
  expect(restored.out).toContain(`已从 ${copy} 恢复`);
  expect(await ledgerOf(join(other, "var", "qushi.db"))).toEqual(["e1"]);
});

test("while Qushi runs, it makes the backup itself; what would take its store is refused with the way out", async () => {
  const cwd = await filled();
  const qushiRuns = await running(cwd);
  expect(await qushi(["backup", "copy.db"], cwd)).toMatchObject({ code: 0, err: "" });
  expect(await qushi(["backup", "copy.db"], cwd)).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringContaining("copy.db is there already. Name another file") as unknown,
  });
  for (const args of [["backup", "--restore", "copy.db", "--force"], ["migrate"]]) {
    expect(await qushi(args, cwd)).toMatchObject({
      code: 4,
      out: "",
      err: "Another Qushi is using this store: stop it and run this again, or name another folder by QUSHI_DIR.\n",
    });
  }
  expect(await qushi(["migrate"], cwd, { QUSHI_LANG: "zh" })).toMatchObject({
    code: 4,
    err: "另一个区势正在使用这个存储：先停下它再运行一次，或用 QUSHI_DIR 指定另一个文件夹。\n",
  });
  expect(await qushiRuns.stop()).toBe(0);
  expect(await ledgerOf(join(cwd, "copy.db"))).toEqual(["e1"]);
  expect(await readdir(cwd)).toEqual(["copy.db", "var"]);
});

test("a store that something else holds, which cannot be asked, is busy", async () => {
  const cwd = await filled();
  const holder = await openSqlite({ file: join(cwd, "var", "qushi.db") });
  onTestFinished(() => holder.close());
  for (const args of [["backup", "copy.db"], ["migrate"]]) {
    const { code, out, err } = await qushi(args, cwd);
    expect({ args, code, out }).toEqual({ args, code: 4, out: "" });
    expect(err).toContain("stop it and run this again");
  }
  expect(await readdir(cwd)).toEqual(["var"]);
});

test("a store that is not empty is replaced by --force only", async () => {
  const [from, into] = [await filled(), await filled()];
  const db = join(into, "var", "qushi.db");
  await qushi(["backup", join(into, "copy.db")], from);
  const store = await openSqlite({ file: db });
  await store.commit({ at: MONDAY, ledger: [entry("e2")] });
  await store.close();
  const refused = await qushi(["backup", "--restore", "copy.db"], into);
  expect(refused).toMatchObject({ code: 2, out: "" });
  expect(refused.err).toContain("--force");
  expect(await ledgerOf(db)).toEqual(["e1", "e2"]);
  expect(await qushi(["backup", "--restore", "copy.db", "--force"], into)).toMatchObject({ code: 0 });
  expect(await ledgerOf(db)).toEqual(["e1"]);
});

test("what cannot be done is told with the next step, and nothing is made", async () => {
  const cwd = emptyFolder();
  await writeFile(join(cwd, "notes"), "notes");
  const setting = { dir: join(cwd, "var"), databaseUrl: null, lang: null };
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /qushi backup qushi-backup\.db/],
    [["copy.db"], /nothing to back up.*QUSHI_DIR/],
    [["a", "b"], /“b”/],
    [["a", "--restore", "b"], /“a”.*--restore FILE/],
    [["a", "--force"], /--restore only/],
    [["--restore", "none.db"], /no file none\.db/],
    [["--restore", join(cwd, "notes")], /no backup of Qushi.*`qushi backup`/],
    [["--restore", join(cwd, "var", "qushi.db")], /the store itself/],
    [["a", "--lang", "fr"], /zh or en/],
  ];
  for (const [args, words] of wrong) {
    const told = { name: "Error", exit: 2, message: expect.stringMatching(words) as unknown };
    await expect(backup(args, setting), args.join(" ")).rejects.toMatchObject(told);
  }
  await expect(migrate(["now"], setting)).rejects.toMatchObject({ exit: 2 });
  expect(await readdir(cwd)).toEqual(["notes"]);
  expect(await readFile(join(cwd, "notes"), "utf8")).toBe("notes");
});

describe.runIf(stores.some(({ name }) => name === "postgres"))("on PostgreSQL", { timeout: 60_000 }, () => {
  test("migrates, takes a backup while another uses it, and brings back one of SQLite", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const cwd = await filled();
    await qushi(["backup", "sqlite.db"], cwd);
    const server = { DATABASE_URL: url };
    const migrated = await qushi(["migrate"], cwd, server);
    expect(migrated).toEqual({ code: 0, out: "PostgreSQL is as this version needs it.\n", err: "" });
    expect(await qushi(["backup", "--restore", "sqlite.db"], cwd, server)).toMatchObject({ code: 0 });
    await running(cwd, server);
    expect(await qushi(["backup", "postgres.db"], cwd, server)).toMatchObject({ code: 0, err: "" });
    expect(await ledgerOf(join(cwd, "postgres.db"))).toEqual(["e1"]);
    expect(await qushi(["backup", "--restore", "postgres.db", "--force"], cwd, server)).toMatchObject({
      code: 4,
    });
  });

  test("that is not there is a fault with its way out, and the password is not printed", async () => {
    const url = "postgres://qushi:wordly@127.0.0.1:9/qushi";
    const { code, err } = await qushi(["backup", "x.db"], emptyFolder(), { DATABASE_URL: url });
    expect(code).toBe(1);
    expect(err).toContain("DATABASE_URL");
    expect(err).not.toContain("wordly");
  });
});
