import { WebAPIHTTPError } from "@slack/web-api";
import { z } from "zod";
import type { Address } from "../../core/place.ts";
import type { Message, MessageFile } from "../../message/message.ts";
import { DeliveryError } from "../../platform/platform.ts";
import { directChannel } from "./directs.ts";
import { slackError } from "./errors.ts";
import { destination, postMessage, type Sending } from "./send.ts";

/** The permission that files need. */
export const FILES_SCOPE = "files:write";

const ticket = z.object({ upload_url: z.url(), file_id: z.string() });

/**
 * Sends a message's files to a channel or to a person's direct messages; null when all arrived, else why not, in a
 * message that is to follow the answer. Never rejects: the answer itself has been given.
 */
export async function sendFiles(
  sending: Sending,
  message: Message,
  to: Address,
  limitMs: number,
): Promise<Message | null> {
  const files = message.files ?? [];
  if (files.length === 0) return null;
  try {
    if (!sending.scopes.has(FILES_SCOPE)) {
      throw new DeliveryError("forbidden", `missing_scope needs ${FILES_SCOPE}`);
    }
    const channel = await channelFor(sending, message, to);
    for (const file of files) await upload(sending, file, { channel, thread: to.thread }, limitMs);
    return null;
  } catch (error) {
    const { detail } = slackError(error);
    sending.log.warn("slack: a file could not be sent", { detail });
    return notSent(message, files, detail);
  }
}

/** Files go to channels only. Without im:write a person's is learnt from a message, which says what the file is. */
async function channelFor(sending: Sending, message: Message, to: Address): Promise<string> {
  const place = destination(to, sending.teamId);
  if ("channel" in to.to) return place;
  const known = await directChannel(sending, to.to.person);
  if (known !== null) return known;
  const { ref } = await postMessage(sending, to, { summary: message.summary, blocks: [] }, null);
  return destination(ref.address, sending.teamId);
}

// docs.slack.dev/messaging/working-with-files, "Uploading files": an address, the bytes, then where to show them.
async function upload(
  { api }: Sending,
  { name, mime, content }: MessageFile,
  to: { readonly channel: string; readonly thread: string | null },
  limitMs: number,
): Promise<void> {
  const bytes = Buffer.from(content, "utf8");
  const asked = await api.apiCall("files.getUploadURLExternal", { filename: name, length: bytes.length });
  const given = ticket.safeParse(asked);
  if (!given.success) throw new DeliveryError("unknown_outcome", "no_upload_url");
  const response = await fetch(given.data.upload_url, {
    method: "POST",
    headers: { "content-type": mime },
    body: bytes,
    redirect: "error",
    signal: AbortSignal.timeout(limitMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw new WebAPIHTTPError(response.status, response.statusText, {}, "");
  await api.apiCall("files.completeUploadExternal", {
    files: [{ id: given.data.file_id, title: name }],
    channel_id: to.channel,
    ...(to.thread === null ? {} : { thread_ts: to.thread }),
  });
}

/** Slack's codes for what an admin can change: docs.slack.dev/reference/methods/files.completeUploadExternal. */
const WHY: readonly (readonly [RegExp, { readonly zh: string; readonly en: string }])[] = [
  [
    /^missing_scope/,
    {
      zh: `应用缺少权限 ${FILES_SCOPE}，请管理员加上后重新安装`,
      en: `the app lacks the scope ${FILES_SCOPE}; an admin can add it and install the app again`,
    },
  ],
  [/^file_uploads?\w*_disabled/, { zh: "管理员关闭了文件上传", en: "an admin has turned file uploads off" }],
  [
    /^not_in_channel/,
    { zh: "机器人不在这个频道里，先用 /invite 邀请", en: "the bot is not in this channel; /invite it first" },
  ],
  [/^storage_limit_reached/, { zh: "工作区的存储空间已满", en: "the workspace's storage is full" }],
];

/** The one line that follows an answer whose file stayed behind, in the answer's language. */
function notSent({ summary }: Message, files: readonly MessageFile[], detail: string): Message {
  const zh = isChinese(summary);
  const names = files.map(({ name }) => name).join(zh ? "、" : ", ");
  const known = WHY.find(([code]) => code.test(detail))?.[1];
  const why = known === undefined ? detail : zh ? known.zh : known.en;
  const said = zh ? `文件 ${names} 没有发出：${why}。` : `${names} was not sent: ${why}.`;
  return { summary: said, blocks: [{ type: "note", lines: [[said]] }] };
}

/** English names hardly anything in Han characters; two of them say as much as a word. */
function isChinese(text: string): boolean {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return count(/\p{Script=Han}/gu) > count(/[A-Za-z]/g) / 3;
}
