import type { Message } from "../message/message.ts";
import type { Inbound, OnInbound, Platform } from "../platform/platform.ts";
import type { Store } from "../store/store.ts";
import { withoutFiles } from "../views/export.ts";
import { withShare } from "../views/share.ts";
import { answer, type Answer, type Desk } from "./answer.ts";

/** A question older than this arrives after an outage; answering it now would only startle. */
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
}): (platform: Platform) => OnInbound {
  const { desk, store, clock, log } = options;
  return (platform) => async (inbound) => {
    if (isRedelivered(inbound)) {
      if (clock().getTime() - inbound.at.getTime() > STALE_MS) {
        log.info("dropped a late question", { platform: platform.name, via: inbound.via });
        return;
      }
      if (!(await store.accept(inbound.id, clock()))) return;
    }
    const answered = answer(desk, inbound.line, inbound.actor, clock(), inbound.address);
    if (answered.failure !== null)
      log.error("a line failed", { platform: platform.name, failure: answered.failure });
    // What one person asked for privately stays private until they share it.
    const asksPrivately = inbound.via === "slash" || inbound.via === "click";
    const audience = asksPrivately && !answered.share ? "caller" : "channel";
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
  { message, lang, share, exit }: Answer,
  { line, via }: Inbound,
  { abilities }: Platform,
): Message {
  const carried = abilities.files ? message : withoutFiles(message, line, lang);
  const shareable =
    via === "slash" && abilities.private && abilities.buttons && exit === "answered" && !share;
  return shareable ? withShare(carried, line, lang) : carried;
}
