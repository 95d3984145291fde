import { z } from "zod";
import { checkPayload } from "../../src/adapters/slack/check.ts";

/**
 * What the fake refuses by itself, so that a slip in the adapter's own table of limits does not pass unseen.
 * Source: docs.slack.dev/reference/block-kit; 12,000 is the order of size at which msg_blocks_too_long was seen.
 */
const KNOWN = new Set(["actions", "context", "divider", "header", "rich_text", "section", "table"]);
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
    if (["channel", "usergroup", "broadcast", "mrkdwn"].includes(String(object["type"]))) {
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

/** What is wrong with a message payload, in the form of Slack's response_metadata.messages. */
export function refusePayload(value: unknown): readonly string[] {
  const read = payload.safeParse(value);
  if (!read.success) return ["[ERROR] not a message"];
  const { text, blocks } = read.data;
  const own = checkPayload({ text, blocks }).map((problem) => {
    const [path = "", ...what] = problem.split(": ");
    return `${what.join(": ")} [json-pointer:/${path}]`;
  });
  return [...independent(blocks ?? []), ...own].map((problem) => `[ERROR] ${problem}`);
}
