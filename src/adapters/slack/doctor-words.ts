import type { Localized } from "../../core/lang.ts";

/** What Slack's code says of a token (docs.slack.dev/reference/methods/auth.test, "Errors"). */
const TOKEN: Readonly<Record<string, Localized>> = {
  invalid_auth: { zh: "令牌无效", en: "the token is not valid" },
  not_authed: { zh: "没有收到令牌", en: "no token arrived" },
  not_allowed_token_type: { zh: "这是另一种令牌", en: "this is a token of another kind" },
  account_inactive: { zh: "应用已从工作区移除", en: "the app was removed from the workspace" },
  token_revoked: { zh: "令牌已被撤销", en: "the token was revoked" },
  token_expired: { zh: "令牌已过期", en: "the token has expired" },
  missing_scope: { zh: "令牌缺少权限", en: "the token lacks a scope" },
};

/** Slack's code in words, else the code alone. */
export function said(detail: string): Required<Pick<Localized, "zh" | "en">> {
  const code = detail.split(" ")[0] ?? "";
  const known = TOKEN[code];
  return known === undefined
    ? { zh: detail, en: detail }
    : { zh: `${known.zh ?? ""}（${code}）`, en: `${known.en ?? ""} (${code})` };
}

export const FIXES = {
  bot: {
    zh: "在 api.slack.com/apps → 应用 → OAuth & Permissions 复制 Bot User OAuth Token（xoxb-…）作为 SLACK_BOT_TOKEN；没有就先 Install to Workspace",
    en: "Copy Bot User OAuth Token (xoxb-…) from OAuth & Permissions of the app at api.slack.com/apps as SLACK_BOT_TOKEN; if there is none, Install to Workspace first",
  },
  app: {
    zh: "在 Basic Information → App-Level Tokens 生成带 connections:write 的令牌（xapp-…）作为 SLACK_APP_TOKEN",
    en: "Generate a token with connections:write (xapp-…) under Basic Information → App-Level Tokens as SLACK_APP_TOKEN",
  },
  socket: {
    zh: "在应用的 Socket Mode 页打开 Enable Socket Mode",
    en: "Switch on Enable Socket Mode on the app's Socket Mode page",
  },
  scopes: {
    zh: "把 qushi manifest slack 打印的 JSON 粘贴到 App Manifest → Save Changes，再到 Install App → Reinstall to Workspace",
    en: "Paste the JSON that qushi manifest slack prints under App Manifest → Save Changes, then Install App → Reinstall to Workspace",
  },
  reach: {
    zh: "检查这台机器能否以 HTTPS 访问 slack.com（或 SLACK_API_URL）；Slack 自身的故障见 status.slack.com",
    en: "Check that this machine reaches slack.com (or SLACK_API_URL) over HTTPS; status.slack.com shows Slack's own faults",
  },
  clock: {
    zh: "对准这台机器的时钟（NTP）：超过 5 分钟，Slack 发来的请求会被当作旧请求拒绝",
    en: "Set this machine's clock (NTP): more than 5 minutes off, requests from Slack are refused as old",
  },
  invite: {
    zh: "在要用的频道里输入 /invite @Qushi；/qushi 和私信不需要",
    en: "Type /invite @Qushi in the channels that are to use it; /qushi and direct messages need nothing",
  },
  home: {
    zh: "在 App Home 页打开 Home Tab、Messages Tab 和 Allow users to send … messages",
    en: "On the App Home page switch on Home Tab, Messages Tab and Allow users to send … messages",
  },
  address: {
    zh: "检查地址：slack:T…:C… 是频道，slack:T…:U… 是人；两个编号用 @Qushi about 查",
    en: "Check the address: slack:T…:C… is a channel, slack:T…:U… a person; @Qushi about shows both ids",
  },
} as const satisfies Readonly<Record<string, Localized>>;

/** What to do where a message was refused (docs.slack.dev/reference/methods/chat.postMessage, "Errors"). */
export function sendFix(code: string): Localized {
  switch (code) {
    case "not_in_channel":
    case "user_not_in_channel":
      return FIXES.invite;
    case "messages_tab_disabled":
      return FIXES.home;
    case "missing_scope":
      return FIXES.scopes;
    case "is_archived":
      return {
        zh: "频道已归档：取消归档，或换一个频道",
        en: "The channel is archived: unarchive it, or use another one",
      };
    case "channel_not_found":
    case "user_not_found":
    case "user_disabled":
      return FIXES.address;
    default:
      return code.startsWith("restricted_action")
        ? {
            zh: "工作区限制了谁能在那里发言：请管理员允许这个应用",
            en: "The workspace restricts who may post there: ask an admin to allow this app",
          }
        : {
            zh: "在 docs.slack.dev/reference/methods/chat.postMessage 查这个错误码",
            en: "Look the code up at docs.slack.dev/reference/methods/chat.postMessage",
          };
  }
}
