import type { MessageRef } from "../../core/place.ts";

/** The hosts of the app's own addresses ("AppLink 协议"), by cloud. */
const APPLINKS: ReadonlyMap<string, string> = new Map([
  ["open.feishu.cn", "https://applink.feishu.cn"],
  ["open.larksuite.com", "https://applink.larksuite.com"],
]);

/**
 * An address that opens the topic of a message, else its chat ("打开聊天页面"): single messages have none. Null for a person's
 * direct messages and for a cloud of one's own. That of a topic stands on no page; the client itself gives it out.
 */
export function messageLink(domain: string, { address }: MessageRef, topicId: string | null): string | null {
  const base = APPLINKS.get(new URL(domain).hostname);
  if (base === undefined || !("channel" in address.to)) return null;
  const chat = encodeURIComponent(address.to.channel);
  return topicId === null
    ? `${base}/client/chat/open?openChatId=${chat}`
    : `${base}/client/thread/open?open_chat_id=${chat}&open_thread_id=${encodeURIComponent(topicId)}`;
}
