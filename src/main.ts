import { schedule } from "node-cron";
import { createTerminal } from "./adapters/terminal/index.ts";
import { createDesk } from "./bot/answer.ts";
import { createHandle } from "./bot/handle.ts";
import type { Config } from "./config.ts";
import { createBook } from "./core/book.ts";
import type { Dataset } from "./core/commitment.ts";
import { inLang } from "./core/lang.ts";
import type { PlatformName } from "./core/place.ts";
import { createWorker } from "./delivery/worker.ts";
import type { Log } from "./log.ts";
import type { OnInbound, Platform } from "./platform/platform.ts";
import { startPlatform, type Supervised } from "./platform/supervise.ts";
import { createTick } from "./schedule/tick.ts";
import { createMemoryStore } from "./store/memory.ts";

/** The streams and the clock of the process, so that walks can bring their own. */
export interface Surroundings {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly interactive: boolean;
  readonly columns: number;
  readonly colour: boolean;
  readonly clock: () => Date;
}

/** A running Qushi. */
export interface Running {
  /** Resolves when it ends by itself: the terminal was left, or no platform can ever work as configured. */
  readonly ended: Promise<{ readonly exit: 0 | 3 }>;
  /** The digests that are due; node-cron calls it each minute. */
  readonly tick: (now: Date) => Promise<number>;
  /** Sends what is due now. */
  readonly pump: () => Promise<void>;
  stop(): Promise<void>;
}

/** Longest that an orderly end may take, in milliseconds. */
const STOP_MS = 10_000;

/** The only place where everything meets: dataset, store, platforms, bot, schedule, delivery. */
export async function start(
  dataset: Dataset,
  config: Config,
  program: string,
  log: Log,
  around: Surroundings,
): Promise<Running> {
  const book = createBook(dataset);
  const desk = createDesk(book, { lang: config.lang, zone: config.zone, program });
  const store = createMemoryStore();
  const handle = createHandle({ desk, store, clock: around.clock, log });
  const leaving = Promise.withResolvers<{ readonly exit: 0 | 3 }>();

  const chats = await chatPlatforms(config, log, around.clock);
  const terminal = createTerminal({
    ...around,
    prompt: "qushi> ",
    banner: banner(dataset, desk.commands),
    historyFile: `${config.dir}/history`,
    onClose: () => leaving.resolve({ exit: 0 }),
    now: around.clock,
  });
  const all: readonly Platform[] = [terminal, ...chats];
  const platforms = new Map<PlatformName, Platform>(all.map((platform) => [platform.name, platform]));
  const worker = createWorker({ store, platforms, clock: around.clock, log });
  const rules = config.digest.to.map((to) => ({
    to,
    cron: config.digest.cron,
    zone: desk.zone,
    lang: desk.lang,
  }));
  const digests = createTick({ rules, book, store });
  const tick = async (now: Date): Promise<number> => {
    const sent = await digests(now);
    if (sent > 0) worker.wake();
    return sent;
  };

  // The prompt is for trying Qushi out; with a chat configured the terminal only prints digests addressed to it.
  const served = chats.length === 0 ? [terminal] : chats;
  const supervised = served.map((platform) => startPlatform(platform, guarded(handle(platform), log), log));
  void allFailed(supervised).then((failed) => failed && leaving.resolve({ exit: 3 }));
  const timer = schedule(
    "* * * * *",
    () =>
      tick(around.clock()).catch((error: unknown) => log.error("a tick failed", { reason: String(error) })),
    {
      noOverlap: true,
      suppressMissedWarning: true,
    },
  );
  if (chats.length > 0) {
    log.info("qushi is running", {
      dataset: dataset.id,
      version: dataset.version,
      platforms: chats.map(({ name }) => name).join(","),
      digests: rules.length,
    });
  }

  const shutdown = async (): Promise<void> => {
    await timer.destroy();
    await Promise.all(supervised.map(({ stop }) => stop()));
    await worker.stop();
  };
  let stopping: Promise<void> | null = null;
  return {
    ended: leaving.promise,
    tick,
    pump: () => worker.pump(),
    stop() {
      stopping ??= Promise.race([shutdown(), limit(STOP_MS)]);
      return stopping;
    },
  };
}

/** The chats that are configured; the SDK of one that is not is never loaded. */
async function chatPlatforms(config: Config, log: Log, now: () => Date): Promise<readonly Platform[]> {
  const chats: Platform[] = [];
  if (config.slack !== null) {
    const { createSlack } = await import("./adapters/slack/index.ts");
    chats.push(createSlack({ ...config.slack, log, now }));
  }
  if (config.feishu !== null) {
    const { createFeishu } = await import("./adapters/feishu/index.ts");
    chats.push(createFeishu({ ...config.feishu, log, now }));
  }
  return chats;
}

/** A listener that cannot take its platform down with it. */
function guarded(onInbound: OnInbound, log: Log): OnInbound {
  return async (inbound) => {
    try {
      await onInbound(inbound);
    } catch (error) {
      log.error("an inbound message failed", { via: inbound.via, reason: String(error) });
    }
  };
}

async function allFailed(supervised: readonly Supervised[]): Promise<boolean> {
  const outcomes = await Promise.all(supervised.map(({ gaveUp }) => gaveUp));
  return outcomes.every(Boolean);
}

function limit(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}

/** Three lines that say what this is and what to type. */
function banner(
  dataset: Dataset,
  commands: readonly {
    readonly name: string;
    readonly examples: { readonly zh: readonly string[]; readonly en: readonly string[] };
  }[],
): string {
  const example = (name: string, lang: "zh" | "en"): string =>
    commands.find((command) => command.name === name)?.examples[lang][0] ?? name;
  const zh = `区势 · ${inLang(dataset.title, "zh")}：${dataset.commitments.length} 项承诺，每条都有出处。试试：${example("show", "zh")} · ${example("list", "zh")}`;
  const en = `Qushi · ${inLang(dataset.title, "en")}: ${dataset.commitments.length} commitments, each sourced. Try: ${example("show", "en")} · ${example("board", "en")}`;
  return [zh, en, "帮助 / help · 退出 / exit"].join("\n");
}
