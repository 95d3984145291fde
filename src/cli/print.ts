import { isatty } from "node:tty";
import type { Lang } from "../core/lang.ts";
import type { Message } from "../message/message.ts";
import type { Format } from "./flags.ts";
import { messageText, type Paper } from "./printed.ts";

/** A message on standard output, in a format; a file that comes with it takes its place. */
export async function print(message: Message, lang: Lang, format: Format): Promise<void> {
  process.stdout.write(await messageText(message, lang, paperFor(format)));
}

/** The terminal this runs in. */
export function paperFor(format: Format): Paper {
  return { format, columns: Math.min(process.stdout.columns ?? 80, 100), colour: useColour() };
}

export function useColour(): boolean {
  return isatty(1) && process.stdout.hasColors();
}

export function say(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}
