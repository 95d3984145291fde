import type { ModalContext } from "../../../src/adapters/slack/modal.ts";
import type { Field, Form } from "../../../src/message/form.ts";

export const AT: ModalContext = { team: "T1", channel: "C1", thread: "1.2", message: null };
export const asked = { hint: null, required: true };
export const FIGURE: Extract<Field, { kind: "text" }> = {
  ...asked,
  name: "value",
  label: "读数",
  hint: "例如 8.2 EFLOPS",
  kind: "text",
  multiline: false,
  maxLength: 200,
  placeholder: "8.2 EFLOPS",
  initial: null,
};
export const FORM: Form = {
  title: "填报读数",
  verb: "reading",
  lang: "zh",
  intro: [[{ bold: "LT-004 澜汀区" }], ["目标：超过 19 EFLOPS <!channel>"]],
  fields: [
    {
      ...asked,
      name: "id",
      label: "承诺",
      kind: "commitment",
      placeholder: "输入几个字",
      initial: { value: "LT-004", label: "LT-004 澜汀区 · 算力" },
    },
    FIGURE,
    { ...asked, name: "on", label: "截至", kind: "date", initial: "2026-06-30" },
    {
      ...asked,
      required: false,
      name: "level",
      label: "级别",
      kind: "choice",
      options: [
        { value: "E1", label: "E1 官方统计" },
        { value: "E2", label: "E2 官方发布" },
      ],
      initial: "E2",
    },
  ],
  values: { seq: "41" },
  submit: "填报",
  cancel: "取消",
};
export const plain = (text: string) => ({ type: "plain_text", text, emoji: false });

/** What Slack sends of a view that stood open, with what a person left in its fields. */
export function sent(view: object, values: Readonly<Record<string, object>>): unknown {
  const state = Object.entries(values).map(([block, element]) => [block, { value: element }] as const);
  return structuredClone({ ...view, id: "V1", state: { values: Object.fromEntries(state) } });
}

/** Every object anywhere inside that Slack would read as markup, or that mentions somebody. */
export function interpreted(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(interpreted);
  if (typeof value !== "object" || value === null) return [];
  const type = "type" in value ? value.type : null;
  const bad = ["mrkdwn", "markdown", "usergroup", "broadcast", "team", "emoji"].includes(String(type));
  // A channel that we name is shown as a link and tells nobody; anything else there would.
  const noChannel =
    type === "channel" && !("channel_id" in value && /^[CG][A-Z0-9]+$/.test(String(value.channel_id)));
  const unmarked = type === "plain_text" && !("emoji" in value && value.emoji === false);
  return [...(bad || noChannel || unmarked ? [value] : []), ...Object.values(value).flatMap(interpreted)];
}
