import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Lang } from "../core/lang.ts";
import { openStore, type StorePlace } from "../store/open.ts";
import { StoreError } from "../store/store.ts";
import { answerBackup, explain, held, told } from "./backup.ts";
import { languageOf } from "./desk.ts";
import { options, type Flags } from "./flags.ts";
import { say } from "./print.ts";
import { askSocket, isServed } from "./socket.ts";
import { SocketError, type BackupRequest, type SocketResponse } from "./socket-protocol.ts";
import { Stop, type Exit } from "./stop.ts";

/** Where the store lies, and the language that its verbs answer in; null: English. */
export interface StoreSetting extends StorePlace {
  readonly lang: Lang | null;
}

const LANG: Flags = { lang: { type: "string" } };
const BACKUP_FLAGS: Flags = { ...LANG, restore: { type: "string" }, force: { type: "boolean" } };

/** Where the Qushi that uses a folder listens. */
export function socketPath(dir: string): string {
  return join(dir, "qushi.sock");
}

/** `backup FILE`, `backup --restore FILE [--force]`. Throws Stop. */
export async function backup(rest: readonly string[], configured: StoreSetting): Promise<Exit> {
  const { values, words } = options(rest, BACKUP_FLAGS, 1);
  const setting = spokenIn(values["lang"], configured);
  const [file] = words;
  const from = values["restore"];
  if (from !== undefined) {
    if (file !== undefined)
      throw new Stop(2, `One word too many: “${file}”; write qushi backup --restore FILE`);
    return restoreFrom(from, values["force"] !== undefined, setting);
  }
  if (values["force"] !== undefined) throw new Stop(2, "--force goes with --restore only");
  if (file === undefined)
    throw new Stop(
      2,
      "Which file? For example: qushi backup qushi-backup.db, or qushi backup --restore FILE",
    );
  return backupTo(file, setting);
}

/** `migrate`: brings the store up to this program. Throws Stop. */
export async function migrate(rest: readonly string[], configured: StoreSetting): Promise<Exit> {
  const setting = spokenIn(options(rest, LANG, 0).values["lang"], configured);
  const { lang, databaseUrl } = setting;
  await refuseServed(setting);
  await within(setting, 3, async () => (await openStore(setting)).close());
  const where = databaseUrl === null ? storeFile(setting) : "PostgreSQL";
  say(told(lang, `${where} 已是这个版本的格式。`, `${where} is as this version needs it.`));
  return 0;
}

function spokenIn(given: string | undefined, { dir, databaseUrl, lang }: StoreSetting): StoreSetting {
  return { dir, databaseUrl, lang: languageOf(given) ?? lang };
}

/** The one that runs holds the file for itself alone, so it is asked to copy it; a server can be asked beside it. */
async function backupTo(file: string, setting: StoreSetting): Promise<Exit> {
  const { lang, dir, databaseUrl } = setting;
  const request = { backup: resolve(file), lang };
  if (databaseUrl !== null) {
    return show(await copied(request, setting));
  }
  const answered = await asked(lang, () => askSocket(socketPath(dir), request));
  if (answered !== null) return show(answered);
  if (!(await exists(storeFile(setting)))) {
    const where = storeFile(setting);
    throw new Stop(
      2,
      told(
        lang,
        `没有可备份的内容：${where} 不存在；用 QUSHI_DIR 指定区势的文件夹。`,
        `There is nothing to back up: ${where} does not exist; name Qushi's folder by QUSHI_DIR.`,
      ),
    );
  }
  return show(await copied(request, setting));
}

/** Opens the store for a backup alone. */
async function copied(request: BackupRequest, setting: StoreSetting): Promise<SocketResponse> {
  const store = await within(setting, 3, () => openStore(setting));
  try {
    return await answerBackup(request, (path) => store.backup(path));
  } finally {
    await store.close();
  }
}

async function restoreFrom(file: string, force: boolean, setting: StoreSetting): Promise<Exit> {
  const { lang, databaseUrl } = setting;
  if (databaseUrl === null && resolve(file) === storeFile(setting)) {
    const what = told(lang, "是存储本身，不是备份。", "is the store itself, no backup.");
    throw new Stop(2, `${file} ${what}`);
  }
  if (!(await exists(file)))
    throw new Stop(2, told(lang, `没有 ${file} 这个文件。`, `There is no file ${file}.`));
  await refuseServed(setting);
  const { restore } = await import("../store/backup.ts");
  const into = databaseUrl === null ? { file: storeFile(setting) } : { url: databaseUrl };
  await within(setting, 2, () => restore(file, into, { force }));
  say(
    told(
      lang,
      `已从 ${file} 恢复。现在可以启动：qushi start`,
      `Restored from ${file}. It can be started now: qushi start`,
    ),
  );
  return 0;
}

/** Throws Stop "busy" where a Qushi runs in the folder: it would go on with what it remembers. */
async function refuseServed({ dir, lang }: StoreSetting): Promise<void> {
  if (await asked(lang, () => isServed(socketPath(dir)))) throw new Stop(4, held(lang));
}

/** Does something with the store; its errors become the way out. */
async function within<Result>(
  { lang }: StoreSetting,
  unusable: Exit,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const { exit, text } = explain(error, lang, unusable);
    throw new Stop(exit, text);
  }
}

/** Asks the Qushi that runs; that it cannot be asked becomes the way out. */
async function asked<Result>(lang: Lang | null, ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    const busy = told(
      lang,
      "区势正忙，没有接上；过一会儿再运行一次。",
      "Qushi is too busy to answer; run this again in a moment.",
    );
    throw error.code === "busy" ? new Stop(4, busy) : new Stop(1, error.message);
  }
}

function show({ out, err, exit }: SocketResponse): Exit {
  process.stdout.write(out);
  process.stderr.write(err);
  return exit === 0 || exit === 2 || exit === 3 || exit === 4 ? exit : 1;
}

function storeFile({ dir }: StoreSetting): string {
  return resolve(dir, "qushi.db");
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
