import type { Log } from "../../log.ts";
import type { Message } from "../../message/message.ts";
import { checkPayload } from "./check.ts";
import { isPayloadFault, slackError } from "./errors.ts";
import type { SlackPayload } from "./payload.ts";
import { renderPlain } from "./render-plain.ts";
import { renderSlack } from "./render.ts";

/** What is sent of a message: within every limit by our own check. */
export type Prepare = (message: Message) => SlackPayload;

/** Messages that are kept drawn and checked, of at most so many characters each. */
const KEPT = { messages: 100, length: 20_000 } as const;

/** Draws messages, and remembers those of late: the same questions are asked again and again. */
export function createPrepare(log: Log, render: typeof renderSlack): Prepare {
  const kept = new Map<string, SlackPayload>();
  return (message) => {
    if (message.files !== undefined) return preparePayload(message, log, render);
    // A payload is made of its message alone: what says the same is drawn the same.
    const key = JSON.stringify(message);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const payload = preparePayload(message, log, render);
    if (key.length > KEPT.length) return payload;
    const [oldest] = kept.keys();
    if (kept.size >= KEPT.messages && oldest !== undefined) kept.delete(oldest);
    kept.set(key, payload);
    return payload;
  };
}

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
