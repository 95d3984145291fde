import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Asking } from "../bot/answer.ts";
import type { Desk } from "../bot/desk.ts";
import { perform } from "../bot/perform.ts";
import { rehearse } from "../bot/rehearse.ts";
import type { Command } from "../commands/command.ts";
import { readLine } from "../commands/grammar.ts";
import { registry } from "../commands/registry.ts";
import type { Config } from "../config.ts";
import { createBook, type Book } from "../core/book.ts";
import { Fault } from "../core/errors.ts";
import type { Address } from "../core/place.ts";
import { openStore } from "../store/open.ts";
import { openSqlite } from "../store/sqlite.ts";
import type { Store } from "../store/store.ts";
import { configuration, languageOf, open, deskFrom } from "./desk.ts";
import { actor, formatOf, instant, role, type Values } from "./flags.ts";
import { paperFor } from "./print.ts";
import { printed, type Printed } from "./printed.ts";
import { askSocket, isServed } from "./socket.ts";
import { Stop } from "./stop.ts";

/** Rules set on the command line are for the terminal. */
export const HERE: Address = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null };

/** A line to be answered. `id`: the same line with it is taken once. `dry`: what it would write is left unwritten. */
export interface Sent {
  readonly line: string;
  readonly id: string | null;
  readonly dry: boolean;
}

/** Answers lines as this machine's user. */
export interface Asker {
  /** Resolves with null where a line with this id was taken before. */
  send(sent: Sent): Promise<Printed | null>;
  close(): Promise<void>;
}

/** Answers one line. */
export async function askLine(line: string, values: Values, now: Date): Promise<Printed> {
  const asker = await openAsker(values, now, [line]);
  try {
    const answered = await asker.send({ line, id: null, dry: false });
    if (answered === null) throw new Error("a line without an id was taken before");
    return answered;
  } finally {
    await asker.close();
  }
}

/**
 * Through the Qushi that runs here, else from the store itself; `lines` say whether something may be written. A given
 * user, time or store is never the running Qushi's business.
 */
export async function openAsker(values: Values, now: Date, lines: readonly string[]): Promise<Asker> {
  const config = configuration();
  const paper = paperFor(formatOf(values["format"]));
  const at = instant(values["now"], now);
  const lang = languageOf(values["lang"]);
  const who = { actor: actor(values["user"]), place: HERE, at, role: role(values["user"]), lang };
  const apart = ["user", "now", "store"].some((flag) => values[flag] !== undefined);
  const path = join(config.dir, "qushi.sock");
  if (!apart && (await isServed(path))) {
    return {
      send: async (sent) => {
        const answered = await askSocket(path, { ...sent, lang, ...paper });
        if (answered === null) throw new Stop(4, "The Qushi that was running has ended; ask once more.");
        return answered.taken ? null : { out: answered.out, err: answered.err, exit: exitOf(answered.exit) };
      },
      close: () => Promise.resolve(),
    };
  }
  const book = createBook(await open(config.dataset));
  const effects = new Set(lines.map((line) => effectOf(line, book)));
  refuseSimulated(values, effects, book);
  const changes = effects.has("rule") || effects.has("record");
  const store = await storeFor(values["store"], config, changes);
  const desk = await deskFrom(store, config).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  return {
    send: (sent) => answerFrom(desk, store, { ...who, line: sent.line }, sent, paper),
    close: () => store.close(),
  };
}

/** What never happened must not get into a real record, nor a rule of another time into the rules. */
function refuseSimulated(values: Values, effects: ReadonlySet<Effect>, book: Book): void {
  const simulated = values["user"] !== undefined || values["now"] !== undefined;
  const { store } = values;
  if (!simulated || book.dataset.invented) return;
  if (effects.has("record") && store !== ":memory:")
    throw new Stop(2, "--user and --now with a line that records: add --store :memory:, for a real dataset");
  if (effects.has("rule") && store === undefined)
    throw new Stop(
      2,
      "--user and --now with a line that changes something: add --store :memory: or --store FILE",
    );
}

async function answerFrom(
  desk: Desk,
  store: Store,
  asking: Asking,
  { id, dry }: Sent,
  paper: Parameters<typeof printed>[1],
): Promise<Printed | null> {
  const door = { id, isRedelivered: false, isPrivate: false };
  const answered = dry ? await rehearse(desk, asking, id) : await perform(desk, store, asking, door);
  if (answered === null) return null;
  const { err, ...rest } = await printed(answered, paper);
  const waits = !dry && (answered.result?.change?.deliveries ?? []).length > 0;
  const note =
    answered.lang === "zh"
      ? "区势没有在运行：启动后就发。\n"
      : "Qushi is not running here: it is sent when it starts.\n";
  return { ...rest, err: waits ? `${err}${note}` : err };
}

/** The store that is named, else the environment's; a question does not make one where there is none. */
async function storeFor(named: string | undefined, config: Config, changes: boolean): Promise<Store> {
  if (named !== undefined) return openSqlite({ file: named });
  const isThere = config.databaseUrl !== null || existsSync(join(config.dir, "qushi.db"));
  return isThere || changes ? openStore(config) : openSqlite({ file: ":memory:" });
}

type Effect = Command["effect"];

/** What a line may write; one that cannot be read writes nothing. */
function effectOf(line: string, book: Book): Effect {
  try {
    return readLine(line, book, registry(book)).command.effect;
  } catch (error) {
    if (error instanceof Fault) return "none";
    throw error;
  }
}

function exitOf(code: number): Printed["exit"] {
  return code === 0 || code === 2 || code === 3 || code === 4 ? code : 1;
}
