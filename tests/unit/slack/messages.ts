import fc from "fast-check";
import type { Choice, Field, Form } from "../../../src/message/form.ts";
import type { Block, Button, Message, Span } from "../../../src/message/message.ts";

const NASTY = [
  "",
  " ",
  "\n",
  "<!channel>",
  "<@U1>",
  "<#C1|x>",
  "<https://x|y>",
  "&lt;!here&gt;",
  ":boom: *b* _i_ `c`",
  "1830 亿元",
  "\u0000\u0007",
  "\ud800",
  "👩‍👩‍👧",
  "@channel",
  "*光明* ~x~ `c` > q",
  "a\u200bb\u2060c",
  "\u202eאבג\u202c",
  "1\u{fe0f}\u{20e3} 🇨🇳",
  "<!subteam^S1> <!date^1^{date}|x>",
  "A & B < C",
];
const LONG = ["数".repeat(4_000), "x1.5 ".repeat(900), "9".repeat(7_000)];
const text = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 15, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.constantFrom(...LONG) },
);
const short = fc.oneof(
  fc.string({ minLength: 1, maxLength: 8 }),
  fc.constantFrom("光明", "龙岗", "<@U1>", "*b*"),
);
const url = fc.oneof(
  fc.webUrl(),
  fc.constantFrom("javascript:alert(1)", "http://x y", "https://x|y>z", "", "HTTPS://X/"),
);
const span: fc.Arbitrary<Span> = fc.oneof(
  text,
  fc.record({ bold: text }),
  fc.record({ code: text }),
  fc.record({ url, label: text }),
  fc.record({
    person: fc.record({
      platform: fc.constantFrom("slack", "feishu", "terminal"),
      workspace: fc.constantFrom("T1", null),
      id: fc.constantFrom("U1", "ou_x", "", "<!channel>", "everyone"),
    }),
  }),
  fc.record({
    place: fc.record({
      platform: fc.constantFrom("slack", "feishu"),
      workspace: fc.constantFrom("T1", null),
      to: fc.record({ channel: fc.constantFrom("C1", "oc_x", "", "<!channel>", "everyone") }),
      thread: fc.constant(null),
    }),
    words: text,
  }),
);
const line = fc.array(span, { maxLength: 4 });
const lines = fc.oneof(fc.array(line, { maxLength: 6 }), fc.array(line, { minLength: 60, maxLength: 70 }));
const button: fc.Arbitrary<Button> = fc.oneof(
  fc.record({ label: text, run: text, replace: fc.boolean(), primary: fc.boolean() }),
  fc.record({ label: text, url }),
);
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant("text"), lines }),
  fc.record({ type: fc.constant("note"), lines }),
  fc.record({ type: fc.constant("list"), items: lines }),
  fc.record({
    type: fc.constant("fields"),
    items: fc.array(fc.record({ label: text, value: line }), { maxLength: 12 }),
  }),
  fc.record({
    type: fc.constant("table"),
    columns: fc.array(fc.record({ label: text, align: fc.constantFrom("left", "right") }), { maxLength: 24 }),
    rows: fc.oneof(
      fc.array(fc.array(text, { maxLength: 5 }), { maxLength: 8 }),
      fc.array(fc.array(fc.constantFrom("1", "22"), { maxLength: 22 }), { minLength: 95, maxLength: 130 }),
    ),
  }),
  fc.record({
    type: fc.constant("chart"),
    title: text,
    unit: text,
    series: fc.array(text, { maxLength: 3 }),
    bars: fc.array(fc.record({ label: text, values: fc.array(fc.double(), { maxLength: 3 }) }), {
      maxLength: 30,
    }),
  }),
  // What Slack draws itself: every bar named once, with a figure for each series.
  fc
    .tuple(text, fc.uniqueArray(short, { maxLength: 7 }), fc.uniqueArray(short, { maxLength: 22 }))
    .chain(([title, series, labels]) =>
      fc.record({
        type: fc.constant("chart" as const),
        title: fc.oneof(text, short),
        unit: fc.constantFrom("", "EFLOPS", title),
        series: fc.constant(series),
        bars: fc.tuple(
          ...labels.map((label) =>
            fc.record({
              label: fc.constant(label),
              values: fc.array(fc.double({ noNaN: true }), {
                minLength: series.length,
                maxLength: series.length,
              }),
            }),
          ),
        ),
      }),
    ),
  fc.record({ type: fc.constant("quote"), text }),
  fc.constant<Block>({ type: "divider" }),
  fc.record({ type: fc.constant("buttons"), buttons: fc.array(button, { maxLength: 60 }) }),
);

/** Any message that the type allows, wild ones first of all. */
export const anyMessage: fc.Arbitrary<Message> = fc.record(
  {
    summary: text,
    title: text,
    blocks: fc.oneof(fc.array(block, { maxLength: 8 }), fc.array(block, { minLength: 48, maxLength: 56 })),
  },
  { requiredKeys: ["summary", "blocks"] },
);

const name = fc.stringMatching(/^[a-z]{1,12}$/);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary);
const choice: fc.Arbitrary<Choice> = fc.record({ value: text, label: text });
const asked = { name, label: text, hint: maybe(text), required: fc.boolean() };
const field: fc.Arbitrary<Field> = fc.oneof(
  fc.record({
    ...asked,
    kind: fc.constant("text"),
    multiline: fc.boolean(),
    maxLength: fc.oneof(fc.integer({ min: 1, max: 9_000 }), fc.constantFrom(0, -1, 0.5, Number.NaN)),
    placeholder: maybe(text),
    initial: maybe(text),
  }),
  fc.record({
    ...asked,
    kind: fc.constant("date"),
    initial: fc.constantFrom(null, "", "2026-06-30", "2026-02-30", "30.6.2026"),
  }),
  fc.record({
    ...asked,
    kind: fc.constant("choice"),
    options: fc.oneof(
      fc.array(choice, { maxLength: 10 }),
      fc
        .uniqueArray(short, { minLength: 1, maxLength: 10 })
        .map((all) => all.map((value) => ({ value, label: value }))),
    ),
    initial: maybe(short),
  }),
  fc.record({ ...asked, kind: fc.constant("commitment"), placeholder: maybe(text), initial: maybe(choice) }),
);

/** Things to choose from, such as an answer to what somebody types. */
export const anyChoices: fc.Arbitrary<readonly Choice[]> = fc.oneof(
  fc.array(choice, { maxLength: 8 }),
  fc.array(fc.record({ value: short, label: text }), { minLength: 95, maxLength: 130 }),
);

/** Any form that the type allows; names of verbs and fields are the program's own. */
export const anyForm: fc.Arbitrary<Form> = fc.record({
  title: text,
  verb: name,
  lang: fc.constantFrom("zh", "en"),
  intro: lines,
  fields: fc.oneof(fc.array(field, { maxLength: 6 }), fc.array(field, { minLength: 98, maxLength: 120 })),
  values: fc.dictionary(name, text, { maxKeys: 5 }),
  submit: text,
  cancel: text,
});
