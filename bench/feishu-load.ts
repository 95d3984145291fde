/**
 * What Feishu costs: loading its SDK, starting with it beside Slack, and a digest to 200 chats at once. Each figure stands
 * beside one of the same run; the ratio is what to compare. `node bench/feishu-load.ts` runs it alone.
 */
import { byBareSdk, byWorker, type FannedOut } from "./feishu-fan-out.ts";
import { bare, inTurns, started, type Cost } from "./feishu-start.ts";
import { say } from "./measure.ts";

const CHATS = 200;
/** Sent first and not counted: a process that runs for weeks is warm. */
const WARM = 60;

/** Prints the figures; about a minute. */
export async function run(): Promise<void> {
  const [node, sdk] = await inTurns([() => bare(""), () => bare('await import("@larksuiteoapi/node-sdk")')]);
  const [slack, both] = await inTurns([() => started(["slack"]), () => started(["slack", "feishu"])]);
  say("The Feishu SDK, loaded only where Feishu is configured");
  row("a process that imports it", sdk, node, "a bare process");
  row("Qushi with Slack and Feishu", both, slack, "with Slack alone");
  say(`A digest to ${CHATS} chats at once, Feishu taking 50 a second (aim: all, ≤ 1.2 of its own pace)`);
  await byWorker(WARM);
  fanned("bare SDK", await byBareSdk(CHATS));
  fanned("outbox and worker", await byWorker(CHATS));
}

function row(name: string, cost: Cost | undefined, beside: Cost | undefined, what: string): void {
  if (cost === undefined || beside === undefined) return;
  const time = `${cost.ms.toFixed(0)} ms against ${beside.ms.toFixed(0)} ms (×${(cost.ms / beside.ms).toFixed(2)})`;
  const memory = `${cost.mb.toFixed(0)} MB against ${beside.mb.toFixed(0)} MB`;
  say(`${name.padEnd(28)} ${time}   ${memory}   ${what}`);
}

function fanned(name: string, { arrived, ms, refused, budgetMs }: FannedOut): void {
  const pace =
    arrived === CHATS ? `×${(ms / budgetMs).toFixed(2)} of ${(budgetMs / 1_000).toFixed(1)} s` : "gave up";
  say(`${name.padEnd(28)} arrived ${arrived}, lost ${CHATS - arrived}   refused ${refused}   ${pace}`);
}

if (import.meta.main) await run();
