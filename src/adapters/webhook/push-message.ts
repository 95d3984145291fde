import type { Block, Message } from "../../message/message.ts";

/**
 * A message for where nobody answers: links stay, as text, and buttons that would send us a line go, because what they
 * send would reach another app or none.
 */
export function pushMessage(message: Message): Message {
  const { files: _files, ...rest } = message;
  return { ...rest, blocks: message.blocks.flatMap(pushed) };
}

function pushed(block: Block): Block[] {
  if (block.type !== "buttons") return [block];
  const links = block.buttons.flatMap((button) =>
    "url" in button ? [{ url: button.url, label: button.label }] : [],
  );
  const line = links.flatMap((link, at) => (at === 0 ? [link] : [" · ", link]));
  return line.length === 0 ? [] : [{ type: "note", lines: [line] }];
}
