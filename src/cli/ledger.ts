import { ledgerLines } from "../store/ledger-lines.ts";
import { configuration } from "./desk.ts";
import { readStore } from "./reading.ts";
import type { Exit } from "./stop.ts";

/** `export ledger`: the record as JSON lines, people as keys; nothing where nothing was recorded. Throws Stop. */
export async function exportLedger(named: string | undefined): Promise<Exit> {
  await readStore(named, configuration(), async (store) => {
    for await (const line of ledgerLines(store)) process.stdout.write(`${line}\n`);
  });
  return 0;
}
