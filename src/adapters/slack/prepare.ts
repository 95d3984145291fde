import { kept, lasting, put } from "../../core/kept.ts";
import type { Log } from "../../log.ts";
import type { Message } from "../../message/message.ts";
import { checkPayload } from "./check.ts";
import { isPayloadFault, slackError } from "./errors.ts";
import type { SlackPayload } from "./payload.ts";
import { renderPlain } from "./render-plain.ts";
import type { Showing } from "./respond.ts";
import { renderSlack } from "./render.ts";

/** What a message is answered with: within every limit by our own check; for the same answer the same object. */
export type Prepare = (message: Message, shown: Showing) => Showing & SlackPayload;

/** Answers that are kept drawn and checked, of at most so many characters each. */
const KEPT = { answers: 100, length: 20_000 } as const;

/** Draws answers, and remembers those of late: the same questions are asked again and again. */
export function createPrepare(log: Log, render: typeof renderSlack): Prepare {
  const drawn = new Map<string, Showing & SlackPayload>();
  const answers = kept<Message, Showing & SlackPayload>(2);
  const draw = (message: Message, shown: Showing) => ({ ...shown, ...preparePayload(message, log, render) });
  const find = (message: Message, shown: Showing): Showing & SlackPayload => {
    if (message.files !== undefined) return draw(message, shown);
    // An answer is made of these alone: what says the same is drawn the same.
    const key = JSON.stringify([shown, message]);
    const known = drawn.get(key);
    if (known !== undefined) return known;
    const answer = lasting(draw(message, shown));
    if (key.length <= KEPT.length) put(drawn, key, answer, KEPT.answers);
    return answer;
  };
  return (message, shown) => answers(message, JSON.stringify(shown), () => find(message, shown));
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
