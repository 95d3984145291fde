import type { MessageRef } from "../../core/place.ts";
import type { Identity } from "./identity.ts";

/** A message's address, as chat.getPermalink would give it, without asking; null where it is not one of this workspace's. */
export function permalink({ address, id }: MessageRef, { teamId, url }: Identity): string | null {
  if (url === null || address.platform !== "slack" || !("channel" in address.to)) return null;
  if (address.workspace !== null && address.workspace !== teamId) return null;
  const { channel } = address.to;
  if (!/^[A-Z0-9]+$/.test(channel) || !/^\d+\.\d{6}$/.test(id)) return null;
  const link = new URL(`/archives/${channel}/p${id.replace(".", "")}`, url);
  if (address.thread !== null && address.thread !== id) {
    link.searchParams.set("thread_ts", address.thread);
    link.searchParams.set("cid", channel);
  }
  return link.href;
}
