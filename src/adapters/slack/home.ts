import type { Message } from "../../message/message.ts";
import type { SlackHome } from "./modal-payload.ts";
import { renderView } from "./render.ts";

/** The bot's own page as a home tab; the buttons on it run lines in the person's direct messages. */
export function drawHome(message: Message): SlackHome {
  return { type: "home", callback_id: "home", blocks: [...renderView(message)] };
}
