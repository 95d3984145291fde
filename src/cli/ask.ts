import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Asking } from "../bot/answer.ts";
import type { Desk } from "../bot/desk.ts";
import { perform } from "../bot/perform.ts";
import { readLine } from "../commands/grammar.ts";
import { registry } from "../commands/registry.ts";
import type { Config } from "../config.ts";
import { createBook, type Book } from "../core/book.ts";
import { Fault } from "../core/errors.ts";
import type { Address } from "../core/place.ts";
import { openStore } from "../store/open.ts";
import { openSqlite } from "../store/sqlite.ts";
import type { Store } from "../store/store.ts";
import { configuration, languageOf, open, openDesk } from "./desk.ts";
import { actor, formatOf, instant, role, type Values } from "./flags.ts";
import { paperFor } from "./print.ts";
import { printed, type Printed } from "./printed.ts";
import { askSocket } from "./socket.ts";
import { Stop } from "./stop.ts";

/** Rules set on the command line are for the terminal. */
export const HERE: Address = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null };

/**
 * Answers a line as this machine's user: through the Qushi that runs here, else from the store itself. A given user,
 * time or store is never the running Qushi's business.
 */
export async function askLine(line: string, values: Values, now: Date): Promise<Printed> {
  const config = configuration();
  const paper = paperFor(formatOf(values["format"]));
  const at = instant(values["now"], now);
  const lang = languageOf(values["lang"]);
  const asking: Asking = {
    line,
    actor: actor(values["user"]),
    place: HERE,
    at,
    role: role(values["user"]),
    lang,
  };
  const apart = ["user", "now", "store"].some((flag) => values[flag] !== undefined);
  if (!apart) {
    const answered = await askSocket(join(config.dir, "qushi.sock"), { line, lang, ...paper });
    if (answered !== null) return { ...answered, exit: exitOf(answered.exit) };
  }
  const book = createBook(await open(config.dataset));
  const changes = hasEffect(line, book);
  if (changes && values["store"] === undefined && apart && !book.dataset.invented) {
    throw new Stop(
      2,
      "--user and --now with a line that changes something: add --store :memory: or --store FILE",
    );
  }
  const store = await storeFor(values["store"], config, changes);
  try {
    const desk = await openDesk(store, config);
    return await answerFrom(desk, store, asking, paper);
  } finally {
    await store.close();
  }
}

async function answerFrom(
  desk: Desk,
  store: Store,
  asking: Asking,
  paper: Parameters<typeof printed>[1],
): Promise<Printed> {
  const door = { id: null, isRedelivered: false, isPrivate: false };
  const answered = await perform(desk, store, asking, door);
  if (answered === null) throw new Error("a line without an id was taken before");
  const { err, ...rest } = await printed(answered, paper);
  const waits = (answered.result?.change?.deliveries ?? []).length > 0;
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

/** Whether a line may write; one that cannot be read writes nothing. */
function hasEffect(line: string, book: Book): boolean {
  try {
    return readLine(line, book, registry(book)).command.effect !== "none";
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

function exitOf(code: number): Printed["exit"] {
  return code === 0 || code === 2 || code === 3 || code === 4 ? code : 1;
}
