import type { Address, Person } from "../../core/place.ts";
import type { Message } from "../../message/message.ts";
import { renderText } from "../../message/text.ts";
import { cleanContent } from "../../message/width.ts";
import { DeliveryError, type Health, type OnInbound, type Platform } from "../../platform/platform.ts";
import { openPipe } from "./pipe.ts";
import { openPrompt } from "./prompt.ts";
import { createScreen } from "./screen.ts";
import type { Source, SourceEvents } from "./source.ts";

export interface TerminalOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** true: a prompt on a terminal; false: a line in, an answer out. */
  readonly interactive: boolean;
  /** Used where the output does not know its own width. */
  readonly columns: number;
  readonly colour: boolean;
  readonly prompt: string;
  /** Printed once before the first prompt. */
  readonly banner: string;
  /** null: history lasts as long as the session. */
  readonly historyFile: string | null;
  /** The person leaves, the input has ended and is answered, or the output is gone; called once. */
  readonly onClose: () => void;
  readonly now: () => Date;
}

const HERE: Address = { platform: "terminal", workspace: null, to: { channel: "" }, thread: null };
const ACTOR: Person = { platform: "terminal", workspace: null, id: "terminal" };

/** How long `stop` waits for an answer that is being made. */
const STOP_LIMIT_MS = 3_000;

/** The terminal as a platform: one person, one place, lines answered in order. */
export function createTerminal(options: TerminalOptions): Platform {
  const queue: string[] = [];
  let health: Health = { state: "stopped", detail: null };
  let source: Source | null = null;
  let answering: Promise<void> | null = null;
  let ended = false;
  let stopped = false;
  let asked = 0;

  const leave = (): void => {
    if (stopped) return;
    stopped = true;
    queue.length = 0;
    source?.close();
    health = { state: "stopped", detail: null };
    options.onClose();
  };
  const screen = createScreen(options.output, leave);
  const print = (message: Message): Promise<void> =>
    screen.print(shown(message, { columns: columnsOf(options), colour: options.colour }));

  const answer = async (line: string, onInbound: OnInbound): Promise<void> => {
    asked += 1;
    const at = options.now();
    const id = `terminal:${at.getTime()}-${asked}`;
    const inbound = {
      type: "command",
      id,
      at,
      actor: ACTOR,
      address: HERE,
      place: HERE,
      via: "terminal",
      line,
      ref: null,
    } as const;
    try {
      await onInbound({ ...inbound, reply: print });
    } catch {
      // The bot answers its own faults; one that gets here must not end the session, and is seen in health().
      health = { state: "connected", detail: "a line could not be answered" };
    }
  };
  const work = async (onInbound: OnInbound): Promise<void> => {
    for (let line = queue.shift(); line !== undefined; line = queue.shift()) {
      if (line.trim() !== "") await answer(line, onInbound);
    }
    answering = null;
    if (stopped) return;
    if (ended) leave();
    else source?.ready();
  };
  const eventsFor = (onInbound: OnInbound): SourceEvents => ({
    onLine: (line) => {
      if (stopped) return;
      queue.push(line);
      answering ??= Promise.resolve().then(() => work(onInbound));
    },
    onEnd: () => {
      ended = true;
      if (answering === null) leave();
    },
  });

  return {
    name: "terminal",
    abilities: {
      threads: false,
      edits: false,
      forms: "none",
      files: false,
      filesNeed: null,
      buttons: false,
      private: true,
      reads: false,
      find: "none",
    },
    callback: null,
    budgets: { place: [], all: [] },
    health: () => health,
    lacks: () => [],
    start: async (onInbound) => {
      if (stopped) return;
      health = { state: "connected", detail: null };
      if (options.interactive && options.banner !== "") await screen.print(options.banner);
      source = options.interactive
        ? openPrompt(options, eventsFor(onInbound))
        : openPipe(options.input, eventsFor(onInbound));
    },
    stop: async () => {
      stopped = true;
      queue.length = 0;
      source?.close();
      health = { state: "stopped", detail: null };
      if (answering !== null) await within(STOP_LIMIT_MS, answering);
    },
    post: async (to, message, key) => {
      if (to.platform !== "terminal")
        throw new DeliveryError("target_gone", "not an address of the terminal");
      const text = shown(message, { columns: columnsOf(options), colour: options.colour });
      let written: Promise<void> = Promise.resolve();
      const write = (): void => {
        written = screen.print(text);
      };
      if (source === null || stopped) write();
      else source.around(write);
      await written;
      if (screen.gone()) throw new DeliveryError("unreachable", "the terminal is closed");
      return { ref: { address: to, id: key } };
    },
    edit: () => Promise.reject(new DeliveryError("rejected", "a terminal cannot change what it has printed")),
    link: () => null,
    mayPost: () => Promise.resolve("yes"),
    find: () => Promise.resolve({ state: "unknown" }),
  };
}

/** The message as text; a file that comes with it follows whole, since a line of data must not be wrapped. */
function shown(message: Message, how: { columns: number; colour: boolean }): string {
  const files = (message.files ?? []).map(({ content }) => cleanContent(content).trimEnd());
  return [renderText(message, how), ...files, ""].join("\n");
}

/** A terminal's own width, which changes with its window. */
function columnsOf({ output, interactive, columns }: TerminalOptions): number {
  const own = "columns" in output && typeof output.columns === "number" ? output.columns : 0;
  return interactive && own > 0 ? own : columns;
}

async function within(limitMs: number, work: Promise<void>): Promise<void> {
  const limit = Promise.withResolvers<void>();
  const timer = setTimeout(limit.resolve, limitMs);
  await Promise.race([work, limit.promise]);
  clearTimeout(timer);
}
