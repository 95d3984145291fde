import { setTimeout } from "node:timers/promises";

/** A message takes 5 edits a second ("更新应用发送的消息卡片"); the rest is a margin. */
const BETWEEN_MS = 220;

/** Lets edits of one message follow each other no faster than Feishu takes them. */
export type Pacing = (messageId: string) => Promise<void>;

export function createPacing(betweenMs = BETWEEN_MS): Pacing {
  const free = new Map<string, Promise<void>>();
  return async (messageId) => {
    const turn = free.get(messageId) ?? Promise.resolve();
    const pause = async (): Promise<void> => {
      await turn;
      await setTimeout(betweenMs);
      if (free.get(messageId) === next) free.delete(messageId);
    };
    const next = pause();
    free.set(messageId, next);
    await turn;
  };
}
