import { z } from "zod";
import { checkBlocks } from "./check.ts";
import { LIMITS } from "./limits.ts";
import { points } from "./measure.ts";
import {
  slackHome,
  slackModal,
  slackOptions,
  type SlackHome,
  type SlackInput,
  type SlackModal,
} from "./modal-payload.ts";
import type { SlackBlock } from "./payload.ts";

const slackView = z.discriminatedUnion("type", [slackModal, slackHome]);

function checkInput({ block_id, element }: SlackInput): readonly string[] {
  const problems: string[] = [];
  if (element.type === "plain_text_input" && points(element.initial_value ?? "") > element.max_length)
    problems.push(`${block_id}: begins longer than it may get`);
  if (element.type === "static_select") {
    const values = element.options.map(({ value }) => value);
    if (new Set(values).size < values.length) problems.push(`${block_id}: a value twice`);
    const { initial_option: initial } = element;
    const known = element.options.some(
      ({ value, text }) => value === initial?.value && text.text === initial.text.text,
    );
    if (initial !== undefined && !known) problems.push(`${block_id}: begins with something not offered`);
  }
  return problems;
}

function checkWhole(view: SlackModal | SlackHome): readonly string[] {
  const blocks: SlackBlock[] = [];
  const inputs: SlackInput[] = [];
  for (const block of view.blocks) {
    if (block.type === "input") inputs.push(block);
    else blocks.push(block);
  }
  const problems = [...checkBlocks(blocks, LIMITS.viewText), ...inputs.flatMap(checkInput)];
  const ids = inputs.map(({ block_id }) => block_id);
  if (new Set(ids).size < ids.length) problems.push("input: block_id twice");
  if (blocks.some(({ type }) => type === "table" || type === "data_visualization"))
    problems.push("blocks: a table or chart, which are for messages");
  if (view.type === "modal" && inputs.length > 0 && view.submit === undefined)
    problems.push("submit: missing beside an input");
  const bytes = Buffer.byteLength(JSON.stringify(view));
  if (bytes > LIMITS.viewBytes) problems.push(`view: ${bytes} bytes`);
  return problems;
}

/** What Slack would refuse in a modal or home tab, as `path: what`; empty when it is within every limit. */
export function checkView(view: object): readonly string[] {
  const read = slackView.safeParse(view);
  if (read.success) return checkWhole(read.data);
  return read.error.issues.map((issue) => `${issue.path.join("/")}: ${issue.message}`);
}

/** The same for the answer to a block_suggestion. */
export function checkOptions(options: unknown): readonly string[] {
  const read = slackOptions.safeParse(options);
  return read.success ? [] : read.error.issues.map((issue) => `${issue.path.join("/")}: ${issue.message}`);
}
