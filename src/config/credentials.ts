import type { z } from "zod";
import { fault, type ConfigFault, type Given } from "./fault.ts";
import type { SCHEMA } from "./variables.ts";

/** `receive`: by Socket Mode, or by signed requests. `apiUrl` ends with a slash; null: Slack's own. */
export interface SlackCredentials {
  readonly botToken: string;
  readonly receive: { readonly appToken: string } | { readonly signingSecret: string };
  readonly apiUrl: string | null;
}

/** `receive`: by a long connection, or by requests. `domain` is a base URL without a slash at its end. */
export interface FeishuCredentials {
  readonly appId: string;
  readonly appSecret: string;
  readonly receive: "ws" | { readonly encryptKey: string; readonly verificationToken: string };
  readonly domain: string;
}

/** Credentials that come together. */
export function halves(given: Given): ConfigFault[] {
  // With both, the app token wins: Socket Mode needs nothing to be reachable.
  const receives = given.has("SLACK_APP_TOKEN") ? "SLACK_APP_TOKEN" : "SLACK_SIGNING_SECRET";
  const slack = half(given, "SLACK_BOT_TOKEN", given.has(receives) ? receives : "SLACK_APP_TOKEN");
  const overHttp = given.get("FEISHU_MODE")?.toLowerCase() === "http" && given.has("FEISHU_APP_ID");
  const missing = ["FEISHU_ENCRYPT_KEY", "FEISHU_VERIFICATION_TOKEN"].filter((name) => !given.has(name));
  return [
    ...slack,
    ...half(given, "FEISHU_APP_ID", "FEISHU_APP_SECRET"),
    ...(overHttp ? missing.map((name) => fault(name, "missing, while FEISHU_MODE is http.")) : []),
  ];
}

type Data = z.output<typeof SCHEMA>;

/** null where Slack is not configured. */
export function slackOf({
  SLACK_BOT_TOKEN: botToken,
  SLACK_APP_TOKEN: appToken,
  SLACK_SIGNING_SECRET: signingSecret,
  SLACK_API_URL: apiUrl,
}: Data): SlackCredentials | null {
  if (botToken === undefined) return null;
  if (appToken !== undefined) return { botToken, receive: { appToken }, apiUrl: apiUrl ?? null };
  return signingSecret === undefined
    ? null
    : { botToken, receive: { signingSecret }, apiUrl: apiUrl ?? null };
}

/** null where Feishu is not configured. */
export function feishuOf(data: Data): FeishuCredentials | null {
  const { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret, FEISHU_DOMAIN: domain } = data;
  if (appId === undefined || appSecret === undefined) return null;
  if (data.FEISHU_MODE === "ws") return { appId, appSecret, receive: "ws", domain };
  const { FEISHU_ENCRYPT_KEY: encryptKey = "", FEISHU_VERIFICATION_TOKEN: verificationToken = "" } = data;
  return { appId, appSecret, receive: { encryptKey, verificationToken }, domain };
}

function half(given: Given, one: string, other: string): ConfigFault[] {
  if (given.has(one) === given.has(other)) return [];
  const [missing, set] = given.has(one) ? [other, one] : [one, other];
  return [fault(missing, `missing, while ${set} is set.`)];
}
