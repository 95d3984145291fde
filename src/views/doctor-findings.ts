import { fault, hint, type Finding } from "../core/finding.ts";
import type { Inventory } from "../core/inventory.ts";
import type { Lang, Localized } from "../core/lang.ts";
import { formatAddress } from "../core/place.ts";
import type { Subscription } from "../core/subscription.ts";
import type { ChatState, Condition } from "./condition.ts";
import { mendFirst, resumeLine } from "./refusal.ts";
import { BY_HAND, pausedText } from "./subscription.ts";

type Both = Required<Pick<Localized, "zh" | "en">>;

const MINUTE_MS = 60_000;
/** The schedule is gone through each minute: after so long it is not. */
const STALE_MS = 5 * MINUTE_MS;
/** Budgets and short troubles hold a message up for less than this. */
const SLOW_MS = 10 * MINUTE_MS;
/** Held rules that are named one by one. */
const NAMED = 5;

/** What is wrong or works with less, worst first. */
export function findingsOf(condition: Condition): readonly Finding[] {
  const { running, stored, read, now } = condition;
  const all = [
    ...(running === null ? [NOT_RUNNING] : runningFindings(running, now)),
    ...("away" in stored
      ? [storeAway(stored.away, stored.fix)]
      : [
          ...outboxFindings(stored.store, now),
          ...ruleFindings(stored.rules, running?.tickedAt ?? null),
          ...behindFinding(stored.store.seq - read),
        ]),
  ];
  return [...all.filter(({ level }) => level === "fault"), ...all.filter(({ level }) => level !== "fault")];
}

const NOT_RUNNING = hint(
  {
    zh: "区势：没有在运行，只看了存储和数据集",
    en: "Qushi: it does not run; only store and dataset were looked at",
  },
  { zh: "启动：npm start", en: "Start it: npm start" },
);

const NO_CHAT = hint(
  {
    zh: "连接：没有配置聊天平台，只有终端",
    en: "connections: no chat is configured, there is only the terminal",
  },
  {
    zh: "按 README“Connect Slack”或“连接飞书”配置",
    en: "Set one up as README says under “Connect Slack” or “Connect Feishu or Lark”",
  },
);

function runningFindings(
  { startedAt, tickedAt, chats }: NonNullable<Condition["running"]>,
  now: Date,
): readonly Finding[] {
  const since = tickedAt ?? startedAt;
  const isStale = now.getTime() - since.getTime() > STALE_MS;
  const words = spanWords(since, now);
  return [
    ...(chats.length === 0 ? [NO_CHAT] : chats.flatMap(chatFindings)),
    ...(isStale
      ? [
          fault(
            {
              zh: `班次：${words.zh}没有看过了，该发的不会发`,
              en: `schedule: it was not looked at for ${words.en}; what is due is not sent`,
            },
            {
              zh: "在日志里查“a tick failed”；没有就重启区势",
              en: "Look for “a tick failed” in the log; without one, start Qushi again",
            },
          ),
        ]
      : []),
  ];
}

/** The chats as a line begins with them. */
export const CHAT_WORDS: Readonly<Record<ChatState["name"], Both>> = {
  slack: { zh: "Slack", en: "Slack" },
  feishu: { zh: "飞书", en: "Feishu" },
  terminal: { zh: "终端", en: "Terminal" },
  webhook: { zh: "Webhook", en: "Webhooks" },
};

function chatFindings({ name, state, detail, lacks }: ChatState): readonly Finding[] {
  const { zh, en } = CHAT_WORDS[name];
  const why = detail === null ? { zh: "", en: "" } : { zh: `（${detail}）`, en: ` (${detail})` };
  const look = {
    zh: `在运行区势的机器上 qushi doctor ${name}，逐项看原因和办法`,
    en: `qushi doctor ${name} on Qushi's machine says what to mend`,
  };
  const connection =
    state === "failed" || state === "stopped"
      ? [fault({ zh: `${zh}：连不上${why.zh}`, en: `${en}: no connection${why.en}` }, look)]
      : state === "connected"
        ? []
        : [
            hint(
              {
                zh: `${zh}：正在连接，自己会一直试${why.zh}`,
                en: `${en}: connecting, and it goes on trying by itself${why.en}`,
              },
              look,
            ),
          ];
  return [
    ...connection,
    ...lacks.map((finding) => ({
      ...finding,
      what: {
        zh: `${zh}${/[a-z]$/u.test(zh) ? " " : ""}${finding.what.zh ?? ""}`,
        en: `${en} ${finding.what.en ?? ""}`,
      },
    })),
  ];
}

function storeAway(what: string, fix: string): Finding {
  // Both are the store's own words for the operator.
  return fault(
    { zh: `存储：没有应答（${what}）`, en: `store: it does not answer (${what})` },
    { zh: fix, en: fix },
  );
}

function outboxFindings({ outbox, firstDueAt }: Inventory, now: Date): readonly Finding[] {
  const { unconfirmed, failed } = outbox;
  const decide = {
    zh: "发“管理 待发箱”看原因，再决定重发或放弃",
    en: "admin outbox list says why; then send it again or give it up",
  };
  const isSlow = firstDueAt !== null && now.getTime() - firstDueAt.getTime() > SLOW_MS;
  const waited = firstDueAt === null ? { zh: "", en: "" } : spanWords(firstDueAt, now);
  return [
    ...(unconfirmed + failed === 0
      ? []
      : [
          hint(
            {
              zh: `待发箱：未确认 ${unconfirmed} 条，失败 ${failed} 条，等人决定`,
              en: `outbox: unconfirmed ${unconfirmed}, failed ${failed}, waiting for a decision`,
            },
            decide,
          ),
        ]),
    ...(isSlow
      ? [
          hint(
            {
              zh: `待发箱：最早的一条到点 ${waited.zh}了还没有发出`,
              en: `outbox: the first message in line has been due for ${waited.en}`,
            },
            { zh: "发“管理 待发箱”看原因", en: "admin outbox list says why" },
          ),
        ]
      : []),
  ];
}

/** A rule counts as passed over only once the schedule was gone through after its time. */
function ruleFindings(rules: readonly Subscription[], tickedAt: Date | null): readonly Finding[] {
  const held = rules.filter(({ paused }) => paused !== null && paused !== BY_HAND);
  const overdue = rules.filter(
    ({ nextAt }) => nextAt !== null && tickedAt !== null && tickedAt.getTime() - nextAt.getTime() > STALE_MS,
  );
  return [
    ...(overdue.length === 0
      ? []
      : [
          fault(
            {
              zh: `班次：过了点还没有跑的规则 ${overdue.map(({ id }) => id).join("、")}`,
              en: `schedule: past their time and not run: ${overdue.map(({ id }) => id).join(", ")}`,
            },
            { zh: "看日志里“a tick failed”的原因", en: "The log says why, under “a tick failed”" },
          ),
        ]),
    ...held.slice(0, NAMED).map(heldFinding),
    ...(held.length <= NAMED
      ? []
      : [
          hint(
            {
              zh: `班次：发不到而暂停的规则另有 ${held.length - NAMED} 条`,
              en: `schedule: more rules held because their place refuses: ${held.length - NAMED}`,
            },
            { zh: "处理完上面几条再看一次", en: "Look again once those above are mended" },
          ),
        ]),
  ];
}

function heldFinding(rule: Subscription): Finding {
  const reason = rule.paused ?? "";
  const where = `${rule.id} ${formatAddress(rule.to)}`;
  const words = (lang: Lang): string => `${where} ${pausedText(reason, lang)}`;
  const [zh, en] = [resumeLine(rule, "zh"), resumeLine(rule, "en")];
  return hint(
    { zh: `班次：${words("zh")}`, en: `schedule: ${words("en")}` },
    { zh: `${mendFirst(reason, "zh")}“${zh}”`, en: `${mendFirst(reason, "en")}${en}` },
  );
}

/** Another process may have written within the last second. */
const FEW = 50;

function behindFinding(behind: number): readonly Finding[] {
  if (behind <= FEW) return [];
  return [
    hint(
      {
        zh: `台账：有 ${behind} 条还没有读入，回答会落后`,
        en: `record: ${behind} entries are not read in yet, so answers are behind`,
      },
      {
        zh: "过一分钟再问一次；还这样就重启区势",
        en: "Ask again in a minute; if it stays so, start Qushi again",
      },
    ),
  ];
}

/** From one instant to another, in its largest unit. */
export function spanWords(from: Date, to: Date): Both {
  const minutes = Math.max(0, Math.floor((to.getTime() - from.getTime()) / MINUTE_MS));
  if (minutes < 120) return { zh: `${minutes} 分钟`, en: `${minutes} min` };
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return { zh: `${hours} 小时`, en: `${hours} hours` };
  const days = Math.floor(hours / 24);
  return { zh: `${days} 天`, en: `${days} days` };
}
