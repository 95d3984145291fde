import { isDeepStrictEqual } from "node:util";
import type { Config } from "../config.ts";
import type { Finding } from "../core/finding.ts";
import type { Lang, Localized } from "../core/lang.ts";
import { parseAddress, type Address } from "../core/place.ts";
import { createLog, mask } from "../log.ts";
import { inBoth } from "./both.ts";
import { configuration } from "./desk.ts";
import { checkServer } from "./doctor-server.ts";
import { options } from "./flags.ts";
import { slashCommands } from "./manifest.ts";
import { say } from "./print.ts";
import { Stop, type Exit } from "./stop.ts";

/** Looks at a chat's set-up: what works, what works with less, and what has to be mended. */
export async function doctor(rest: readonly string[], now: () => Date): Promise<Exit> {
  const { values, words } = options(rest, { send: { type: "string" } }, 1);
  const [chat = ""] = words;
  if (chat !== "slack" && chat !== "feishu")
    throw new Stop(2, "Which one? qushi doctor slack, or qushi doctor feishu");
  const config = configuration();
  const send = destination(values["send"], chat);
  const findings = await (chat === "slack" ? aboutSlack(config, send, now) : aboutFeishu(config, send));
  for (const [at, finding] of findings.entries()) {
    // What several in a row need is said once, below them.
    const isSaidBelow = finding.fix !== null && isDeepStrictEqual(findings[at + 1]?.fix, finding.fix);
    const shown = isSaidBelow ? { ...finding, fix: null } : finding;
    for (const line of lines(shown, config.lang)) say(mask(line, config.secrets));
  }
  const count = (level: Finding["level"]): number => findings.filter((each) => each.level === level).length;
  const [hints, faults] = [count("hint"), count("fault")];
  for (const line of inBoth(
    config.lang,
    faults === 0 ? `没有故障，${hints} 条提示。` : `${faults} 处故障，${hints} 条提示。`,
    faults === 0 ? `No faults, hints: ${hints}.` : `Faults: ${faults}, hints: ${hints}.`,
  ))
    say(line);
  return faults === 0 ? 0 : 3;
}

function destination(text: string | undefined, chat: "slack" | "feishu"): Address | null {
  if (text === undefined) return null;
  const address = parseAddress(text);
  if (address?.platform === chat) return address;
  const example = chat === "slack" ? "slack:T0000001:C0000001" : "feishu:oc_0123";
  throw new Stop(2, `--send ${text}: write an address of ${chat}, such as ${example}`);
}

async function aboutSlack(
  { slack, http, digest, secrets, lang }: Config,
  send: Address | null,
  now: () => Date,
): Promise<readonly Finding[]> {
  if (slack === null)
    throw notConfigured(
      lang,
      "没有配置 Slack。设 SLACK_BOT_TOKEN，以及 SLACK_APP_TOKEN（Socket Mode）或 SLACK_SIGNING_SECRET（HTTP）；见 README“Connect Slack”。",
      "Slack is not configured. Set SLACK_BOT_TOKEN, and SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP); README, “Connect Slack”.",
    );
  const { diagnoseSlack } = await import("../adapters/slack/doctor.ts");
  const findings = await diagnoseSlack({
    ...slack,
    digests: digestsFor("slack", digest),
    send,
    now,
    log: createLog("silent", secrets),
  });
  const isServed = "signingSecret" in slack.receive || http.asked;
  return isServed ? [...findings, await checkServer(http, "slack")] : findings;
}

async function aboutFeishu(
  { feishu, http, digest, lang }: Config,
  send: Address | null,
): Promise<readonly Finding[]> {
  if (feishu === null)
    throw notConfigured(
      lang,
      "没有配置飞书。设 FEISHU_APP_ID 和 FEISHU_APP_SECRET；见 README“连接飞书”。",
      "Feishu is not configured. Set FEISHU_APP_ID and FEISHU_APP_SECRET; README, “Connect Feishu or Lark”.",
    );
  const { diagnoseFeishu } = await import("../adapters/feishu/doctor.ts");
  const findings = await diagnoseFeishu({
    ...feishu,
    commands: await slashCommands(),
    digests: digestsFor("feishu", digest),
    send,
  });
  const isServed = feishu.receive !== "ws" || http.asked;
  return isServed ? [...findings, await checkServer(http, "feishu")] : findings;
}

function digestsFor(chat: "slack" | "feishu", { to }: Config["digest"]): readonly Address[] {
  return to.filter(({ platform }) => platform === chat);
}

function notConfigured(lang: Lang | null, zh: string, en: string): Stop {
  return new Stop(3, inBoth(lang, zh, en).join("\n"));
}

const LEVELS: Readonly<Record<Finding["level"], Required<Pick<Localized, "zh" | "en">>>> = {
  ok: { zh: "正常", en: "ok   " },
  hint: { zh: "提示", en: "hint " },
  fault: { zh: "故障", en: "fault" },
};

function lines({ level, what, fix }: Finding, lang: Lang | null): readonly string[] {
  const [zh, en] = [LEVELS[level].zh, LEVELS[level].en];
  return [
    ...inBoth(lang, `${zh}  ${what.zh ?? ""}`, `${en}  ${what.en ?? ""}`),
    ...(fix === null ? [] : inBoth(lang, `      → ${fix.zh ?? ""}`, `       → ${fix.en ?? ""}`)),
  ];
}
