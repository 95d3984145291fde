import type { Address, MessageRef } from "../../core/place.ts";
import type { Message } from "../../message/message.ts";
import type { Abilities, Health, OnInbound, Platform } from "../../platform/platform.ts";
import { PlatformStartError } from "../../platform/start-error.ts";
import { credentialsFix } from "./connection.ts";
import { lackingScopes } from "./doctor-scopes.ts";
import { BUDGETS } from "./limits.ts";
import { messageLink } from "./link.ts";
import { createReceiver } from "./receiver.ts";
import { notConnected } from "./send.ts";
import type { FeishuOptions, Session } from "./session.ts";
import { openSession } from "./session.ts";

const START_TIMEOUT_MS = 20_000;
const DRAIN_MS = 7_000;

const PATH = "/feishu/events";

/** `reads` and `files` depend on what the app was granted, which its calls and events tell. */
function abilitiesOf(session: Session | null): Abilities {
  const need = session?.files.need() ?? null;
  return {
    threads: true,
    edits: true,
    forms: "card",
    files: need === null,
    filesNeed: need,
    reads: session?.reads() ?? false,
    buttons: true,
    private: false,
    find: "key",
  };
}

/** Feishu and Lark: through a long connection nothing has to be reachable from outside; else they call our HTTP server. */
export function createFeishu(options: FeishuOptions): Platform {
  const { appId, domain, log, now, receive, startTimeoutMs = START_TIMEOUT_MS } = options;
  let session: Session | null = null;
  let starting: AbortController | null = null;
  let failed: string | null = null;

  async function start(onInbound: OnInbound): Promise<void> {
    if (!/^cli_[0-9a-fA-F]{16}$/.test(appId)) {
      throw fail(
        new PlatformStartError(
          "FEISHU_APP_ID is not an app id (cli_ and 16 digits)",
          credentialsFix(domain),
          false,
        ),
      );
    }
    if (session !== null || starting !== null) throw new Error("feishu: already started");
    failed = null;
    const signal = new AbortController();
    starting = signal;
    const timedOut = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      const what = `Feishu did not answer within ${startTimeoutMs} ms`;
      timedOut.reject(
        new PlatformStartError(what, `Check that this machine reaches ${domain}; it is tried again.`, true),
      );
    }, startTimeoutMs);
    let opened: Session | null = null;
    const opening = openSession(options, onInbound, signal).then(async (made) => {
      opened = made;
      await made.connection.ready;
      return made;
    });
    opening.catch(() => undefined);
    try {
      session = await Promise.race([opening, timedOut.promise]);
    } catch (error) {
      signal.abort();
      close(opened);
      throw fail(error);
    } finally {
      clearTimeout(timer);
      starting = null;
    }
  }

  function fail(error: unknown): PlatformStartError {
    const known =
      error instanceof PlatformStartError
        ? error
        : new PlatformStartError(
            "Feishu could not be started",
            "Look at the log above; it is tried again.",
            true,
          );
    failed = known.message;
    return known;
  }

  async function stop(): Promise<void> {
    starting?.abort();
    const current = session;
    session = null;
    failed = null;
    if (current === null) return;
    current.refuse();
    const done = await current.inFlight.drained(DRAIN_MS);
    if (!done) log.warn("feishu: stopped with work unfinished");
    // One turn for the acknowledgements of what has just been done.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    close(current);
  }

  function running(): Session {
    if (session === null) throw notConnected();
    return session;
  }

  function receiver({ encryptKey, verificationToken }: Exclude<FeishuOptions["receive"], "ws">) {
    return createReceiver({
      encryptKey,
      verificationToken,
      now,
      log,
      events: () => session?.events ?? null,
    });
  }

  return {
    name: "feishu",
    get abilities() {
      return abilitiesOf(session);
    },
    callback: receive === "ws" ? null : { path: PATH, handle: receiver(receive) },
    budgets: BUDGETS,
    health: (): Health => {
      if (session !== null) return session.connection.health();
      if (starting !== null) return { state: "connecting", detail: null };
      return failed === null ? { state: "stopped", detail: null } : { state: "failed", detail: failed };
    },
    lacks: () => {
      const scopes = session?.scopes ?? null;
      return scopes === null ? [] : lackingScopes(scopes, { domain, appId });
    },
    start,
    stop,
    post: async (to: Address, message: Message, key: string) => {
      const { sender, files, inFlight } = running();
      const send = async (): Promise<string> => {
        const prepared = await files.prepare(message);
        const content = { message: prepared.message, below: to.thread };
        const id =
          to.thread === null
            ? await sender.create(to.to, content, key)
            : await sender.reply(to.thread, content, key, true);
        await prepared.follow(to.to, key);
        return id;
      };
      return { ref: { address: to, id: await inFlight.track(send()) } };
    },
    edit: async (ref: MessageRef, message: Message) => {
      const { sender, inFlight } = running();
      await inFlight.track(sender.edit(ref.id, { message, below: ref.address.thread }));
    },
    link: (ref) => messageLink(domain, ref, session?.topics.idOf(ref.address.thread ?? ref.id) ?? null),
    // What comes from a group comes because the bot is in it.
    mayPost: () => Promise.resolve("yes"),
    // A resend with the same key is safe for an hour, so nothing has to be looked up.
    find: () => Promise.resolve({ state: "unknown" }),
  };
}

function close(session: Session | null): void {
  session?.connection.close();
  session?.abort();
}
