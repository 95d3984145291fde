interface Scope {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
}

/** The least that the walks need ("权限列表", open.feishu.cn). bot/v3/info and card callbacks need no scope. */
export const SCOPES: readonly Scope[] = [
  {
    name: "im:message:send_as_bot",
    zh: "以应用身份发送和回复消息：回答、周报",
    en: "send and reply as the bot: answers, the weekly digest",
  },
  {
    name: "im:message:update",
    zh: "更新自己发过的卡片：翻页、状态",
    en: "update the bot's own cards: paging, current state",
  },
  {
    name: "im:message.group_at_msg:readonly",
    zh: "接收群里 @机器人 的消息；其余群消息收不到",
    en: "receive group messages that @ the bot; no other group messages",
  },
  {
    name: "im:message.p2p_msg:readonly",
    zh: "接收单聊消息；没有它，单聊里没有输入框",
    en: "receive direct messages; without it a direct chat has no input box",
  },
];

const PAD = Math.max(...SCOPES.map(({ name }) => name.length));

/** What the operator pastes and ticks in Feishu's developer console, in Chinese with English beside it. */
export function feishuManifest(): string {
  const scopes = JSON.stringify({ scopes: { tenant: SCOPES.map(({ name }) => name), user: [] } }, null, 2);
  const reasons = SCOPES.flatMap(({ name, zh, en }) => [
    `   ${name.padEnd(PAD)}  ${zh}`,
    `   ${"".padEnd(PAD)}  ${en}`,
  ]);
  return `${[
    "飞书开发者后台 open.feishu.cn/app（Lark：open.larksuite.com/app）→ 创建企业自建应用",
    "Feishu developer console open.feishu.cn/app (Lark: open.larksuite.com/app) → create a custom app",
    "",
    "1. 凭证与基础信息 / Credentials & Basic Info",
    "   App ID → FEISHU_APP_ID，App Secret → FEISHU_APP_SECRET",
    "",
    "2. 添加应用能力 → 机器人 / Add features → Bot",
    "",
    "3. 权限管理 → 批量导入/导出权限 → 粘贴 / Permissions & Scopes → Batch import/export → paste",
    "",
    scopes,
    "",
    ...reasons,
    "",
    "4. 先填好凭证并启动区势，再配置订阅：没有连接在线时，后台不能保存“长连接”。",
    "   Start Qushi with the credentials first: the console saves the persistent connection only while one is online.",
    "",
    "5. 事件与回调 → 事件配置 → 使用长连接接收事件 → 添加事件",
    "   Events & Callbacks → Event configuration → persistent connection → add the event",
    "   im.message.receive_v1   接收消息 / message received",
    "",
    "6. 事件与回调 → 回调配置 → 使用长连接接收回调 → 添加回调",
    "   Events & Callbacks → Callback configuration → persistent connection → add the callback",
    "   card.action.trigger     卡片回传交互 / card action",
    "",
    "7. 版本管理与发布 → 创建版本 → 发布，可用范围要包括使用者；以后每次改权限、事件或回调都要再发布一次。",
    "   Version Management & Release → create and publish a version whose availability covers the users;",
    "   every later change of scopes, events or callbacks takes effect only with another version.",
    "",
    "8. 把机器人加进要用的群；@它就能问。同一凭证只运行一个区势：事件只会送到其中一个连接。",
    "   Add the bot to the groups and mention it. Run one Qushi per app: each event reaches only one connection.",
  ].join("\n")}\n`;
}
