import type { Log } from "../../log.ts";
import type { Message } from "../../message/message.ts";
import { checkPayload } from "./check.ts";
import { isPayloadFault, slackError } from "./errors.ts";
import type { SlackPayload } from "./payload.ts";
import { renderPlain } from "./render-plain.ts";
import { renderSlack } from "./render.ts";

/** A message in the richest form that passes our own check. */
export function preparePayload(message: Message, log: Log, render = renderSlack): SlackPayload {
  const payload = render(message);
  const problems = checkPayload(payload);
  if (problems.length === 0) return payload;
  log.error("slack: rendered outside the limits, sending the plain form", { problems: problems.join("; ") });
  return renderPlain(message);
}

/** Sends a message; where Slack refuses the payload itself, once more in plain form. Rejects with DeliveryError. */
export async function sendPrepared<T>(
  message: Message,
  log: Log,
  send: (payload: SlackPayload) => Promise<T>,
): Promise<T> {
  try {
    return await send(preparePayload(message, log));
  } catch (error) {
    const refused = slackError(error);
    if (!isPayloadFault(refused)) throw refused;
    log.warn("slack: payload refused, sending the plain form", { detail: refused.detail });
  }
  try {
    return await send(renderPlain(message));
  } catch (error) {
    throw slackError(error);
  }
}
