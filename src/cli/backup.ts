import { resolve } from "node:path";
import type { Lang } from "../core/lang.ts";
import { StoreError } from "../store/store.ts";
import type { BackupRequest, SocketResponse } from "./socket-protocol.ts";
import type { Exit } from "./stop.ts";

/** One sentence in the language that is known, else in English. */
export function told(lang: Lang | null, zh: string, en: string): string {
  return lang === "zh" ? zh : en;
}

/** Has the store that is open copied to a file, and what the command line prints of it. Rejects with what is no StoreError. */
export async function answerBackup(
  { backup: file, lang }: BackupRequest,
  backup: (file: string) => Promise<void>,
): Promise<SocketResponse> {
  const path = resolve(file);
  try {
    await backup(path);
    return {
      out: told(lang, `已备份到 ${path}\n`, `Backed up to ${path}\n`),
      err: "",
      exit: 0,
      taken: false,
    };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const { exit, text } = explain(error, lang, 2);
    return { out: "", err: `${text}\n`, exit, taken: false };
  }
}

/**
 * What a StoreError means on the command line; `unusable` is the exit code where a file or the store is not what it
 * should be: the user's error where they named it.
 */
export function explain(
  { code, message, fix }: StoreError,
  lang: Lang | null,
  unusable: Exit,
): { readonly exit: Exit; readonly text: string } {
  if (code === "busy") return { exit: 4, text: held(lang) };
  const exit = code === "unusable" ? unusable : code === "newer" ? 3 : 1;
  return { exit, text: `${message}. ${sentence(fix)}` };
}

/** Why a store cannot be opened while another process has it, and the way out. */
export function held(lang: Lang | null): string {
  return told(
    lang,
    "另一个区势正在使用这个存储：先停下它再运行一次，或用 QUSHI_DIR 指定另一个文件夹。",
    "Another Qushi is using this store: stop it and run this again, or name another folder by QUSHI_DIR.",
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
