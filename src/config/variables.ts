import { z } from "zod";
import { readCron } from "../core/cron.ts";
import { isZone } from "../core/day.ts";
import { LANGS } from "../core/lang.ts";
import { LOG_LEVELS } from "../log.ts";

const DOMAINS: ReadonlyMap<string, string> = new Map([
  ["feishu", "https://open.feishu.cn"],
  ["lark", "https://open.larksuite.com"],
]);

/** A web address as a base to add paths to, with `end` (a slash or nothing) at its end. */
function baseUrl(end: string) {
  return z.string().transform((text, context) => {
    const url = URL.parse(DOMAINS.get(text.toLowerCase()) ?? text);
    const plain = url !== null && `${url.username}${url.password}${url.search}${url.hash}` === "";
    if (plain && /^https?:$/.test(url.protocol)) return `${url.origin}${url.pathname}`.replace(/\/*$/, end);
    context.addIssue({ code: "custom", message: "is not an address it can use." });
    return z.NEVER;
  });
}

function oneOf<Word extends string>(words: readonly Word[]) {
  const folded = (typed: unknown): unknown => (typeof typed === "string" ? typed.toLowerCase() : typed);
  return z.preprocess(folded, z.enum(words, "is not one of its values."));
}

/** Every variable that stands for itself; what they need of one another is checked beside it. */
export const SCHEMA = z.object({
  QUSHI_DATASET: z.string().default("shenzhen-2026"),
  QUSHI_LANG: oneOf(LANGS).optional(),
  QUSHI_TZ: z.string().refine(isZone, "is not a known time zone.").optional(),
  QUSHI_DIR: z.string().default("./var"),
  LOG_LEVEL: oneOf(LOG_LEVELS).default("info"),
  QUSHI_DIGEST: z
    .string()
    .transform((text) => text.split(/\s+/))
    .refine((fields) => fields.length !== 6, {
      error: "has a field of seconds, which is refused.",
      abort: true,
    })
    .refine(
      (fields) => fields.length === 5 && readCron(fields.join(" ")) !== null,
      "is not a cron expression of five fields.",
    )
    .transform((fields) => fields.join(" "))
    .default("7 9 * * 1"),
  DATABASE_URL: z
    .string()
    .refine(
      (text) => URL.canParse(text) && /^postgres(?:ql)?:$/.test(new URL(text).protocol),
      "is no address of a PostgreSQL database.",
    )
    .optional(),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-\S+$/, "does not begin with xoxb-.")
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-\S+$/, "does not begin with xapp-.")
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^[0-9a-f]{16,}$/i, "is not a signing secret, which is hexadecimal.")
    .optional(),
  SLACK_API_URL: baseUrl("/").optional(),
  // Of an id in another shape the SDK says nothing at all: it never connects.
  FEISHU_APP_ID: z
    .string()
    .regex(/^cli_[0-9a-fA-F]{16}$/, "is not cli_ and 16 hexadecimal digits.")
    .optional(),
  FEISHU_APP_SECRET: z.string().optional(),
  FEISHU_ENCRYPT_KEY: z.string().optional(),
  FEISHU_VERIFICATION_TOKEN: z.string().optional(),
  FEISHU_DOMAIN: baseUrl("").default("https://open.feishu.cn"),
  FEISHU_MODE: oneOf(["ws", "http"]).default("ws"),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce
    .number("is not a port.")
    .int("is not a port.")
    .min(0, "is not a port.")
    .max(65_535, "is not a port.")
    .optional(),
});

/** What to do about a fault, by variable. */
export const FIXES: Readonly<Record<string, string>> = {
  QUSHI_LANG: "Write zh or en, or leave it out.",
  QUSHI_TZ: "Write a name such as Asia/Shanghai, or leave it out for the dataset's own.",
  LOG_LEVEL: `Write one of ${LOG_LEVELS.join(", ")}.`,
  QUSHI_DIGEST: "Write minute, hour, day, month and weekday, such as 7 9 * * 1 for Monday 09:07.",
  QUSHI_DIGEST_TO: "Write terminal, slack:TEAM:CHANNEL, feishu:CHAT or webhook:NAME, separated by commas.",
  QUSHI_ADMINS: "Write slack:TEAM:USER or feishu:OPEN_ID, separated by commas.",
  DATABASE_URL:
    "Write postgres://USER:PASSWORD@HOST:5432/DATABASE, or leave it out to keep everything in QUSHI_DIR.",
  SLACK_BOT_TOKEN: 'Copy "Bot User OAuth Token" from "OAuth & Permissions" of the Slack app.',
  SLACK_APP_TOKEN:
    'Make an app-level token with connections:write under "Basic Information" of the Slack app.',
  SLACK_SIGNING_SECRET: 'Copy "Signing Secret" from "Basic Information" of the Slack app.',
  SLACK_API_URL: "Write an http or https address without user, query or #, such as https://slack.com/api/.",
  FEISHU_APP_ID: 'Copy "App ID" from "Credentials & Basic Info" of the app in the developer console.',
  FEISHU_APP_SECRET: 'Copy "App Secret" from "Credentials & Basic Info" of the app in the developer console.',
  FEISHU_DOMAIN: "Write feishu, lark, or an http or https address without user, query or #.",
  FEISHU_ENCRYPT_KEY:
    'Copy "Encrypt Key" (加密策略) from "Events & Callbacks" of the app in the developer console.',
  FEISHU_VERIFICATION_TOKEN:
    'Copy "Verification Token" (加密策略) from "Events & Callbacks" of the app in the developer console.',
  FEISHU_MODE: "Write ws or http, or leave it out.",
  PORT: "Write a number from 0 to 65535, or leave it out.",
};
export const WEBHOOK_FIX = "Write slack+https://hooks.slack.com/… or feishu+https://…#SECRET.";

/** Every name that is Qushi's; QUSHI_WEBHOOK_<NAME> besides. */
export const KNOWN = [...Object.keys(SCHEMA.shape), "QUSHI_ADMINS", "QUSHI_DIGEST_TO"];
/** Names whose values must never be printed. */
export const SECRET = /TOKEN$|SECRET$|^FEISHU_ENCRYPT_KEY$|^DATABASE_URL$|^QUSHI_WEBHOOK_/;
/** Names whose values help to find the fault. */
export const SHOWN = new Set(["QUSHI_LANG", "QUSHI_TZ", "LOG_LEVEL", "QUSHI_DIGEST", "FEISHU_MODE", "PORT"]);
