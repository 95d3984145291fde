import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { fault, hint, ok, type Finding } from "../../core/finding.ts";
import type { Address } from "../../core/place.ts";
import type { Log } from "../../log.ts";
import type { DeliveryError } from "../../platform/platform.ts";
import { createApi } from "./api.ts";
import { checkChannels, sendTest } from "./doctor-channels.ts";
import { checkClock } from "./doctor-clock.ts";
import { checkScopes } from "./doctor-scopes.ts";
import { FIXES, said } from "./doctor-words.ts";
import { slackError } from "./errors.ts";
import { sdkLogger } from "./sdk-log.ts";

export interface SlackDiagnosis {
  readonly botToken: string;
  readonly receive: { readonly appToken: string } | { readonly signingSecret: string };
  /** Another Web API than https://slack.com/api/, with the path. */
  readonly apiUrl: string | null;
  /** Where digests go from the start. */
  readonly digests: readonly Address[];
  /** Where a test message goes; null: none is sent. */
  readonly send: Address | null;
  readonly now: () => Date;
  readonly log: Log;
}

const CALL_MS = 10_000;

/** Looks at everything that Slack can be asked about, without connecting. Never rejects for what Slack answers. */
export async function diagnoseSlack(options: SlackDiagnosis): Promise<readonly Finding[]> {
  const { botToken, receive, apiUrl, digests, send, now, log } = options;
  const logger = sdkLogger(log);
  const api = createApi(botToken, apiUrl, CALL_MS, logger);
  const isHttp = "signingSecret" in receive;
  const clock = await checkClock(apiUrl, now, CALL_MS, isHttp);
  const identity = await checkIdentity(api);
  const received = isHttp
    ? overHttp()
    : [await checkAppToken(createApi(receive.appToken, apiUrl, CALL_MS, logger))];
  if (identity.team === null) return [...clock, ...identity.findings, ...received];
  return [
    ...clock,
    ...identity.findings,
    ...(identity.scopes === null ? [] : checkScopes(identity.scopes)),
    ...received,
    ...(await checkChannels(api, digests)),
    hint(
      {
        zh: "App Home：主页和私信是否打开，从这里查不到",
        en: "App Home: whether the home and direct messages are switched on cannot be asked from here",
      },
      FIXES.home,
    ),
    ...(send === null ? [] : [await sendTest(api, send, identity.team)]),
  ];
}

// docs.slack.dev/reference/methods/auth.test; the SDK puts the header x-oauth-scopes into response_metadata.
const whoAmI = z.object({
  team_id: z.string(),
  team: z.string().catch(""),
  user: z.string().catch(""),
  bot_id: z.string().optional(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

interface Identified {
  readonly team: string | null;
  /** null: Slack did not name them. */
  readonly scopes: ReadonlySet<string> | null;
  readonly findings: readonly Finding[];
}

async function checkIdentity(api: WebClient): Promise<Identified> {
  const unknown = (finding: Finding): Identified => ({ team: null, scopes: null, findings: [finding] });
  let answer: unknown;
  try {
    answer = await api.auth.test();
  } catch (error) {
    return unknown(refused("bot", slackError(error)));
  }
  const read = whoAmI.safeParse(answer);
  if (!read.success) {
    const strange = { zh: "机器人令牌：答复看不懂，不像 Slack", en: "bot token: the answer is not Slack's" };
    return unknown(fault(strange, FIXES.reach));
  }
  const { team_id, team, user, bot_id, response_metadata } = read.data;
  if (bot_id === undefined)
    return unknown(
      fault(
        {
          zh: "机器人令牌：这是个人的令牌，不是机器人的",
          en: "bot token: it is a person's token, not a bot's",
        },
        FIXES.bot,
      ),
    );
  const scopes = response_metadata?.scopes;
  return {
    team: team_id,
    scopes: scopes === undefined ? null : new Set(scopes),
    findings: [
      ok(
        `机器人令牌：@${user}，工作区“${team}”（${team_id}）`,
        `bot token: @${user} in the workspace “${team}” (${team_id})`,
      ),
    ],
  };
}

/** A refused token, or a Slack that is out of reach. */
function refused(which: "bot" | "app", error: DeliveryError): Finding {
  const name = which === "bot" ? { zh: "机器人令牌", en: "bot token" } : { zh: "应用令牌", en: "app token" };
  const { code, detail } = error;
  if (code === "unreachable" || code === "unknown_outcome" || code === "rate_limited")
    return fault(
      { zh: `${name.zh}：Slack 没有答复（${detail}）`, en: `${name.en}: Slack did not answer (${detail})` },
      FIXES.reach,
    );
  const why = said(detail);
  const fix =
    detail.startsWith("connection_limit") || detail.startsWith("socket_mode") ? FIXES.socket : FIXES[which];
  return fault({ zh: `${name.zh}：${why.zh}`, en: `${name.en}: ${why.en}` }, fix);
}

/** Opens nothing: the address that comes back is not connected to, and ends by itself. */
async function checkAppToken(api: WebClient): Promise<Finding> {
  try {
    await api.apps.connections.open();
    return ok("应用令牌：Socket Mode 可以连接", "app token: Socket Mode accepts a connection");
  } catch (error) {
    return refused("app", slackError(error));
  }
}

function overHttp(): readonly Finding[] {
  return [
    hint(
      {
        zh: "请求地址：Slack 从外面访问 https://你的地址/slack/events，这里查不到",
        en: "request address: Slack calls https://YOUR-ADDRESS/slack/events from outside, which cannot be seen from here",
      },
      {
        zh: "区势运行时，在 Event Subscriptions 页点 Request URL 旁的 Retry，应显示 Verified；签名不对时核对 Basic Information 的 Signing Secret",
        en: "While Qushi runs, press Retry beside Request URL on the Event Subscriptions page: it should say Verified; if not, compare Signing Secret under Basic Information",
      },
    ),
  ];
}
