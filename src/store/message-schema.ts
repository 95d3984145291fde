import { z } from "zod";
import type { Block, Button, Message, MessageFile, Span } from "../message/message.ts";
import { theSame } from "./json.ts";
import { addressSchema, personSchema } from "./rule-schema.ts";

const span = z.union([
  z.string(),
  z.strictObject({ bold: z.string() }),
  z.strictObject({ code: z.string() }),
  z.strictObject({ person: personSchema, words: z.string().exactOptional() }),
  z.strictObject({ place: addressSchema, words: z.string() }),
  z.strictObject({ url: z.string(), label: z.string() }),
]);
const line = z.array(span);

const label = { label: z.string(), primary: z.boolean().exactOptional() };
const button = z.union([
  z.strictObject({ ...label, url: z.string() }),
  z.strictObject({ ...label, run: z.string(), replace: z.boolean().exactOptional() }),
]);

const block = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), lines: z.array(line) }),
  z.strictObject({
    type: z.literal("fields"),
    items: z.array(z.strictObject({ label: z.string(), value: line })),
  }),
  z.strictObject({ type: z.literal("list"), items: z.array(line) }),
  z.strictObject({
    type: z.literal("table"),
    columns: z.array(z.strictObject({ label: z.string(), align: z.enum(["left", "right"]) })),
    rows: z.array(z.array(z.string())),
  }),
  z.strictObject({
    type: z.literal("chart"),
    title: z.string(),
    unit: z.string(),
    series: z.array(z.string()),
    bars: z.array(z.strictObject({ label: z.string(), values: z.array(z.number()) })),
  }),
  z.strictObject({ type: z.literal("quote"), text: z.string() }),
  z.strictObject({ type: z.literal("note"), lines: z.array(line) }),
  z.strictObject({ type: z.literal("divider") }),
  z.strictObject({ type: z.literal("buttons"), buttons: z.array(button) }),
]);

const file = z.strictObject({ name: z.string(), mime: z.string(), content: z.string() });

/** A message as the outbox keeps it. */
export const messageSchema = z.strictObject({
  summary: z.string(),
  title: z.string().exactOptional(),
  tone: z.enum(["plain", "good", "warn", "bad", "info"]).exactOptional(),
  blocks: z.array(block),
  files: z.array(file).exactOptional(),
});

// A block, a span or a field more in message.ts does not compile until it is here too.
theSame<Span, z.infer<typeof span>>(true);
theSame<Button, z.infer<typeof button>>(true);
theSame<Block, z.infer<typeof block>>(true);
theSame<MessageFile, z.infer<typeof file>>(true);
theSame<Message, z.infer<typeof messageSchema>>(true);
