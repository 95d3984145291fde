import fc from "fast-check";
import type { Person } from "../../../src/core/place.ts";
import type { Choice, Field, Form } from "../../../src/message/form.ts";
import { cardRefusal, type Refusal } from "../../support/fake-feishu-cards.ts";
import type { Block, Line, Message, Span } from "../../../src/message/message.ts";

export const HOSTILE: readonly string[] = [
  "<at id=all></at>",
  '<at user_id="all">所有人</at>',
  "[click](https://evil.example)",
  "![x](img_v3_1)",
  "```js\n1\n```",
  ":DONE:",
  "**b** __b__ ~~s~~ `c`",
  "- item\n+ item\n1. item\n> quote\n# head\n---",
  "    indented",
  "https://evil.example www.evil.example a@evil.example",
  "&#60;at id=all&#62;",
  "<font color='blue'>x</font>",
  "](https://evil.example)",
  "\u0000\u0007\u2028\uD800",
  "$x$ | a | b |",
  "<person id = 'ou_1' show_name = true show_avatar = false style = 'normal'></person>",
  "</at></font></person>",
  "| a | b |\n| --- | --- |\n| 1 | 2 |",
  "\u202E91\u2066\u200B\u200D",
  "{shown} {value:.0f}",
];

/** What anybody could type or put into the data. */
export const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  { weight: 2, arbitrary: fc.constantFrom("光明 · 智能算力", "突破 19 EFLOPS（年底）", "", " ") },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", minLength: 200, maxLength: 4000 }) },
);
const person: fc.Arbitrary<Person> = fc.record({
  platform: fc.constantFrom("feishu" as const, "slack" as const, "terminal" as const),
  workspace: fc.constantFrom(null, "T1"),
  id: fc.oneof(fc.constantFrom("ou_1a2b", "U1", "ou_1' id='all", "all"), text),
});
const span: fc.Arbitrary<Span> = fc.oneof(
  text,
  fc.record({ bold: text }),
  fc.record({ code: text }),
  fc.record({ person }),
  fc.record({ person, words: text }),
  fc.record({
    place: fc.record({
      platform: fc.constant("feishu" as const),
      workspace: fc.constant(null),
      to: fc.record({ channel: text }),
      thread: fc.constant(null),
    }),
    words: text,
  }),
  fc.record({
    url: fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), text),
    label: text,
  }),
);
const line: fc.Arbitrary<Line> = fc.array(span, { maxLength: 5 });
const figure = fc.oneof(fc.double(), fc.nat({ max: 40 }), fc.constantFrom(-0, 0.1 + 0.2, 1508.33));
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant("text" as const), lines: fc.array(line, { maxLength: 12 }) }),
  fc.record({ type: fc.constant("note" as const), lines: fc.array(line, { maxLength: 4 }) }),
  fc.record({ type: fc.constant("list" as const), items: fc.array(line, { maxLength: 40 }) }),
  fc.record({
    type: fc.constant("fields" as const),
    items: fc.array(fc.record({ label: text, value: line }), { maxLength: 8 }),
  }),
  fc.record({ type: fc.constant("quote" as const), text }),
  fc.record({ type: fc.constant("divider" as const) }),
  fc.record({
    type: fc.constant("table" as const),
    columns: fc.array(fc.record({ label: text, align: fc.constantFrom("left" as const, "right" as const) }), {
      maxLength: 60,
    }),
    rows: fc.array(fc.array(text, { maxLength: 6 }), { maxLength: 30 }),
  }),
  fc.record({
    type: fc.constant("chart" as const),
    title: text,
    unit: text,
    series: fc.array(text, { maxLength: 3 }),
    bars: fc.array(fc.record({ label: text, values: fc.array(figure, { maxLength: 3 }) }), {
      maxLength: 12,
    }),
  }),
  fc.record({
    type: fc.constant("buttons" as const),
    buttons: fc.array(
      fc.oneof(
        fc.record({ label: text, url: fc.oneof(fc.webUrl(), text) }),
        fc.record({ label: text, run: text, replace: fc.boolean(), primary: fc.boolean() }),
      ),
      { maxLength: 12 },
    ),
  }),
);
export const message: fc.Arbitrary<Message> = fc.record(
  {
    summary: text,
    title: text,
    tone: fc.constantFrom(
      "plain" as const,
      "good" as const,
      "warn" as const,
      "bad" as const,
      "info" as const,
    ),
    blocks: fc.array(block, { maxLength: 14 }),
  },
  { requiredKeys: ["summary", "blocks"] },
);

const word = fc.oneof(text, fc.constantFrom("读数", "截至"));
const choice: fc.Arbitrary<Choice> = fc.record({
  value: fc.string({ unit: "binary", maxLength: 30 }),
  label: word,
});
const name = fc.constantFrom("value", "as-of", "source", "level", "reason", "id", "");
const common = { name, label: word, hint: fc.option(text), required: fc.boolean() };
const field: fc.Arbitrary<Field> = fc.oneof(
  fc.record({
    ...common,
    kind: fc.constant("text" as const),
    multiline: fc.boolean(),
    maxLength: fc.oneof(fc.integer({ min: -5, max: 4000 }), fc.constant(NaN)),
    placeholder: fc.option(text),
    initial: fc.option(text),
  }),
  fc.record({
    ...common,
    kind: fc.constant("date" as const),
    initial: fc.option(fc.constantFrom("2026-06-30", "2026-02-30", "年底", "")),
  }),
  fc.record({
    ...common,
    kind: fc.constant("choice" as const),
    options: fc.array(choice, { maxLength: 10 }),
    initial: fc.option(fc.string()),
  }),
  fc.record({
    ...common,
    kind: fc.constant("commitment" as const),
    placeholder: fc.option(text),
    initial: fc.option(choice),
  }),
);
export const form: fc.Arbitrary<Form> = fc.record({
  title: text,
  verb: fc.constantFrom("reading", "evidence"),
  lang: fc.constantFrom("zh" as const, "en" as const),
  intro: fc.array(line, { maxLength: 12 }),
  fields: fc.array(field, { maxLength: 12 }),
  values: fc.dictionary(fc.constantFrom("id", "lang", "url"), fc.string({ unit: "binary", maxLength: 200 })),
  submit: text,
  cancel: text,
});

/** What the fake says against a card. */
export function refusal(card: unknown): Refusal | null {
  return cardRefusal(JSON.stringify(card));
}
