import type { FeishuCard } from "./card.ts";

interface Words {
  readonly zh_cn: string;
  readonly en_us: string;
}
type ToastType = "info" | "warning" | "error";

/** What a card callback is answered with, within three seconds ("卡片回传交互回调", response body). */
export type CallbackAnswer =
  | Readonly<Record<string, never>>
  | { readonly toast: { readonly type: ToastType; readonly content: string; readonly i18n?: Words } }
  | { readonly card: { readonly type: "raw"; readonly data: FeishuCard } };

/** Feishu shows an error after 3 s; the rest is for the way. */
export const CALLBACK_MS = 2_300;

export const STALE: Words = {
  zh_cn: "这张卡片是旧的，按钮已失效。发“帮助”重新开始",
  en_us: "This card is old and its buttons no longer work. Type help to start again",
};
export const WORKING: Words = { zh_cn: "正在处理", en_us: "Working on it" };
export const ALREADY: Words = { zh_cn: "这张表单已经收到过了", en_us: "This form was received before" };
export const DONE_BEFORE: Words = { zh_cn: "这一步已经做过了", en_us: "This was done before" };
export const NOT_DONE: Words = {
  zh_cn: "这一次没有记下，请再点一次",
  en_us: "This was not taken; click again",
};

/** A line that the clicker alone sees for a moment, in the language of their client. */
export function toast(type: ToastType, i18n: Words): CallbackAnswer {
  return { toast: { type, content: `${i18n.zh_cn} / ${i18n.en_us}`, i18n } };
}

export interface OpenCallback {
  readonly answer: Promise<CallbackAnswer>;
  /** Gives the answer if none was given yet; true when this one was taken. */
  settle(make: () => CallbackAnswer): boolean;
}

/** A callback that waits for its answer; after CALLBACK_MS it says that the work goes on. */
export function openCallback(): OpenCallback {
  const { promise, resolve } = Promise.withResolvers<CallbackAnswer>();
  let open = true;
  const settle = (make: () => CallbackAnswer): boolean => {
    if (!open) return false;
    open = false;
    clearTimeout(timer);
    resolve(make());
    return true;
  };
  const timer = setTimeout(() => settle(() => toast("info", WORKING)), CALLBACK_MS);
  return { answer: promise, settle };
}
