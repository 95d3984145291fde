import type { Lang } from "../../src/core/lang.ts";
import type { ProblemCode } from "../../src/core/errors.ts";
import type { Store } from "../../src/store/store.ts";

/** An admin named by the environment, a tracker, two reviewers. */
export type Cast = "boss" | "wang" | "chen" | "li";
export const CAST: readonly Cast[] = ["boss", "wang", "chen", "li"];

/** One line of the life of a commitment, and what must be told. */
export interface Step {
  readonly who: Cast;
  /** `name`: how a person is named in a line on the platform it is sent on. */
  readonly line: (name: (who: Cast) => string) => Readonly<Record<Lang, string>>;
  readonly told: Readonly<Record<Lang, RegExp>>;
  /** How many entries it leaves. */
  readonly leaves: 0 | 1;
  readonly problem?: ProblemCode;
  /** The platform delivers it once more. */
  readonly again?: true;
}

/** When the first line is said; each following one STEP_MS later, so that all of it lies within ten minutes. */
export const START = new Date("2026-07-02T02:00:00Z");
export const STEP_MS = 10_000;
export const ID = "LT-004";

const JUNE = "https://data.lanting.example/2026/06";
const HALL = "https://build.lanting.example/acceptance/17";

function grant(to: Cast, role: Readonly<Record<Lang, string>>): Step {
  return {
    who: "boss",
    line: (name) => ({
      zh: `管理 授权 ${name(to)} ${role.zh}`,
      en: `admin grant ${name(to)} ${role.en}`,
    }),
    told: { zh: new RegExp(`现在是${role.zh}`, "u"), en: new RegExp(`is now an? ${role.en}`, "u") },
    leaves: 0,
  };
}

function said(
  who: Cast,
  zh: string,
  en: string,
  told: Step["told"],
  rest: Partial<Pick<Step, "leaves" | "problem" | "again">> = {},
): Step {
  const leaves = rest.problem === undefined ? 1 : 0;
  return { who, line: () => ({ zh, en }), told, leaves, ...rest };
}

const REVIEWER = { zh: "评定人", en: "reviewer" };

/** The computing power of the invented Lanting: read, rated, doubted, corrected, looked up. */
export const LIFE: readonly Step[] = [
  said(
    "wang",
    `填报 ${ID} 8.2 EFLOPS 截至:2026-06-30 来源:${JUNE} 级别:E3`,
    `reading ${ID} 8.2 EFLOPS as-of:2026-06-30 source:${JUNE} level:E3`,
    { zh: /填报人/u, en: /tracker/u },
    { problem: "needs_role" },
  ),
  grant("wang", { zh: "填报人", en: "tracker" }),
  grant("chen", REVIEWER),
  grant("li", REVIEWER),
  said(
    "wang",
    `填报 ${ID} ８．２ EFLOPS 截至:2026-06-30 来源:${JUNE} 级别:E3`,
    `reading ${ID} 8.2 EFLOPS as-of:2026-06-30 source:${JUNE} level:E3`,
    { zh: /欠序时.*13\.6%.*40\.0%.*0\.33/u, en: /behind.*13\.6%.*40\.0%.*0\.33/u },
    { again: true },
  ),
  said(
    "chen",
    `评定 ${ID} 已兑现 理由:新机房已经投产`,
    `rate ${ID} met reason:"the new halls run"`,
    { zh: /佐证 LT-004 https:\/\/… 级别:E2/u, en: /evidence LT-004 https:\/\/… level:E2/u },
    { problem: "rating_needs" },
  ),
  said(
    "wang",
    `佐证 ${ID} ${HALL} 级别:E2 “机房验收”`,
    `evidence ${ID} ${HALL} level:E2 "halls accepted"`,
    { zh: /佐证已记/u, en: /Evidence recorded/u },
    { again: true },
  ),
  said(
    "chen",
    `评定 ${ID} 已兑现 理由:验收报告写明超过 19 EFLOPS`,
    `rate ${ID} met reason:"the acceptance says more than 19 EFLOPS"`,
    { zh: /通过 LT-004/u, en: /approve LT-004/u },
    { again: true },
  ),
  said("wang", `通过 ${ID}`, `approve ${ID}`, { zh: /评定人/u, en: /reviewer/u }, { problem: "needs_role" }),
  said(
    "chen",
    `通过 ${ID}`,
    `approve ${ID} lang:en`,
    { zh: /另一位/u, en: /another reviewer/u },
    { problem: "own_proposal" },
  ),
  said("li", `通过 ${ID}`, `approve ${ID}`, { zh: /🟢 已兑现/u, en: /🟢 met/u }, { again: true }),
  said(
    "wang",
    `异议 ${ID} 租来的机器算在内吗？`,
    `dispute ${ID} are leased machines counted?`,
    { zh: /异议 结束 LT-004/u, en: /dispute close LT-004/u },
    { again: true },
  ),
  said("li", `异议 结束 ${ID} “只算自有的”`, `dispute close ${ID} "only those it owns"`, {
    zh: /只算自有的/u,
    en: /only those it owns/u,
  }),
  said(
    "wang",
    `填报 ${ID} 8.4 EFLOPS 截至:2026-07-01 来源:${JUNE} 级别:E3`,
    `reading ${ID} 8.4 EFLOPS as-of:2026-07-01 source:${JUNE} level:E3`,
    { zh: /8\.4 EFLOPS/u, en: /8\.4 EFLOPS/u },
  ),
  said("wang", `撤销 ${ID}`, `undo ${ID}`, { zh: /8\.4 EFLOPS/u, en: /8\.4 EFLOPS/u }, { again: true }),
  said(
    "wang",
    `详情 ${ID} 历程`,
    `show ${ID} history`,
    {
      zh: /8\.4 EFLOPS[^]*租来的机器[^]*机房验收[^]*8\.2 EFLOPS/u,
      en: /8\.4 EFLOPS[^]*leased machines[^]*halls accepted[^]*8\.2 EFLOPS/u,
    },
    { leaves: 0 },
  ),
];

/** How many entries the whole life leaves. */
export const ENTRIES = LIFE.reduce((sum, { leaves }) => sum + leaves, 0);

/** When a step is said. */
export function timeOf(step: number): Date {
  return new Date(START.getTime() + step * STEP_MS);
}

/** The ledger without its ids, places and keys: an entry that names another names its position, an actor their part. */
export async function tellLedger(
  store: Pick<Store, "ledger" | "personKey">,
  keyOf: (who: Cast) => Promise<string>,
): Promise<readonly unknown[]> {
  const entries = await store.ledger(0, 1_000);
  const positions = new Map(entries.map(({ id }, at) => [id, `#${at + 1}`]));
  const people = new Map(await Promise.all(CAST.map(async (who) => [await keyOf(who), who] as const)));
  return entries.map(({ type, data, commitmentId, effectiveOn, actorKey }) => ({
    type,
    commitmentId,
    effectiveOn,
    by: people.get(actorKey) ?? "nobody",
    data: Object.fromEntries(
      Object.entries(data).map(([name, value]): [string, unknown] => [
        name,
        typeof value === "string" ? (positions.get(value) ?? value) : value,
      ]),
    ),
  }));
}
