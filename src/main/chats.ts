import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { OnInbound, Platform } from "../platform/platform.ts";
import type { Supervised } from "../platform/supervise.ts";

/** The chats that are configured; the SDK of one that is not is never loaded. */
export async function chatPlatforms(config: Config, log: Log, now: () => Date): Promise<readonly Platform[]> {
  const chats: Platform[] = [];
  if (config.slack !== null) {
    const { createSlack } = await import("../adapters/slack/index.ts");
    chats.push(createSlack({ ...config.slack, log, now }));
  }
  if (config.feishu !== null) {
    const { createFeishu } = await import("../adapters/feishu/index.ts");
    chats.push(createFeishu({ ...config.feishu, log, now }));
  }
  return chats;
}

/** Where messages are only pushed to, drawn as the chats draw them; none where no webhook is configured. */
export async function pushPlatforms({ webhooks }: Config, now: () => Date): Promise<readonly Platform[]> {
  if (webhooks.length === 0) return [];
  const [{ createWebhook }, { renderWithTextCharts }, { renderWebhook }] = await Promise.all([
    import("../adapters/webhook/index.ts"),
    import("../adapters/slack/render.ts"),
    import("../adapters/feishu/render.ts"),
  ]);
  const render = { slack: renderWithTextCharts, feishu: renderWebhook };
  return [createWebhook({ hooks: webhooks, render, now })];
}

/** A listener whose failures are logged; the platform hears of them too, so that it lets the event come again. */
export function guarded(onInbound: OnInbound, log: Log): OnInbound {
  return async (inbound) => {
    try {
      await onInbound(inbound);
    } catch (error) {
      log.error("an inbound message failed", { type: inbound.type, reason: String(error) });
      throw error;
    }
  };
}

/** true once none of them can ever work as configured. */
export async function allFailed(supervised: readonly Supervised[]): Promise<boolean> {
  const outcomes = await Promise.all(supervised.map(({ gaveUp }) => gaveUp));
  return outcomes.every(Boolean);
}
