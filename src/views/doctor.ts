import { inLang, type Lang } from "../core/lang.ts";
import type { Finding } from "../core/finding.ts";
import type { Subscription } from "../core/subscription.ts";
import type { Block, Line, Message } from "../message/message.ts";
import type { ChatState, Condition } from "./condition.ts";
import { CHAT_WORDS, findingsOf, spanWords } from "./doctor-findings.ts";
import { momentText, say } from "./print.ts";
import { isScheduled } from "./subscription.ts";

type Field = { readonly label: string; readonly value: Line };

/** How Qushi is: what has to be mended first, then each part. */
export function doctorView(condition: Condition): Message {
  const { lang } = condition;
  const findings = findingsOf(condition);
  const count = (level: Finding["level"]): number => findings.filter((each) => each.level === level).length;
  const [faults, hints] = [count("fault"), count("hint")];
  const result =
    findings.length === 0
      ? say(lang, "一切正常", "all is well")
      : say(
          lang,
          `${faults === 0 ? "没有故障" : `${faults} 处故障`}，${hints} 条提示`,
          `${faults === 0 ? "no faults" : `faults: ${faults}`}, hints: ${hints}`,
        );
  const title = say(lang, `体检：${result}`, `Doctor: ${result}`);
  const found: readonly Block[] =
    findings.length === 0 ? [] : [{ type: "list", items: findingLines(findings, lang) }];
  const items = [
    ...chatFields(condition),
    ...storedFields(condition),
    datasetField(condition),
    ...clockFields(condition),
  ];
  return {
    summary: title,
    title,
    tone: faults > 0 ? "bad" : hints > 0 ? "warn" : "good",
    blocks: [...found, { type: "fields", items }, { type: "note", lines: [nextLine(lang)] }],
  };
}

const LEVELS: Readonly<Record<Finding["level"], { readonly zh: string; readonly en: string }>> = {
  ok: { zh: "正常", en: "ok" },
  hint: { zh: "提示", en: "hint" },
  fault: { zh: "故障", en: "fault" },
};

/** Each finding with its fix; what several in a row need is said once, behind the last of them. */
function findingLines(findings: readonly Finding[], lang: Lang): readonly Line[] {
  return findings.map(({ level, what, fix }, at): Line => {
    const next = findings[at + 1]?.fix ?? null;
    const isSaidBelow = fix !== null && next !== null && inLang(next, lang) === inLang(fix, lang);
    const how = fix === null || isSaidBelow ? "" : ` → ${inLang(fix, lang)}`;
    return [{ bold: LEVELS[level][lang] }, ` ${inLang(what, lang)}${how}`];
  });
}

const STATES: Readonly<Record<ChatState["state"], { readonly zh: string; readonly en: string }>> = {
  stopped: { zh: "没有连接", en: "not connected" },
  connecting: { zh: "正在连接", en: "connecting" },
  connected: { zh: "已连接", en: "connected" },
  reconnecting: { zh: "断开了，正在重连", en: "disconnected, connecting again" },
  failed: { zh: "连不上", en: "refused" },
};

function chatFields({ running, lang }: Condition): readonly Field[] {
  return (running?.chats ?? []).map(({ name, state, detail }) => {
    const words = STATES[state][lang];
    const more = detail === null ? "" : say(lang, `（${detail}）`, ` (${detail})`);
    return { label: CHAT_WORDS[name][lang], value: [`${words}${more}`] };
  });
}

/** Rules of which the next run is shown. */
const SHOWN = 3;

function storedFields({ stored, read, now, zone, lang }: Condition): readonly Field[] {
  if ("away" in stored) return [];
  const { store, rules } = stored;
  const { waiting, sending, unconfirmed, failed } = store.outbox;
  const waited =
    store.firstDueAt !== null && store.firstDueAt < now ? spanWords(store.firstDueAt, now) : null;
  const oldest =
    waited === null ? "" : say(lang, `（最早的已等 ${waited.zh}）`, ` (the first for ${waited.en})`);
  const outbox = say(
    lang,
    `等着 ${waiting}${oldest} · 发送中 ${sending} · 未确认 ${unconfirmed} · 失败 ${failed}`,
    `waiting ${waiting}${oldest} · sending ${sending} · unconfirmed ${unconfirmed} · failed ${failed}`,
  );
  const behind = store.seq - read;
  const engine = store.engine === "sqlite" ? "SQLite" : "PostgreSQL";
  const size = sizeText(store.bytes);
  const record = say(
    lang,
    `${engine}，${size}；台账 ${store.seq} 条，${behind <= 0 ? "都已读入" : `还有 ${behind} 条没有读入`}`,
    `${engine}, ${size}; entries in the record: ${store.seq}, ${behind <= 0 ? "all read in" : `${behind} not read in yet`}`,
  );
  return [
    { label: say(lang, "待发箱", "Outbox"), value: [outbox] },
    { label: say(lang, "班次", "Schedule"), value: [scheduleText(rules, zone, lang)] },
    { label: say(lang, "存储", "Store"), value: [record] },
  ];
}

function scheduleText(rules: readonly Subscription[], zone: string, lang: Lang): string {
  const held = rules.filter(({ paused }) => paused !== null).length;
  const next = rules
    .filter(isScheduled)
    .flatMap(({ id, nextAt }) => (nextAt === null ? [] : [{ id, nextAt }]))
    .toSorted((a, b) => a.nextAt.getTime() - b.nextAt.getTime())
    .slice(0, SHOWN)
    .map(({ id, nextAt }) => `${id} ${momentText(nextAt, zone, lang)}`);
  const count = say(lang, `${rules.length} 条规则，暂停 ${held}`, `rules: ${rules.length}, held: ${held}`);
  if (next.length === 0) return say(lang, `${count}；没有排定的班次`, `${count}; no run is planned`);
  return say(lang, `${count}；接下来 ${next.join("、")}`, `${count}; next: ${next.join("; ")}`);
}

function datasetField({ dataset, zone, lang }: Condition): Field {
  const { id, version, readAt } = dataset;
  const when =
    readAt === null
      ? ""
      : say(lang, `，${momentText(readAt, zone, lang)} 读入`, `, read ${momentText(readAt, zone, lang)}`);
  return { label: say(lang, "数据集", "Dataset"), value: [`${id} ${version}${when}`] };
}

function clockFields({ program, running, now, zone, lang }: Condition): readonly Field[] {
  const ticked = running?.tickedAt ?? null;
  const ago = ticked === null ? null : spanWords(ticked, now);
  const looked =
    ago === null ? "" : say(lang, `；班次 ${ago.zh}前看过`, `; the schedule was looked at ${ago.en} ago`);
  const since =
    running === null
      ? ""
      : say(
          lang,
          `，${momentText(running.startedAt, zone, lang)} 启动`,
          `, running since ${momentText(running.startedAt, zone, lang)}`,
        );
  return [
    { label: say(lang, "时钟", "Clock"), value: [`${momentText(now, zone, lang)}${looked}`] },
    { label: say(lang, "版本", "Version"), value: [`Qushi ${program}${since}`] },
  ];
}

function nextLine(lang: Lang): Line {
  return [
    say(
      lang,
      "这是区势自己知道的，没有另问平台。接着看：",
      "What Qushi knows by itself, without asking the chats. Go on with ",
    ),
    { code: say(lang, "管理 待发箱", "admin outbox list") },
    say(lang, "、", ", "),
    { code: say(lang, "管理 数据集 差异", "admin dataset diff") },
  ];
}

function sizeText(bytes: number): string {
  const megabytes = bytes / 1024 / 1024;
  return megabytes < 1 ? `${Math.ceil(bytes / 1024)} KB` : `${megabytes.toFixed(1)} MB`;
}
