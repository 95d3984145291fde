import { z } from "zod";
import type { FeishuApi } from "./api.ts";
import { NO_SCOPE } from "./failure.ts";

/** "获取群信息" (im/v1/chats/:chat_id): what of the answer is used. */
const chatAnswer = z.object({ data: z.object({ chat_mode: z.string() }) });
/** A callback must be answered in 3 s: no longer than this is spent on the question. */
const ASK_MS = 1_000;
const MOST = 10_000;

/** Which chats are direct messages: their ids do not tell, and a click does not either. */
export interface Chats {
  learn(chatId: string, direct: boolean): void;
  /** What was learnt, else what Feishu says; false where it does not say. */
  isDirect(chatId: string): Promise<boolean>;
}

export function createChats(api: FeishuApi): Chats {
  const known = new Map<string, boolean>();
  const asking = new Map<string, Promise<boolean>>();
  let mayAsk = true;

  function learn(chatId: string, direct: boolean): void {
    known.delete(chatId);
    known.set(chatId, direct);
    if (known.size <= MOST) return;
    for (const oldest of known.keys()) {
      known.delete(oldest);
      return;
    }
  }

  async function ask(chatId: string): Promise<boolean> {
    const path = `/open-apis/im/v1/chats/${encodeURIComponent(chatId)}` as const;
    const outcome = await api.call({ endpoint: "chat", method: "GET", path });
    if (!outcome.ok) {
      if (outcome.failure.kind === "refused" && NO_SCOPE.has(outcome.failure.code)) mayAsk = false;
      return false;
    }
    const answer = chatAnswer.safeParse(outcome.body);
    if (!answer.success) return false;
    const direct = answer.data.data.chat_mode === "p2p";
    learn(chatId, direct);
    return direct;
  }

  return {
    learn,
    isDirect: async (chatId) => {
      const direct = known.get(chatId);
      if (direct !== undefined) return direct;
      if (!mayAsk) return false;
      const answer =
        asking.get(chatId) ??
        ask(chatId).finally(() => {
          asking.delete(chatId);
        });
      asking.set(chatId, answer);
      const late = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => late.resolve(false), ASK_MS);
      return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
    },
  };
}
