import type { Message } from "../message/message.ts";
import { renderText } from "../message/text.ts";

/** Narrow enough for a phone, wide enough for a row. */
const COLUMNS = 72;

/** The message as lines of text and nothing else: what is left to try when a platform refuses the form. */
export function plainMessage(message: Message): Message {
  const { summary } = message;
  const lines = renderText(message, { columns: COLUMNS, colour: false })
    .split("\n")
    .map((line) => (line === "" ? [] : [line]));
  return { summary, blocks: [{ type: "text", lines }] };
}
