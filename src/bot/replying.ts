import type { Entry } from "../core/record.ts";
import type { Message } from "../message/message.ts";
import type { Inbound, Reply, Shown } from "../platform/platform.ts";
import type { Answer } from "./answer.ts";
import type { Room } from "./room.ts";

type Answerable = Extract<Inbound, { readonly reply: Reply }>;

/** Where an entry comes from that what came in records. */
export function sourceOf({ place, address, ref }: Answerable): Entry["from"] {
  // A channel of direct messages would say who it is for as long as the record is kept.
  return { address: "person" in place.to ? place : address, message: ref?.id ?? null };
}

/** Gives an answer whose changes are written. Whoever waits for one that cannot be delivered can ask again. */
export async function replyTo(
  { log, onWritten, platform }: Room,
  inbound: Answerable,
  answered: Answer,
  message: Message,
  how: Shown,
): Promise<void> {
  const via = inbound.type === "command" ? inbound.via : inbound.type;
  if (answered.failure !== null)
    log.error("a line failed", { platform: platform.name, failure: answered.failure });
  if (answered.result?.change !== undefined || answered.result?.decide !== undefined) onWritten();
  try {
    await inbound.reply(message, how);
  } catch (error) {
    log.error("a reply failed", { platform: platform.name, via, reason: String(error) });
  }
}
