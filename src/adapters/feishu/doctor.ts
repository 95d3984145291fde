import { z } from "zod";
import { fault, hint, ok, type Finding } from "../../core/finding.ts";
import type { Address } from "../../core/place.ts";
import { openAdmin, type AdminAnswer, type AdminApi } from "./doctor-api.ts";
import { checkChats, sendTest } from "./doctor-chats.ts";
import { checkScopes } from "./doctor-scopes.ts";
import { STATES, briefly, credentials, fixFor, reach, type Console } from "./doctor-words.ts";
import { wrongCredentials, type Failure } from "./failure.ts";
import { listSlashCommands, planSlashCommands, type SlashCommand } from "./slash-commands.ts";

export interface FeishuDiagnosis {
  readonly appId: string;
  readonly appSecret: string;
  readonly receive: "ws" | { readonly encryptKey: string; readonly verificationToken: string };
  /** Without a slash at its end. */
  readonly domain: string;
  /** The / commands that should be registered. */
  readonly commands: readonly SlashCommand[];
  /** Where digests go from the start. */
  readonly digests: readonly Address[];
  /** Where a test message goes; null: none is sent. */
  readonly send: Address | null;
}

/** Looks at everything that Feishu can be asked about, without connecting. Never rejects for what Feishu answers. */
export async function diagnoseFeishu(options: FeishuDiagnosis): Promise<readonly Finding[]> {
  const { appId, domain, receive, send } = options;
  const where: Console = { domain, appId };
  const { api, connection } = await openAdmin(options);
  if ("failure" in api) return [noToken(api.failure, where)];
  return [
    ok("凭证：App ID 和 App Secret 有效", "credentials: App ID and App Secret are accepted"),
    ...(await checkBot(api, where)),
    ...(await checkScopes(api, where)),
    ...(receive === "ws" ? checkConnection(await connection(), where) : overHttp(where)),
    ...(await checkChats(api, options.digests, where)),
    await checkSlash(api, options.commands, where),
    ...(send === null ? [] : [await sendTest(api, send, where)]),
  ];
}

function noToken(failure: Failure, { domain, appId }: Console): Finding {
  const why = briefly(failure);
  return wrongCredentials(failure)
    ? fault(
        {
          zh: `凭证：飞书不认 App ID 或 App Secret（${why}）`,
          en: `credentials: Feishu refuses App ID or App Secret (${why})`,
        },
        credentials(domain),
      )
    : fault(
        { zh: `凭证：取不到令牌（${why}）`, en: `credentials: no token could be had (${why})` },
        failure.kind === "refused" ? fixFor(failure, "", { domain, appId }) : reach(domain),
      );
}

/** "获取机器人信息". */
const botInfo = z.object({
  bot: z.object({
    open_id: z.string().min(1),
    app_name: z.string().catch(""),
    activate_status: z.number().catch(2),
    ip_white_list: z.array(z.string()).nullish().catch([]),
  }),
});

/** The bot as Feishu has it: there, in use, and from where it may be called. */
export async function checkBot(api: AdminApi, where: Console): Promise<readonly Finding[]> {
  const page = `${where.domain}/app/${where.appId}`;
  const answer = await api.call({ method: "GET", path: "/open-apis/bot/v3/info" });
  const bot = answer.ok ? botInfo.safeParse(answer.body).data?.bot : undefined;
  if (bot === undefined) {
    const failure: Failure = answer.ok ? { kind: "unreadable" } : answer.failure;
    return [
      fault(
        { zh: `机器人：查不到（${briefly(failure)}）`, en: `bot: not found (${briefly(failure)})` },
        failure.kind === "network"
          ? reach(where.domain)
          : {
              zh: `在 ${page} 的“添加应用能力”里加上“机器人”，再发布一个版本`,
              en: `Add the feature Bot under Add Features at ${page}, then publish a version`,
            },
      ),
    ];
  }
  const state = STATES[bot.activate_status];
  const name = bot.app_name === "" ? bot.open_id : bot.app_name;
  return [
    state === undefined
      ? ok(`机器人：“${name}”已启用`, `bot: “${name}” is in use`)
      : fault(
          { zh: `机器人：“${name}”${state.zh ?? ""}`, en: `bot: “${name}” is ${state.en ?? ""}` },
          {
            zh: `在 ${page}/version（版本管理与发布）发布版本，并请企业管理员启用`,
            en: `Publish a version at ${page}/version (Version Management & Release) and have the administrator enable it`,
          },
        ),
    ...((bot.ip_white_list ?? []).length === 0
      ? []
      : [
          hint(
            { zh: "机器人：设了 IP 白名单", en: "bot: an IP allow list is set" },
            {
              zh: "这台机器的出口地址变了，调用就会被拒（99991401）；换机器前先改白名单",
              en: "Calls are refused (99991401) once this machine's outgoing address changes; amend the list before moving",
            },
          ),
        ]),
  ];
}

/** Answers of /callback/ws/endpoint that stand for too many connections. */
const TOO_MANY = 1_000_040_350;

function checkConnection(answer: AdminAnswer, where: Console): readonly Finding[] {
  const page = `${where.domain}/app/${where.appId}/event`;
  if (!answer.ok) {
    const { failure } = answer;
    const why = briefly(failure);
    const isFull = failure.kind === "refused" && failure.code === TOO_MANY;
    return [
      fault(
        { zh: `长连接：被拒（${why}）`, en: `connection: refused (${why})` },
        failure.kind !== "refused"
          ? reach(where.domain)
          : isFull
            ? {
                zh: "连接数已满（每个应用 50 个）：停掉多余的进程",
                en: "All of the app's 50 connections are taken: stop the processes that are not needed",
              }
            : {
                zh: `在 ${page}（事件与回调）选“使用长连接接收事件”；商店应用不能用长连接`,
                en: `Choose the persistent connection at ${page} (Events & Callbacks); store apps cannot use it`,
              },
      ),
    ];
  }
  return [
    ok("长连接：可以连接", "connection: Feishu accepts one"),
    hint(
      {
        zh: "长连接：飞书不告诉我们还有谁连着；同一凭证的另一个进程会分走一部分事件",
        en: "connection: Feishu does not tell who else is connected; another process with these credentials takes part of the events",
      },
      {
        zh: "同一应用只运行一个区势，开发另建一个应用；有的消息没有回答时先查这一点",
        en: "Run one Qushi per app and make another app for development; look here first when some messages go unanswered",
      },
    ),
  ];
}

function overHttp(where: Console): readonly Finding[] {
  const page = `${where.domain}/app/${where.appId}/event`;
  return [
    hint(
      {
        zh: "请求地址：飞书从外面访问 https://你的地址/feishu/events，这里查不到",
        en: "request address: Feishu calls https://YOUR-ADDRESS/feishu/events from outside, which cannot be seen from here",
      },
      {
        zh: `区势运行时，在 ${page}（事件与回调）的事件配置和回调配置里各填一次该地址，保存时飞书会当场验证`,
        en: `While Qushi runs, enter that address at ${page} (Events & Callbacks), under event and under callback configuration; Feishu verifies it when it is saved`,
      },
    ),
  ];
}

async function checkSlash(api: AdminApi, wanted: readonly SlashCommand[], where: Console): Promise<Finding> {
  const listed = await listSlashCommands(api);
  if ("failure" in listed) {
    const why = briefly(listed.failure);
    return hint(
      { zh: `/ 指令：查不到（${why}）`, en: `/ commands: they could not be listed (${why})` },
      fixFor(listed.failure, "application:app_slash_command:read", where),
    );
  }
  const { create, update, remove, same } = planSlashCommands(wanted, listed.commands);
  if (create.length + update.length + remove.length === 0)
    return ok(`/ 指令：${same.length} 条都已登记`, `/ commands: all ${same.length} are registered`);
  return hint(
    {
      zh: `/ 指令：缺 ${create.length} 条，过时 ${update.length} 条，多余 ${remove.length} 条`,
      en: `/ commands: ${create.length} missing, ${update.length} out of date, ${remove.length} too many`,
    },
    { zh: "运行 qushi manifest feishu --sync", en: "Run qushi manifest feishu --sync" },
  );
}
