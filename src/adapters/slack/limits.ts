import type { Budgets } from "../../core/budget.ts";

/**
 * Slack's limits, in Unicode code points unless a count of things. Source: docs.slack.dev/reference/block-kit
 * (as repeated in the comments of @slack/types 3.2), where nothing else is said.
 */
export const LIMITS = {
  blocks: 50,
  /** Undocumented; 9,597 were accepted and 11,341 refused as msg_blocks_too_long (slackapi/bolt-js #2867). */
  messageText: 9_000,
  /** docs.slack.dev/reference/methods/chat.update: msg_too_long above it. */
  fallbackText: 4_000,
  textObject: 3_000,
  header: 150,
  contextElements: 10,
  actionsElements: 25,
  buttonLabel: 75,
  buttonValue: 2_000,
  url: 3_000,
  actionId: 255,
  tables: 1,
  tableRows: 100,
  tableColumns: 20,
  /** All cells of one table together; reported by vercel/chat, not in Slack's reference. */
  tableText: 10_000,
} as const;

/**
 * How fast we post. docs.slack.dev/reference/methods/chat.postMessage, "Rate limiting": one message a second to a
 * channel, and "several hundred" a minute to a workspace without a figure: 200 is the least that word can mean.
 */
export const BUDGETS: Budgets = {
  place: [{ count: 1, perMs: 1_000 }],
  all: [
    { count: 4, perMs: 1_000 },
    { count: 200, perMs: 60_000 },
  ],
};
