import { formatAddress } from "../core/place.ts";
import type { LedgerEntry, Store } from "./store.ts";

const PAGE = 1_000;

/**
 * The ledger as JSON lines, in order, without line ends; times in UTC. People are keys, also where a line came in by
 * direct message: who they are stands in the store alone.
 */
export async function* ledgerLines({ ledger }: Pick<Store, "ledger">): AsyncGenerator<string> {
  for (let last = 0; ;) {
    const page = await ledger(last, PAGE);
    for (const entry of page) {
      last = entry.seq;
      yield lineOf(entry);
    }
    if (page.length < PAGE) return;
  }
}

function lineOf({ seq, id, commitmentId, actorKey, at, effectiveOn, from, type, data }: LedgerEntry): string {
  const { address, message } = from;
  const place = { place: formatAddress(address), thread: address.thread, message };
  return JSON.stringify({ seq, id, commitmentId, type, actorKey, at, effectiveOn, data, from: place });
}
