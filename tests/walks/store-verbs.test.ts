import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { backup, migrate, type StoreSetting } from "../../src/cli/store.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { emptyFolder, qushi, running } from "../support/command-line.ts";
import { MONDAY, entry } from "../support/store-samples.ts";
import { sharedPostgres, stores } from "../support/stores.ts";

// Each command is a process of its own; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** A folder of Qushi with one entry in its ledger. */
async function filled(): Promise<string> {
  const cwd = emptyFolder();
  const store = await openSqlite({ file: join(cwd, "var", "qushi.db") });
  await store.commit({ at: MONDAY, ledger: [entry("e1")] });
  await store.close();
  return cwd;
}

function settingOf(cwd: string, databaseUrl: string | null = null): StoreSetting {
  return { dir: join(cwd, "var"), databaseUrl, lang: null };
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
  expect(await qushi(["backup", "copy.db"], { cwd })).toEqual({
    code: 0,
    out: `Backed up to ${copy}\n`,
    err: "",
  });
  expect((await stat(copy)).mode & 0o777).toBe(0o600);
  const other = emptyFolder();
  const restored = await qushi(["backup", "--restore", copy, "--lang", "zh"], { cwd: other });
  expect(restored).toMatchObject({ code: 0, err: "" });
  expect(restored.out).toContain(`已从 ${copy} 恢复`);
  expect(await ledgerOf(join(other, "var", "qushi.db"))).toEqual(["e1"]);
});

test("while Qushi runs, it makes the backup itself; what would take its store is refused with the way out", async () => {
  const cwd = await filled();
  const qushiRuns = await running(cwd);
  expect(await qushi(["backup", "copy.db"], { cwd })).toMatchObject({ code: 0, err: "" });
  expect(await qushi(["backup", "copy.db"], { cwd })).toMatchObject({
    code: 2,
    out: "",
    err: expect.stringContaining("copy.db is there already. Name another file") as unknown,
  });
  const busy = {
    exit: 4,
    message:
      "Another Qushi is using this store: stop it and run this again, or name another folder by QUSHI_DIR.",
  };
  const again = backup(["--restore", join(cwd, "copy.db"), "--force"], settingOf(cwd));
  await expect(again).rejects.toMatchObject(busy);
  await expect(migrate([], settingOf(cwd))).rejects.toMatchObject(busy);
  expect(await qushi(["migrate"], { cwd, env: { QUSHI_LANG: "zh" } })).toMatchObject({
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
  const busy = { exit: 4, message: expect.stringContaining("stop it and run this again") as unknown };
  await expect(backup([join(cwd, "copy.db")], settingOf(cwd))).rejects.toMatchObject(busy);
  await expect(migrate([], settingOf(cwd))).rejects.toMatchObject(busy);
  expect(await readdir(cwd)).toEqual(["var"]);
});

test("a store that is not empty is replaced by --force only", async () => {
  const cwd = await filled();
  const [db, copy] = [join(cwd, "var", "qushi.db"), join(cwd, "copy.db")];
  const store = await openSqlite({ file: db });
  await store.backup(copy);
  await store.commit({ at: MONDAY, ledger: [entry("e2")] });
  await store.close();
  const refused = { exit: 2, message: expect.stringContaining("--force") as unknown };
  await expect(backup(["--restore", copy], settingOf(cwd))).rejects.toMatchObject(refused);
  expect(await ledgerOf(db)).toEqual(["e1", "e2"]);
  expect(await qushi(["backup", "--restore", "copy.db", "--force"], { cwd })).toMatchObject({ code: 0 });
  expect(await ledgerOf(db)).toEqual(["e1"]);
});

test("what cannot be done is told with the next step, and nothing is made", async () => {
  const cwd = emptyFolder();
  await writeFile(join(cwd, "notes"), "notes");
  const setting = settingOf(cwd);
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

describe.runIf(stores.some(({ name }) => name === "postgres"))("on PostgreSQL", () => {
  test("migrates, takes a backup while another uses it, and brings back one of SQLite", async () => {
    const url = await (await sharedPostgres()).createDatabase();
    const cwd = await filled();
    const store = await openSqlite({ file: join(cwd, "var", "qushi.db") });
    await store.backup(join(cwd, "sqlite.db"));
    await store.close();
    const server = { DATABASE_URL: url };
    const migrated = await qushi(["migrate"], { cwd, env: server });
    expect(migrated).toEqual({ code: 0, out: "PostgreSQL is as this version needs it.\n", err: "" });
    expect(await qushi(["backup", "--restore", "sqlite.db"], { cwd, env: server })).toMatchObject({
      code: 0,
    });
    await running(cwd, server);
    expect(await qushi(["backup", "postgres.db"], { cwd, env: server })).toMatchObject({ code: 0, err: "" });
    expect(await ledgerOf(join(cwd, "postgres.db"))).toEqual(["e1"]);
    const again = backup(["--restore", join(cwd, "postgres.db"), "--force"], settingOf(cwd, url));
    await expect(again).rejects.toMatchObject({ exit: 4 });
  });

  test("that is not there is a fault with its way out, and the password is not printed", async () => {
    const url = "postgres://qushi:wordly@127.0.0.1:9/qushi";
    const { code, err } = await qushi(["backup", "x.db"], { env: { DATABASE_URL: url } });
    expect(code).toBe(1);
    expect(err).toContain("DATABASE_URL");
    expect(err).not.toContain("wordly");
  });
});

test("a Qushi that cannot be reached by the command line ends in order, and says why", async () => {
  const cwd = await filled();
  await writeFile(join(cwd, "var", "qushi.sock"), "in the way");
  const { code, out, err } = await qushi(["start"], { cwd, env: { QUSHI_LANG: "en" } });
  expect({ code, out }).toEqual({ code: 1, out: "" });
  expect(err).toMatch(/qushi\.sock is there and is no socket; move it away/);
  expect(await ledgerOf(join(cwd, "var", "qushi.db"))).toEqual(["e1"]);
});
