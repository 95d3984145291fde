import type { Asked } from "../../core/finding.ts";
import type { Lang, Localized } from "../../core/lang.ts";
import { CALLBACKS, EVENTS, SCOPES, SENSITIVE } from "./manifest.ts";
import { MENU } from "./menu.ts";
import type { SlashCommand } from "./slash-commands.ts";

const unlessGranted: Localized = {
  zh: `没有它：${SENSITIVE.without.zh ?? ""}`,
  en: `without it: ${SENSITIVE.without.en ?? ""}`,
};

/**
 * The console step by step, in its own words, with what is entered at each; the scopes' JSON is printed apart. `url`: the
 * public address where requests are received, null for the long connection. `lang` null: Chinese with English below.
 */
export function feishuGuide(
  url: string | null,
  commands: readonly SlashCommand[],
  lang: Lang | null,
): readonly string[] {
  const text = ({ zh = "", en = "" }: Localized): readonly string[] =>
    lang === null ? [zh, en] : [lang === "zh" ? zh : en];
  const step = (number: number, what: Localized): readonly string[] =>
    text(what).map((line, at) => `${at === 0 ? `${number}.` : "  "} ${line}`);
  const rows = (asked: readonly Asked[]): readonly string[] => {
    const width = Math.max(...asked.map(({ name }) => name.length)) + 2;
    return asked.flatMap(({ name, why }) =>
      text(why).map((line, at) => `     ${(at === 0 ? name : "").padEnd(width)}${line}`),
    );
  };
  const receiver =
    url === null ? null : `${url.replace(/\/+$/, "").replace(/\/feishu\/events$/, "")}/feishu/events`;
  return [
    ...step(1, {
      zh: "打开 open.feishu.cn/app（Lark：open.larksuite.com/app）→ 创建企业自建应用；凭证与基础信息里的 App ID → FEISHU_APP_ID，App Secret → FEISHU_APP_SECRET",
      en: "open.feishu.cn/app (Lark: open.larksuite.com/app) → Create Custom App; from Credentials & Basic Info, App ID → FEISHU_APP_ID, App Secret → FEISHU_APP_SECRET",
    }),
    ...step(2, { zh: "添加应用能力 → 机器人", en: "Add Features → Bot" }),
    ...step(3, {
      zh: "权限管理 → 批量导入/导出权限 → 粘贴上面的 JSON。每项的用处：",
      en: "Permissions & Scopes → Batch import/export scopes → paste the JSON above. What each is for:",
    }),
    ...rows(SCOPES),
    ...text({
      zh: "   没有放进 JSON 的；要用就单独开通，由企业管理员审批：",
      en: "   Not in the JSON; to use it, add it by itself, and the company's administrator decides:",
    }),
    ...rows([SENSITIVE, { name: "", why: unlessGranted }]),
    ...step(4, {
      zh: "版本管理与发布 → 创建版本 → 可用范围包括使用者 → 发布（可能要管理员审批）：机器人发布以后才存在，在那之前区势启动不了（11205）",
      en: "Version Management & Release → Create a version → availability covers the users → publish (an admin may have to approve): the bot exists once it is published, and Qushi does not start before (11205)",
    }),
    ...(receiver === null
      ? step(5, {
          zh: "把凭证写进 .env，启动区势并让它开着：没有连接在线时，后台不能保存“长连接”",
          en: "Put the credentials into .env, start Qushi and leave it running: the console saves the persistent connection only while one is online",
        })
      : step(5, {
          zh: "事件与回调 → 加密策略：Encrypt Key → FEISHU_ENCRYPT_KEY，Verification Token → FEISHU_VERIFICATION_TOKEN；再设 FEISHU_MODE=http，启动区势：保存请求地址时飞书会当场验证",
          en: "Events & Callbacks → Encryption Strategy: Encrypt Key → FEISHU_ENCRYPT_KEY, Verification Token → FEISHU_VERIFICATION_TOKEN; set FEISHU_MODE=http and start Qushi: Feishu verifies the request address when it is saved",
        })),
    ...step(6, {
      zh: `事件与回调 → 事件配置 → ${receiver === null ? "使用长连接接收事件" : `将事件发送至开发者服务器：${receiver}`} → 添加事件：`,
      en: `Events & Callbacks → Event configuration → ${receiver === null ? "Receive events through persistent connection" : `Send notifications to developer's server: ${receiver}`} → Add Events:`,
    }),
    ...rows(EVENTS),
    ...step(7, {
      zh: `事件与回调 → 回调配置 → ${receiver === null ? "使用长连接接收回调" : `将回调发送至开发者服务器：${receiver}`} → 添加回调：`,
      en: `Events & Callbacks → Callback configuration → ${receiver === null ? "Receive callbacks through persistent connection" : `Send callbacks to developer's server: ${receiver}`} → Add callback:`,
    }),
    ...rows(CALLBACKS),
    ...step(8, {
      zh: "可选：机器人 → 机器人自定义菜单 → 推送事件，逐条填名称和事件 ID：",
      en: "Optional: Bot → Bot menu → Send event; enter name and event ID for each:",
    }),
    ...rows(
      MENU.map(({ eventKey, label, what }) => ({
        name: eventKey,
        why: {
          zh: `${label.zh ?? ""}（${label.en ?? ""}）：${what.zh ?? ""}`,
          en: `${label.en ?? ""} (${label.zh ?? ""}): ${what.en ?? ""}`,
        },
      })),
    ),
    ...step(9, {
      zh: "版本管理与发布 → 再创建一个版本 → 发布：事件、回调和菜单随它生效；以后每次改动都要再发布一次",
      en: "Version Management & Release → Create another version → publish: events, callbacks and the menu take effect with it, and so does every later change with a version of its own",
    }),
    ...step(10, {
      zh: "可选：qushi manifest feishu --sync 登记输入框里的 / 指令（客户端约 5 分钟后看到）：",
      en: "Optional: qushi manifest feishu --sync registers the / commands of the input box (clients see them after some 5 minutes):",
    }),
    ...rows(commands.map(({ command, description }) => ({ name: `/${command}`, why: description }))),
    ...step(11, {
      zh: "把机器人加进要用的群，@它提问；同一凭证只运行一个区势。核对：qushi doctor feishu",
      en: "Add the bot to its groups and mention it; run one Qushi per app. To check: qushi doctor feishu",
    }),
  ];
}
