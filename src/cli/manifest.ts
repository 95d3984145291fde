import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import type { SlashCommand } from "../adapters/feishu/slash-commands.ts";
import type { SlackMode } from "../adapters/slack/manifest.ts";
import { registry } from "../commands/registry.ts";
import { currentEnvironment, readConfig } from "../config.ts";
import { createBook } from "../core/book.ts";
import type { Asked } from "../core/finding.ts";
import type { Lang } from "../core/lang.ts";
import { inBoth } from "./both.ts";
import { configuration, open } from "./desk.ts";
import { options } from "./flags.ts";
import { complain, say } from "./print.ts";
import { Stop, type Exit } from "./stop.ts";

/** The verbs that people meet first: in the hint beside /qushi, and as / commands in Feishu. */
const FIRST = [
  "show",
  "list",
  "due",
  "board",
  "reading",
  "evidence",
  "rate",
  "digest",
  "subscribe",
  "help",
] as const;

/** Copies of what is printed, kept so that a change of scopes shows in review. */
const COPIES = new URL("../../docs/manifest/", import.meta.url);

/** What to paste goes to the one output, what to read to the other: `qushi manifest slack | pbcopy` copies JSON alone. */
export async function manifest(rest: readonly string[]): Promise<Exit> {
  const flags = {
    mode: { type: "string" },
    url: { type: "string" },
    check: { type: "boolean" },
    sync: { type: "boolean" },
  } as const;
  const { values, words } = options(rest, flags, 1);
  const { mode, url } = values;
  const lang = languageHere();
  const [chat = ""] = words;
  if (chat === "slack" && values["sync"] === undefined)
    return slack(slackMode(mode, url), values["check"] !== undefined, lang);
  if (chat === "feishu" && values["sync"] !== undefined) return sync(lang);
  if (chat === "feishu") return feishu(feishuMode(mode, url), values["check"] !== undefined, lang);
  throw new Stop(
    2,
    chat === "slack"
      ? "--sync is for Feishu: Slack takes its commands from the manifest"
      : "Which one? qushi manifest slack, or qushi manifest feishu",
  );
}

/** QUSHI_LANG; null where the environment does not say. */
function languageHere(): Lang | null {
  const read = readConfig(currentEnvironment());
  return read.ok ? read.config.lang : null;
}

/** The --url of --mode http, without what is no part of an address. */
function publicAddress(url: string | undefined): string {
  const read = url === undefined ? null : URL.parse(url);
  if (read?.protocol === "https:" && read.search === "" && read.hash === "" && read.username === "")
    return `${read.origin}${read.pathname}`;
  throw new Stop(
    2,
    "--mode http needs the public https address of this Qushi: --mode http --url https://qushi.example.com",
  );
}

function slackMode(mode = "socket", url?: string): SlackMode {
  if (mode === "http") return { mode, url: publicAddress(url) };
  if (mode !== "socket") throw new Stop(2, `--mode ${mode}: write socket or http`);
  if (url !== undefined) throw new Stop(2, "--url goes with --mode http");
  return { mode };
}

function feishuMode(mode = "ws", url?: string): { readonly url: string | null } {
  if (mode === "http") return { url: publicAddress(url) };
  if (mode !== "ws") throw new Stop(2, `--mode ${mode}: write ws or http`);
  if (url !== undefined) throw new Stop(2, "--url goes with --mode http");
  return { url: null };
}

async function slack(how: SlackMode, isCheck: boolean, lang: Lang | null): Promise<Exit> {
  const { EVENTS, NEEDED, OPTIONAL, slackManifest } = await import("../adapters/slack/manifest.ts");
  const text = slackManifest(how, FIRST);
  if (isCheck) {
    const { manifestFaults } = await import("../adapters/slack/manifest-check.ts");
    const parsed: unknown = JSON.parse(text);
    const stale = how.mode === "socket" ? await staleCopy("slack.json", parsed) : [];
    return told([...manifestFaults(parsed), ...stale], lang);
  }
  say(text);
  complain(
    [
      "",
      ...inBoth(
        lang,
        "把上面的 JSON 粘贴到 api.slack.com/apps → Create New App → From a manifest",
        "Paste the JSON at api.slack.com/apps → Create New App → From a manifest",
      ),
      "",
      ...inBoth(lang, "必需的权限", "Scopes that are needed"),
      ...reasons(NEEDED, lang),
      "",
      ...inBoth(
        lang,
        "可选的权限（bot_optional，安装时可以不给）",
        "Optional scopes (bot_optional, may be left out when installing)",
      ),
      ...reasons(OPTIONAL, lang),
      "",
      ...inBoth(
        lang,
        `事件 ${Object.keys(EVENTS).length} 个：@区势、私信、主页，以及频道的进出、归档、改名；频道里的话只在给了可选的 history 权限后才会送来，讨论话题以外的不看`,
        `${Object.keys(EVENTS).length} events: mentions, direct messages, the home, and channels joined, left, archived, renamed; what is said in channels comes only with the optional history scopes, and outside discussion threads it is dropped unread`,
      ),
    ].join("\n"),
  );
  return 0;
}

async function feishu(
  { url }: { readonly url: string | null },
  isCheck: boolean,
  lang: Lang | null,
): Promise<Exit> {
  const { feishuScopes } = await import("../adapters/feishu/manifest.ts");
  const text = feishuScopes();
  if (isCheck) return told(await staleCopy("feishu-scopes.json", JSON.parse(text)), lang);
  const { feishuGuide } = await import("../adapters/feishu/guide.ts");
  say(text);
  complain(["", ...feishuGuide(url, await slashCommands(), lang)].join("\n"));
  return 0;
}

/** What a check found, one line each. */
function told(faults: readonly string[], lang: Lang | null): Exit {
  for (const fault of faults) complain(fault);
  if (faults.length === 0) for (const line of inBoth(lang, "没有问题。", "No faults.")) say(line);
  return faults.length === 0 ? 0 : 2;
}

async function staleCopy(name: string, printed: unknown): Promise<readonly string[]> {
  const copy: unknown = await readFile(new URL(name, COPIES), "utf8")
    .then(JSON.parse)
    .catch(() => null);
  if (isDeepStrictEqual(copy, printed)) return [];
  const chat = name.startsWith("slack") ? "slack" : "feishu";
  return [
    `docs/manifest/${name} is not what is printed now. Write it anew: qushi manifest ${chat} > docs/manifest/${name}`,
  ];
}

/** A name and why, aligned. */
function reasons(rows: readonly Asked[], lang: Lang | null): readonly string[] {
  const width = Math.max(...rows.map(({ name }) => name.length)) + 2;
  return rows.flatMap(({ name, why }) =>
    inBoth(lang, why.zh ?? "", why.en ?? "").map(
      (line, at) => `  ${(at === 0 ? name : "").padEnd(width)}${line}`,
    ),
  );
}

/** The first verbs as / commands, described by the registry. */
export async function slashCommands(): Promise<readonly SlashCommand[]> {
  // Verbs do not depend on the dataset; examples, which do, are not shown here.
  const defaults = readConfig({});
  if (!defaults.ok) throw new Error("the defaults are no configuration");
  const rows = registry(createBook(await open(defaults.config.dataset)));
  return FIRST.map((name) => {
    const row = rows.find((each) => each.name === name);
    if (row === undefined) throw new Error(`${name} is no verb any more`);
    return {
      command: name,
      description: { zh: `${row.aliases.zh[0] ?? name}：${row.summary.zh}`, en: row.summary.en },
    };
  });
}

async function sync(lang: Lang | null): Promise<Exit> {
  const { feishu: settings } = configuration();
  if (settings === null)
    throw new Stop(
      3,
      "FEISHU_APP_ID and FEISHU_APP_SECRET are not set: the commands are registered with them.",
    );
  const { syncSlashCommands } = await import("../adapters/feishu/slash-sync.ts");
  const { lines, failed } = await syncSlashCommands(settings, await slashCommands());
  for (const { zh = "", en = "" } of lines)
    for (const line of inBoth(lang, zh, en)) (failed ? complain : say)(line);
  return failed ? 3 : 0;
}
