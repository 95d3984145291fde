import type { MessageRef } from "../../core/place.ts";

/** "AppLink: 打开聊天页面" (client/chat/open): the app's own address of a chat; single messages have none. */
const APPLINKS: ReadonlyMap<string, string> = new Map([
  ["open.feishu.cn", "https://applink.feishu.cn"],
  ["open.larksuite.com", "https://applink.larksuite.com"],
]);

/** An address that opens the message's chat; null for a person's direct messages and for a cloud of one's own. */
export function chatLink(domain: string, { address }: MessageRef): string | null {
  const base = APPLINKS.get(new URL(domain).hostname);
  if (base === undefined || !("channel" in address.to)) return null;
  return `${base}/client/chat/open?openChatId=${encodeURIComponent(address.to.channel)}`;
}
