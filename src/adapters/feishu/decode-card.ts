import { z } from "zod";
import { buttonValue } from "./card.ts";
import { hash, isExternal, json, time } from "./decode.ts";
import { readForm, type Filled } from "./form-card.ts";

/** `card.action.trigger` ("卡片回传交互回调", open.feishu.cn): the callback of a click, without the thread it stands in. */
const callback = z.object({
  event_id: z.string().optional(),
  create_time: z.string().optional(),
  token: z.string().optional(),
  tenant_key: z.string().optional().catch(undefined),
  operator: z.object({
    open_id: z.string().min(1),
    tenant_key: z.string().optional().catch(undefined),
  }),
  action: z.looseObject({ value: z.unknown() }),
  context: z.object({ open_message_id: z.string().min(1), open_chat_id: z.string().min(1) }),
});

/** What somebody did to one of our cards. */
export type Pressed = {
  readonly messageId: string;
  readonly chatId: string;
  readonly openId: string;
  readonly isExternal: boolean;
  /** The same when it arrives again. */
  readonly id: string;
  readonly at: Date | null;
} & (
  | {
      readonly type: "click";
      readonly line: string;
      readonly replaces: boolean;
      /** The first message of the topic that the card stands in, as far as the card knows. */
      readonly below: string | null;
    }
  | ({ readonly type: "form" } & Filled)
  /** Not of this version's cards. */
  | { readonly type: "unknown" }
);

/** The click or submission in a card callback, or null when it is none. */
export function decodeCard(event: unknown): Pressed | null {
  const parsed = callback.safeParse(event);
  if (!parsed.success) return null;
  const { operator, action, context, token, event_id: eventId, create_time: created } = parsed.data;
  const pressed = {
    messageId: context.open_message_id,
    chatId: context.open_chat_id,
    openId: operator.open_id,
    isExternal: isExternal(parsed.data.tenant_key, operator.tenant_key),
    // The token is a secret while it lives.
    id: `feishu:card:${hash(eventId ?? token ?? `${context.open_message_id}:${operator.open_id}`)}`,
    at: time(created),
  };
  // Some clients hand a value back as the JSON text of the object that was sent.
  const given = typeof action.value === "string" ? json(action.value) : action.value;
  const value = buttonValue.safeParse(given);
  if (value.success) {
    const { run: line, replace, below = null } = value.data;
    return { ...pressed, type: "click", line, replaces: replace === true, below };
  }
  const form = readForm({ ...action, value: given });
  if (form === null) return { ...pressed, type: "unknown" };
  return { ...pressed, type: "form", ...form, id: submissionId(pressed, form) };
}

/**
 * One card, one person, the same words: sent again because the first answer was lost on its way, however long ago. A card
 * whose answer arrived holds no form any more.
 */
function submissionId(
  { messageId, openId }: Pick<Pressed, "messageId" | "openId">,
  { verb, values }: Filled,
): string {
  const names = Object.keys(values).toSorted();
  const filled = names.map((name) => [name, values[name]]);
  return `feishu:form:${hash(JSON.stringify([messageId, openId, verb, filled]))}`;
}
