import { z } from "zod";
import { checkPayload } from "../../src/adapters/slack/check.ts";

/**
 * What the fake refuses by itself, so that a slip in the adapter's own table of limits does not pass unseen.
 * Source: docs.slack.dev/reference/block-kit; 12,000 is the order of size at which msg_blocks_too_long was seen.
 */
const KNOWN = new Set([
  "actions",
  "context",
  "data_visualization",
  "divider",
  "header",
  "rich_text",
  "section",
  "table",
]);
/** Not in the reference: more than two were refused (vercel/chat #696). */
const MOST_CHARTS = 2;
const MOST_BLOCKS = 50;
const MOST_TEXT = 12_000;

const node = z.record(z.string(), z.unknown());
const payload = z.object({ text: z.string().optional(), blocks: z.array(node).optional() });

/** Every object inside, with the path to it. */
function walk(value: unknown, path: string): (readonly [string, Record<string, unknown>])[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => walk(item, `${path}/${index}`));
  const read = node.safeParse(value);
  if (!read.success) return [];
  const below = Object.entries(read.data).flatMap(([key, inner]) => walk(inner, `${path}/${key}`));
  return [[path, read.data], ...below];
}

function longest(object: Record<string, unknown>, path: string): number {
  if (/^\/blocks\/\d+\/text$/.test(path) && object["type"] === "plain_text") return 3_000;
  return object["type"] === "raw_text" ? 10_000 : 3_000;
}

function independent(blocks: readonly Record<string, unknown>[]): string[] {
  const problems: string[] = [];
  if (blocks.length > MOST_BLOCKS) problems.push("no more than 50 items allowed [json-pointer:/blocks]");
  const charts = blocks.filter(({ type }) => type === "data_visualization");
  if (charts.length > MOST_CHARTS) problems.push("too many charts [json-pointer:/blocks]");
  for (const chart of charts) problems.push(...refuseChart(chart));
  let total = 0;
  for (const block of blocks) {
    if (!KNOWN.has(String(block["type"]))) problems.push("unsupported type [json-pointer:/blocks]");
  }
  for (const [path, object] of walk(blocks, "/blocks")) {
    const { text } = object;
    if (typeof text === "string") {
      if (text.length === 0) problems.push(`must be more than 0 characters [json-pointer:${path}/text]`);
      if (Array.from(text).length > longest(object, path))
        problems.push(`too long [json-pointer:${path}/text]`);
      total += Array.from(text).length;
    }
    // A channel is shown by its name and told nothing (docs.slack.dev/reference/block-kit/blocks/rich-text-block).
    if (object["type"] === "channel" && !/^[CG][A-Z0-9]+$/.test(String(object["channel_id"]))) {
      problems.push(`no such channel [json-pointer:${path}/channel_id]`);
    }
    if (["usergroup", "broadcast", "mrkdwn"].includes(String(object["type"]))) {
      problems.push(`the bot never mentions [json-pointer:${path}]`);
    }
    // Who did something is named as an account; anything else there would fail at Slack (invalid_blocks).
    if (object["type"] === "user" && !/^[UW][A-Z0-9]+$/.test(String(object["user_id"]))) {
      problems.push(`no such user [json-pointer:${path}/user_id]`);
    }
    if (typeof object["url"] === "string" && !/^https?:\/\//.test(object["url"])) {
      problems.push(`invalid url [json-pointer:${path}/url]`);
    }
  }
  if (total > MOST_TEXT) problems.push("msg_blocks_too_long");
  return problems;
}

function code(text: string): number {
  return Array.from(text).length;
}

function upTo(max: number): z.ZodString {
  return z
    .string()
    .min(1)
    .refine((text) => code(text) <= max, { message: `must be less than ${max + 1} characters` });
}

// docs.slack.dev/reference/block-kit/blocks/data-visualization-block; of six and twelve series the sources name, the fewer.
const point = z.object({ label: upTo(20), value: z.number() });
const series = z.object({ name: upTo(20), data: z.array(point).min(1).max(20) });
const chartBlock = z.looseObject({
  title: upTo(50),
  chart: z.discriminatedUnion("type", [
    z.strictObject({
      type: z.enum(["bar", "line", "area"]),
      series: z.array(series).min(1).max(6),
      axis_config: z.strictObject({
        categories: z.array(upTo(20)).min(1).max(20),
        x_label: upTo(50).optional(),
        y_label: upTo(50).optional(),
      }),
    }),
    z.strictObject({
      type: z.literal("pie"),
      segments: z
        .array(z.object({ label: upTo(20), value: z.number().positive() }))
        .min(1)
        .max(6),
    }),
  ]),
});

function refuseChart(value: unknown): string[] {
  const read = chartBlock.safeParse(value);
  if (!read.success)
    return read.error.issues.map(
      ({ path, message }) => `${message} [json-pointer:/blocks/${path.join("/")}]`,
    );
  const { chart } = read.data;
  if (chart.type === "pie") return unlike(chart.segments.map(({ label }) => label));
  const { series: all, axis_config } = chart;
  const wanted = [...axis_config.categories].toSorted().join("\n");
  const uneven = all.some(
    ({ data }) =>
      data
        .map(({ label }) => label)
        .toSorted()
        .join("\n") !== wanted,
  );
  return [
    ...unlike(all.map(({ name }) => name)),
    ...unlike(axis_config.categories),
    ...(uneven ? ["every series has one point for each category [json-pointer:/blocks]"] : []),
  ];
}

function unlike(names: readonly string[]): string[] {
  return new Set(names).size < names.length ? ["names must be unique [json-pointer:/blocks]"] : [];
}

/** The same for the blocks of a view that are no inputs; of them, how many and how long together is the view's affair. */
export function refuseViewBlocks(blocks: readonly unknown[]): readonly string[] {
  const read = z.array(node).safeParse(blocks);
  if (!read.success) return ["[ERROR] not blocks"];
  const whole = /^msg_blocks_too_long|no more than 50 items/;
  return independent(read.data)
    .filter((problem) => !whole.test(problem))
    .map((problem) => `[ERROR] ${problem}`);
}

/** What is wrong with a message payload, in the form of Slack's response_metadata.messages. */
export function refusePayload(value: unknown): readonly string[] {
  const read = payload.safeParse(value);
  if (!read.success) return ["[ERROR] not a message"];
  const { text, blocks } = read.data;
  // A message of text alone is one too, though the bot sends none.
  const faults = blocks === undefined ? [] : checkPayload({ text, blocks });
  const own = faults.map((problem) => {
    const [path = "", ...what] = problem.split(": ");
    return `${what.join(": ")} [json-pointer:/${path}]`;
  });
  return [...independent(blocks ?? []), ...own].map((problem) => `[ERROR] ${problem}`);
}
