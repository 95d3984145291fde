import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../config.ts";
import { openStore } from "../store/open.ts";
import { openSqlite } from "../store/sqlite.ts";
import type { Store } from "../store/store.ts";
import { askSocket } from "./socket.ts";
import { Stop } from "./stop.ts";

/**
 * Reads what is remembered: from a named store, else the environment's; where the Qushi that runs has it to itself, from
 * a copy that it makes; where there is none, from an empty one.
 */
export async function readStore<Result>(
  named: string | undefined,
  config: Config,
  read: (store: Store) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "qushi-copy-"));
  try {
    const store = await open(named, config, join(folder, "copy.db"));
    try {
      return await read(store);
    } finally {
      await store.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function open(named: string | undefined, config: Config, copy: string): Promise<Store> {
  if (named !== undefined) return openSqlite({ file: named });
  if (config.databaseUrl !== null) return openStore(config);
  const copied = await askSocket(join(config.dir, "qushi.sock"), { backup: copy, lang: config.lang });
  if (copied !== null) {
    if (copied.exit !== 0) throw new Stop(1, copied.err.trimEnd());
    return openSqlite({ file: copy });
  }
  return existsSync(join(config.dir, "qushi.db")) ? openStore(config) : openSqlite({ file: ":memory:" });
}
