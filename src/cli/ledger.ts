import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { ledgerLines } from "../store/ledger-lines.ts";
import { openStore } from "../store/open.ts";
import { openSqlite } from "../store/sqlite.ts";
import type { Store } from "../store/store.ts";
import { configuration } from "./desk.ts";
import { askSocket } from "./socket.ts";
import { Stop, type Exit } from "./stop.ts";

/** `export ledger`: the record as JSON lines, people as keys. Throws Stop. */
export async function exportLedger(named: string | undefined): Promise<Exit> {
  const folder = await mkdtemp(join(tmpdir(), "qushi-ledger-"));
  try {
    const store = await storeToRead(named, configuration(), join(folder, "copy.db"));
    try {
      for await (const line of ledgerLines(store)) process.stdout.write(`${line}\n`);
    } finally {
      await store.close();
    }
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The store; where the Qushi that runs has it to itself, a copy that it makes. */
async function storeToRead(named: string | undefined, config: Config, copy: string): Promise<Store> {
  if (named !== undefined) return openSqlite({ file: named });
  if (config.databaseUrl !== null) return openStore(config);
  const copied = await askSocket(join(config.dir, "qushi.sock"), { backup: copy, lang: config.lang });
  if (copied === null) {
    if (!existsSync(join(config.dir, "qushi.db")))
      throw new Stop(2, `Nothing has been recorded in ${config.dir} yet.`);
    return openStore(config);
  }
  if (copied.exit !== 0) throw new Stop(1, copied.err.trimEnd());
  return openSqlite({ file: copy });
}
