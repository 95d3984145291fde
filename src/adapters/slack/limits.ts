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
  /** The values of all buttons of a payload together: our own, it keeps a view far below its bytes. */
  buttonValues: 20_000,

  // Charts: docs.slack.dev/reference/block-kit/blocks/data-visualization-block. Copies of that page differ (6 or 12
  // series), the lesser counts; two in a message is undocumented (vercel/chat #696).
  charts: 2,
  chartTitle: 50,
  chartLabel: 20,
  chartAxis: 50,
  chartPoints: 20,
  chartSeries: 6,

  // Modals and the home tab: docs.slack.dev/reference/views.
  viewBlocks: 100,
  viewTitle: 24,
  viewButton: 24,
  callbackId: 255,
  privateMetadata: 3_000,
  /** docs.slack.dev/reference/methods/views.open: view_too_large above 250 kB; counted in bytes. */
  viewBytes: 250_000,
  /** Of all blocks of a view together; not documented, so as little as in a message. */
  viewText: 9_000,

  // Inputs: docs.slack.dev/reference/block-kit/blocks/input-block and the pages of its elements.
  blockId: 255,
  inputLabel: 2_000,
  inputHint: 2_000,
  inputText: 3_000,
  placeholder: 150,
  optionText: 75,
  /** docs.slack.dev/reference/block-kit/composition-objects/option-object; the comments of @slack/types still say 75. */
  optionValue: 150,
  options: 100,
  /** The text of an error beside a field: not documented; we keep to what can be read at a glance. */
  errorText: 300,
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
