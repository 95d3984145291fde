import type { Message } from "../../message/message.ts";
import type { SlackHome, SlackModal } from "./modal-payload.ts";
import { slackError } from "./errors.ts";
import { drawHome } from "./home.ts";
import type { Sending } from "./send.ts";

// docs.slack.dev/reference/methods/views.open, views.update and views.publish; each rejects with DeliveryError.

/** `trigger` is used up by the call, and lives 3 s. */
export async function openView({ api }: Sending, trigger: string, view: SlackModal): Promise<void> {
  await api.apiCall("views.open", { trigger_id: trigger, view }).catch(refused);
}

/** Replaces a view that stands open. */
export async function updateView({ api }: Sending, id: string, view: SlackModal): Promise<void> {
  await api.apiCall("views.update", { view_id: id, view }).catch(refused);
}

/** Puts a message on a person's home tab. */
export async function publishHome({ api }: Sending, user: string, home: Message): Promise<void> {
  const view: SlackHome = drawHome(home);
  await api.apiCall("views.publish", { user_id: user, view }).catch(refused);
}

function refused(error: unknown): never {
  throw slackError(error);
}
