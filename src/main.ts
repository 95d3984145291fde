import { schedule } from "node-cron";
import { createTerminal } from "./adapters/terminal/index.ts";
import type { Answer, Asking } from "./bot/answer.ts";
import { noteDataset } from "./bot/dataset-change.ts";
import { createHandle } from "./bot/handle.ts";
import { perform } from "./bot/perform.ts";
import { rehearse } from "./bot/rehearse.ts";
import type { Config } from "./config.ts";
import type { Dataset } from "./core/commitment.ts";
import { dayIn } from "./core/day.ts";
import { formatAddress, type Person, type PlatformName } from "./core/place.ts";
import { ownerProblems } from "./delivery/owner.ts";
import { waitByTimer } from "./delivery/wait.ts";
import { createWorker } from "./delivery/worker.ts";
import { listen, type HealthReport, type HttpServer } from "./http/server.ts";
import type { Log } from "./log.ts";
import type { Platform } from "./platform/platform.ts";
import { startPlatform } from "./platform/supervise.ts";
import { replan } from "./schedule/replan.ts";
import { banner } from "./main/banner.ts";
import { allFailed, chatPlatforms, guarded, pushPlatforms } from "./main/chats.ts";
import { openDesk } from "./main/desk.ts";
import type { OpenDataset } from "./main/library.ts";
import { createVitals } from "./main/vitals.ts";
import { seedDigests } from "./schedule/seed.ts";
import { createDiscussions } from "./schedule/discussions.ts";
import { createKeeper } from "./schedule/keeper.ts";
import { createTick } from "./schedule/tick.ts";
import type { Store } from "./store/store.ts";

/** The streams and the clock of the process, so that walks can bring their own. */
export interface Surroundings {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly interactive: boolean;
  readonly columns: number;
  readonly colour: boolean;
  readonly clock: () => Date;
  /** The dataset's folder, read anew. */
  readonly openDataset: OpenDataset;
}

/** A running Qushi. */
export interface Running {
  /** Resolves when it ends by itself: the terminal was left, or no platform can ever work as configured. */
  readonly ended: Promise<{ readonly exit: 0 | 3 }>;
  /** Where the HTTP server listens, as http://HOST:PORT; null where none is needed. */
  readonly address: () => string | null;
  /** The digests that are due; node-cron calls it each minute. */
  readonly tick: (now: Date) => Promise<number>;
  /** Sends what is due now. */
  readonly pump: () => Promise<void>;
  /** Answers a line of the command line and, unless `dry`, writes what it changes; null where its id was taken before. */
  readonly ask: (
    asking: Asking,
    how: { readonly id: string | null; readonly dry: boolean },
  ) => Promise<Answer | null>;
  /** A consistent copy of everything that is remembered. Rejects with StoreError. */
  readonly backup: (file: string) => Promise<void>;
  stop(): Promise<void>;
}

/** Owns the digests that the environment asks for where it names no admin. */
const OPERATOR: Person = { platform: "terminal", workspace: null, id: "terminal" };
/** Turns of writing and sending after which a pump ends whatever happens. */
const MOST_ROUNDS = 20;
/** After the start, until what is not needed at once is made, in milliseconds. */
const WARM_MS = 2_000;
/** Longest that an orderly end may take, in milliseconds. */
const STOP_MS = 10_000;

/**
 * The only place where everything meets: dataset, store, platforms, bot, schedule, delivery. The store is closed at the
 * end. Rejects with ListenError where the port cannot be had; then nothing runs, and the store is closed.
 */
export async function start(
  dataset: Dataset,
  config: Config,
  program: string,
  store: Store,
  log: Log,
  around: Surroundings,
): Promise<Running> {
  const { lang, zone, admins } = config;
  for (const { commitmentId, what } of await noteDataset(dataset, store, around.clock()))
    log.info("the dataset says something else than when it was last loaded", { commitmentId, what });
  const startedAt = around.clock();
  const self = createVitals(startedAt);
  const desk = await openDesk({
    dataset,
    store,
    open: around.openDataset,
    lang,
    zone,
    admins,
    program,
    readAt: startedAt,
    vitals: self.vitals,
  });
  const { book, catchUp } = desk;
  const onWritten = (): void => {
    worker.wake();
    keeper.poke();
  };
  const handle = createHandle({ desk, store, clock: around.clock, log, onWritten });
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
  const pushed = await pushPlatforms(config, around.clock);
  self.serves([...chats, ...pushed]);
  const all: readonly Platform[] = [terminal, ...chats, ...pushed];
  const platforms = new Map<PlatformName, Platform>(all.map((platform) => [platform.name, platform]));
  const onProblem = ownerProblems({ store, lang: desk.lang, admins });
  const worker = createWorker({ store, platforms, clock: around.clock, log, onProblem });
  const keepDiscussions = createDiscussions({ book, store, lang: desk.lang, zone: desk.zone, admins });
  const keeper = createKeeper({
    async keep(now) {
      // What another process recorded belongs on the card as well.
      await catchUp.now();
      return keepDiscussions(now);
    },
    clock: around.clock,
    onWritten: () => worker.wake(),
    onFailure: (error) => log.error("discussions could not be kept up", { reason: String(error) }),
    wait: waitByTimer,
  });
  const owner = admins[0] ?? OPERATOR;
  const seeds = { ...config.digest, zone: desk.zone, owner };
  for (const { to, stored } of await seedDigests(seeds, store, book, around.clock())) {
    log.info("a digest of the environment stands otherwise in the store, which wins", {
      to: formatAddress(to),
      rule: stored?.id ?? "ended",
    });
  }
  // A clock that was ahead when Qushi last ran may have put rules off beyond their time.
  await replan(store, book, around.clock());
  const due = createTick({ book, store, lang: desk.lang });
  let prunedOn = "";
  const tick = async (now: Date): Promise<number> => {
    await catchUp.lately(now);
    const claimed = await due(now);
    if (claimed > 0) worker.wake();
    keeper.poke();
    // Once a day, and once after each start.
    const today = dayIn(desk.zone, now);
    if (today !== prunedOn) await store.prune(now);
    prunedOn = today;
    self.ticked(now);
    return claimed;
  };

  const called = chats.flatMap(({ callback }) => callback ?? []);
  const health = (): HealthReport => healthOf(dataset, program, chats);
  let server: HttpServer | null = null;
  if (called.length > 0 || config.http.asked) {
    const { host, port } = config.http;
    server = await listen({ host, port, routes: called, health }).catch(async (error: unknown) => {
      await store.close();
      throw error;
    });
    log.info("listening", { at: server.address, for: called.map(({ path }) => path).join(",") });
  }

  // The prompt is for trying Qushi out; with a chat configured the terminal only prints digests addressed to it.
  const served = chats.length === 0 ? [terminal] : chats;
  const supervised = served.map((platform) => startPlatform(platform, guarded(handle(platform), log), log));
  // They receive nothing and cannot fail to start.
  for (const platform of pushed) await platform.start(() => Promise.resolve());
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
      digests: config.digest.to.length,
    });
  }
  // What an earlier run has left in the outbox, or did not live to send.
  worker.wake();
  // Nobody's first search waits for the index, nor does the start.
  const warming = setTimeout(() => book.search.find(""), WARM_MS).unref();

  const shutdown = async (): Promise<void> => {
    clearTimeout(warming);
    await timer.destroy();
    await Promise.all(supervised.map(({ stop }) => stop()));
    await server?.stop();
    await keeper.stop();
    await worker.stop();
    await store.close();
  };
  let stopping: Promise<void> | null = null;
  return {
    ended: leaving.promise,
    address: () => server?.address ?? null,
    tick,
    async pump() {
      // What was sent may be what a card waited for.
      for (let round = 0; round < MOST_ROUNDS; round += 1) {
        const made = await keeper.now();
        await worker.pump();
        if (made === 0) return;
      }
    },
    async ask(asking, { id, dry }) {
      if (dry) return rehearse(desk, asking, id);
      const door = { id, isRedelivered: false, isPrivate: false };
      const answered = await perform(desk, store, asking, door);
      onWritten();
      return answered;
    },
    backup: (file) => store.backup(file),
    stop() {
      stopping ??= Promise.race([shutdown(), pause(STOP_MS)]);
      return stopping;
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}

/** Well while no chat has failed for good; one that is connecting again is on its way. */
function healthOf(dataset: Dataset, program: string, chats: readonly Platform[]): HealthReport {
  const platforms = Object.fromEntries(chats.map((chat) => [chat.name, chat.health()]));
  const ok = chats.every((chat) => chat.health().state !== "failed");
  return { ok, version: program, dataset: `${dataset.id} ${dataset.version}`, platforms };
}
