import type { Address, PlatformName } from "../../core/place.ts";
import type { Message } from "../../message/message.ts";
import { DeliveryError, type Platform } from "../../platform/platform.ts";
import { pushMessage } from "./push-message.ts";
import { feishuSignature, postJson, readFeishuAnswer, readSlackAnswer } from "./send.ts";

/** An address that takes messages and answers nothing. */
export interface Hook {
  readonly name: string;
  readonly kind: "slack" | "feishu";
  readonly url: string;
  /** Signs what goes to Feishu; null: it is not signed. */
  readonly secret: string | null;
}

export interface WebhookOptions {
  readonly hooks: readonly Hook[];
  /** A message as a body for each kind; main hands the renderers of the chats in. */
  readonly render: Readonly<Record<Hook["kind"], (message: Message) => object>>;
  readonly now: () => Date;
}

const NAME: PlatformName = "webhook";
/** Feishu's own limit. Source: open.feishu.cn, 自定义机器人使用指南. */
const FEISHU_BYTES = 20 * 1024;
/** At each full and half hour Feishu throttles (11232): what falls due then waits so long. */
const CROWDED = { minutes: 30, seconds: 40 } as const;

/** Incoming webhooks as a platform that can only be pushed to: `webhook:NAME`. */
export function createWebhook({ hooks, render, now }: WebhookOptions): Platform {
  const byName = new Map(hooks.map((hook) => [hook.name, hook]));
  let started = false;

  const find = (to: Address): Hook => {
    const hook = to.platform === NAME && "channel" in to.to ? byName.get(to.to.channel) : undefined;
    if (hook === undefined) throw new DeliveryError("target_gone", "its QUSHI_WEBHOOK_ variable is not set");
    return hook;
  };
  const sendToFeishu = async ({ url, secret }: Hook, message: Message): Promise<void> => {
    const at = now();
    const past = (at.getUTCMinutes() % CROWDED.minutes) * 60 + at.getUTCSeconds();
    if (past < CROWDED.seconds) {
      const wait = (CROWDED.seconds - past) * 1_000;
      throw new DeliveryError("rate_limited", "kept off the full and the half hour", wait);
    }
    const timestamp = String(Math.floor(at.getTime() / 1_000));
    const signed = secret === null ? {} : { timestamp, sign: feishuSignature(timestamp, secret) };
    const body = JSON.stringify({ ...signed, msg_type: "interactive", card: render.feishu(message) });
    if (Buffer.byteLength(body) > FEISHU_BYTES) throw new DeliveryError("rejected", "more than 20 KB");
    readFeishuAnswer(await postJson(url, body));
  };

  return {
    name: NAME,
    abilities: {
      threads: false,
      edits: false,
      forms: "none",
      files: false,
      filesNeed: null,
      buttons: false,
      private: false,
      reads: false,
      find: "none",
    },
    callback: null,
    // Slack's second for each webhook, and Feishu's 100 a minute with room for others' robots in the same chat.
    budgets: {
      place: [
        { count: 1, perMs: 1_000 },
        { count: 50, perMs: 60_000 },
      ],
      all: [],
    },
    health: () => ({ state: started ? "connected" : "stopped", detail: null }),
    lacks: () => [],
    start: async () => {
      started = true;
    },
    stop: async () => {
      started = false;
    },
    post: async (to, message, key) => {
      const hook = find(to);
      const push = pushMessage(message);
      switch (hook.kind) {
        case "slack":
          readSlackAnswer(await postJson(hook.url, JSON.stringify(render.slack(push))));
          break;
        case "feishu":
          await sendToFeishu(hook, push);
          break;
        default:
          throw new Error(`no such kind: ${String(hook.kind satisfies never)}`);
      }
      // A webhook tells no id; the delivery's own stands for it.
      return { ref: { address: to, id: key } };
    },
    edit: () => Promise.reject(new DeliveryError("rejected", "a webhook's messages cannot be changed")),
    link: () => null,
    mayPost: () => Promise.resolve("yes"),
    find: () => Promise.resolve({ state: "unknown" }),
  };
}
