import { records } from "../commands/grammar.ts";
import type { Message } from "../message/message.ts";
import type { Inbound, OnInbound, Platform } from "../platform/platform.ts";
import type { Store } from "../store/store.ts";
import { withoutFiles } from "../views/export.ts";
import { withShare } from "../views/share.ts";
import type { Answer } from "./answer.ts";
import type { Desk } from "./desk.ts";
import { perform } from "./perform.ts";

/** A question older than this arrives after an outage; answering it now would only startle. What records is taken. */
const STALE_MS = 10 * 60_000;

/** What is worth a line in the log; never what people wrote. */
export interface HandleLog {
  info(what: string, fields: Readonly<Record<string, string | number>>): void;
  error(what: string, fields: Readonly<Record<string, string | number>>): void;
}

/** The one door for everything that comes in from a platform. */
export function createHandle(options: {
  readonly desk: Desk;
  readonly store: Store;
  readonly clock: () => Date;
  readonly log: HandleLog;
  /** Called when something was written that may have to be sent. */
  readonly onWritten: () => void;
}): (platform: Platform) => OnInbound {
  const { desk, store, clock, log, onWritten } = options;
  return (platform) => async (inbound) => {
    const { line, actor, place, via } = inbound;
    const now = clock();
    const isLate = isRedelivered(inbound) && now.getTime() - inbound.at.getTime() > STALE_MS;
    if (isLate && !records(line, desk.commands)) {
      log.info("dropped a late question", { platform: platform.name, via });
      return;
    }
    // What was typed while the platform was away is recorded with its own time.
    const at = isLate ? inbound.at : now;
    // A channel of direct messages would say who it is for as long as the record is kept.
    const address = "person" in place.to ? place : inbound.address;
    const from = { address, message: inbound.ref?.id ?? null };
    // What one person asked for privately stays private until they share it.
    const asksPrivately = via === "slash" || via === "click";
    const door = { id: inbound.id, isRedelivered: isRedelivered(inbound), isPrivate: asksPrivately };
    const asking = { line, actor, place, at, isLate, from, role: null, lang: null };
    const answered = await perform(desk, store, asking, door);
    if (answered === null) return;
    if (answered.failure !== null)
      log.error("a line failed", { platform: platform.name, failure: answered.failure });
    const audience = asksPrivately && !answered.share ? "caller" : "channel";
    if (answered.result?.change !== undefined || answered.result?.decide !== undefined) onWritten();
    try {
      await inbound.reply(fitted(answered, inbound, platform), { audience });
    } catch (error) {
      log.error("a reply failed", { platform: platform.name, via: inbound.via, reason: String(error) });
    }
  };
}

/** Messages and mentions are delivered again by platforms; commands and clicks are not. */
function isRedelivered({ via }: Inbound): boolean {
  return via === "mention" || via === "direct";
}

/** The answer as this platform can carry it. */
function fitted(
  { message, lang, share, exit, result }: Answer,
  { line, via }: Inbound,
  { abilities }: Platform,
): Message {
  const carried = abilities.files ? message : withoutFiles(message, line, lang);
  // To share is to run the line once more: only a question may be.
  const isQuestion = result?.change === undefined && result?.decide === undefined;
  const shareable =
    via === "slash" && abilities.private && abilities.buttons && exit === "answered" && !share && isQuestion;
  return shareable ? withShare(carried, line, lang) : carried;
}
