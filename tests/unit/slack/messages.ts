import fc from "fast-check";
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
];
const LONG = ["数".repeat(4_000), "x1.5 ".repeat(900), "9".repeat(7_000)];
const text = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 15, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 1, arbitrary: fc.constantFrom(...LONG) },
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
