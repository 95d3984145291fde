import type { Localized } from "../../core/lang.ts";
import { NO_SCOPE, type Failure } from "./failure.ts";

/** Where in the developer console something is mended. */
export interface Console {
  readonly domain: string;
  readonly appId: string;
}

/** Feishu's own code and words, or what became of the call; never anything of the request. */
export function briefly(failure: Failure): string {
  switch (failure.kind) {
    case "refused": {
      // The words after the code can hold an address with the app's id: the first sentence says enough.
      const words = failure.msg.split(/[.。\n]|https?:/)[0]?.trim() ?? "";
      return `${failure.code}${words === "" ? "" : ` ${words.slice(0, 80)}`}`;
    }
    case "http":
      return `HTTP ${failure.status}`;
    case "network":
      return failure.code;
    case "unreadable":
      return "?";
  }
}

/** What to do about a refused call; `scope` is what the call needs. */
export function fixFor(failure: Failure, scope: string, { domain, appId }: Console): Localized {
  const page = `${domain}/app/${appId}`;
  if (failure.kind !== "refused") return reach(domain);
  if (NO_SCOPE.has(failure.code))
    return {
      zh: `在 ${page}/auth（权限管理）开通 ${scope}，再到“版本管理与发布”发布一个版本`,
      en: `Add ${scope} at ${page}/auth (Permissions & Scopes), then publish a version under Version Management & Release`,
    };
  switch (failure.code) {
    case 99_991_401:
      return {
        zh: `在 ${page}/safe（安全设置）的 IP 白名单里加上这台机器的出口地址，或清空白名单`,
        en: `Add this machine's outgoing address to the IP allow list at ${page}/safe (Security Settings), or empty the list`,
      };
    case 10_003:
    case 10_014:
    case 99_991_543:
      return credentials(domain);
    default:
      return {
        zh: "按错误码在开放平台文档里查原因，改好后再运行一次",
        en: "Look the code up in the open platform's documentation, mend it and run this again",
      };
  }
}

export function credentials(domain: string): Localized {
  return {
    zh: `把 FEISHU_APP_ID 和 FEISHU_APP_SECRET 设为 ${domain}/app 里该应用“凭证与基础信息”的值；Lark 的应用还要 FEISHU_DOMAIN=lark`,
    en: `Set FEISHU_APP_ID and FEISHU_APP_SECRET to the values under "Credentials & Basic Info" of the app at ${domain}/app; an app of Lark needs FEISHU_DOMAIN=lark too`,
  };
}

export function reach(domain: string): Localized {
  return {
    zh: `检查这台机器能否访问 ${domain}（代理、防火墙、DNS），再运行一次`,
    en: `Check that this machine reaches ${domain} (proxy, firewall, DNS) and run this again`,
  };
}

/** "获取机器人信息", activate_status; 2 is in use. */
export const STATES: Readonly<Record<number, Localized>> = {
  0: { zh: "还没有安装：没有发布过版本", en: "not installed: no version was published" },
  1: { zh: "被企业停用", en: "disabled by the organisation" },
  3: { zh: "安装后待启用", en: "installed, waiting to be enabled" },
  4: { zh: "升级待启用", en: "an upgrade waits to be enabled" },
  5: { zh: "许可过期，已停用", en: "stopped, its licence has expired" },
  6: { zh: "套餐到期或降级，已停用", en: "stopped, the plan has expired or was reduced" },
};
