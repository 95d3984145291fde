import { z } from "zod";
import type { Address } from "../../core/place.ts";
import type { Log } from "../../log.ts";
import type { Message, MessageFile } from "../../message/message.ts";
import { DeliveryError } from "../../platform/platform.ts";
import type { FeishuApi } from "./api.ts";
import { withNote } from "./fallback.ts";
import { NO_SCOPE, feishuError } from "./failure.ts";
import { langOf } from "./message-lang.ts";
import { UPLOAD } from "./scopes.ts";
import type { Sender } from "./send.ts";
import { FILE_PAUSES, stubborn } from "./stubborn.ts";

/** "上传文件" (im/v1/files): what of the answer is used. */
const uploaded = z.object({ data: z.object({ file_key: z.string().min(1) }) });
const [SCOPE] = UPLOAD;
/** After this long a missing scope may have been granted, with a new version of the app. */
const FORGET_MS = 10 * 60_000;

/** The message as it is to be shown, and the files that are to follow it. */
export interface Prepared {
  readonly message: Message;
  /** Sends the files; `key` names the messages they become. Gives what is to be said of those that failed. Never rejects. */
  readonly follow: (to: Address["to"], key: string) => Promise<Message | null>;
}

/** Files that go with messages. */
export interface Files {
  /** Uploads a message's files; what cannot be uploaded leaves a line in the message. Never rejects. */
  prepare(message: Message): Promise<Prepared>;
  /** The scope that was found missing; null where none is. */
  need(): string | null;
}

interface FilesOptions {
  readonly api: FeishuApi;
  readonly sender: Sender;
  readonly domain: string;
  /** What the app was granted; null where that is not known. */
  readonly granted: ReadonlySet<string> | null;
  readonly now: () => Date;
  readonly log: Log;
  readonly stopped: AbortSignal;
}

export function createFiles({ api, sender, domain, granted, now, log, stopped }: FilesOptions): Files {
  const isMissing = granted !== null && !UPLOAD.some((scope) => granted.has(scope));
  let missingUntil = isMissing ? now().getTime() + FORGET_MS : 0;

  async function upload({ name, mime, content }: MessageFile): Promise<string> {
    const form = new FormData();
    form.set("file_type", "stream");
    form.set("file_name", name);
    // A part without a file name of its own is refused.
    form.set("file", new Blob([content], { type: mime }), name);
    const outcome = await api.upload({ endpoint: "upload", path: "/open-apis/im/v1/files", form });
    if (!outcome.ok) {
      const { failure } = outcome;
      if (failure.kind === "refused" && NO_SCOPE.has(failure.code))
        missingUntil = now().getTime() + FORGET_MS;
      throw feishuError(outcome.endpoint, failure);
    }
    const answer = uploaded.safeParse(outcome.body);
    if (!answer.success) throw feishuError("upload", { kind: "unreadable" });
    return answer.data.data.file_key;
  }

  const need = (): string | null => (now().getTime() < missingUntil ? SCOPE : null);

  function notSent(message: Message, name: string): string {
    const zh = langOf(message) === "zh";
    if (need() === null)
      return zh
        ? `文件 ${name} 没有发出，请稍后再发一次这条命令。`
        : `The file ${name} was not sent; send the command again later.`;
    return zh
      ? `文件 ${name} 没有发出：应用缺少权限 ${SCOPE}。请管理员在开发者后台（${domain}/app）开通并发布新版本，再发一次这条命令。`
      : `The file ${name} was not sent: the app lacks the permission ${SCOPE}. An admin adds it in the developer console (${domain}/app) and publishes a version; then send the command again.`;
  }

  return {
    need,
    prepare: async (message) => {
      const files: { readonly name: string; readonly key: string }[] = [];
      let shown = message;
      for (const file of message.files ?? []) {
        try {
          files.push({ name: file.name, key: await stubborn(() => upload(file), stopped, FILE_PAUSES) });
        } catch (error) {
          log.warn("feishu: a file was not uploaded", { what: detailOf(error) });
          shown = withNote(shown, notSent(message, file.name));
        }
      }
      const follow: Prepared["follow"] = async (to, key) => {
        const lost: string[] = [];
        for (const [index, { name, key: fileKey }] of files.entries()) {
          const send = () => sender.createFile(to, fileKey, `${key}.f${index}`);
          try {
            await stubborn(send, stopped, FILE_PAUSES);
          } catch (error) {
            log.warn("feishu: a file was not sent", { what: detailOf(error) });
            lost.push(notDelivered(message, name));
          }
        }
        const [summary] = lost;
        if (summary === undefined) return null;
        return { summary, blocks: [{ type: "note", lines: lost.map((line) => [line]) }] };
      };
      return { message: shown, follow };
    },
  };
}

/** Feishu lets a bot write only to people who may use the app and have not blocked it. */
function notDelivered(message: Message, name: string): string {
  return langOf(message) === "zh"
    ? `文件 ${name} 没能发到你的私聊。打开与机器人的单聊，在那里再发一次这条命令；打不开，请管理员把你加入应用的可用范围。`
    : `The file ${name} did not reach your direct messages. Open the chat with the bot and send the command there; if there is none, ask an admin to add you to the app's availability.`;
}

function detailOf(error: unknown): string {
  return error instanceof DeliveryError ? error.detail : "unknown";
}
