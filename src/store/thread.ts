import type { Address } from "../core/place.ts";
import type { Message } from "../message/message.ts";
import type { Delivery } from "./outbox.ts";

/** A message and its replies as deliveries: the first is posted or edits another, the others go into its thread. */
export function threadOf(of: {
  readonly key: string;
  readonly to: Address;
  readonly messages: readonly Message[];
  readonly dueAt: Date;
  readonly subscriptionId: string | null;
  /** The delivery whose message the first one replaces; the replies of that one stand already. */
  readonly edits: string | null;
}): readonly Delivery[] {
  const { key, to, messages, dueAt, subscriptionId, edits } = of;
  const [parent, ...replies] = messages;
  if (parent === undefined) return [];
  const common = { to, dueAt, subscriptionId };
  if (edits !== null) return [{ ...common, key, act: { edit: edits }, message: parent, parentKey: null }];
  return [
    { ...common, key, act: "post", message: parent, parentKey: null },
    ...replies.map((message, at) => ({
      ...common,
      key: `${key}.${at + 1}`,
      act: "post" as const,
      message,
      parentKey: key,
    })),
  ];
}
