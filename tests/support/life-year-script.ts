import type { Lang } from "../../src/core/lang.ts";
import type { Cast } from "./life-story.ts";

/** A line that somebody says in the channel in the course of the year; `at` is the clock of Shanghai. */
export interface YearLine extends Readonly<Record<Lang, string>> {
  readonly at: string;
  readonly by: Cast;
}

const SITE = "https://data.qiuhe.example";

function said(at: string, by: Cast, zh: string, en: string): YearLine {
  return { at, by, zh, en };
}

function granted(at: string, to: Cast, role: Readonly<Record<Lang, string>>): YearLine {
  const id = `slack:T1:U${to.toUpperCase()}`;
  return said(at, "boss", `管理 授权 ${id} ${role.zh}`, `admin grant ${id} ${role.en}`);
}

/** A reading from the district's own figures or better. */
function read(at: string, id: string, value: string, asOf: string, level: string): YearLine {
  const rest = `${SITE}/${asOf}`;
  return said(
    at,
    "wang",
    `填报 ${id} ${value} 截至:${asOf} 来源:${rest} 级别:${level}`,
    `reading ${id} ${value} as-of:${asOf} source:${rest} level:${level}`,
  );
}

function approved(at: string, by: Cast, id: string): YearLine {
  return said(at, by, `通过 ${id}`, `approve ${id}`);
}

const REVIEWER = { zh: "评定人", en: "reviewer" };

/** A year of record keeping in the invented city of Qiuhe. */
export const YEAR: readonly YearLine[] = [
  granted("2026-02-10 09:30", "wang", { zh: "填报人", en: "tracker" }),
  granted("2026-02-10 09:31", "chen", REVIEWER),
  granted("2026-02-10 09:32", "li", REVIEWER),
  // The flower market: a permit, a verdict, a second reviewer.
  said(
    "2026-02-14 10:00",
    "wang",
    `佐证 DK-001 ${SITE}/permit/3 级别:E2 “开市许可”`,
    `evidence DK-001 ${SITE}/permit/3 level:E2 "permit to open"`,
  ),
  said(
    "2026-02-25 10:00",
    "wang",
    "评定 DK-001 已兑现 理由:花市如期开市",
    'rate DK-001 met reason:"the market opened in time"',
  ),
  approved("2026-02-26 10:00", "chen", "DK-001"),
  // School places: counted on the way, reached at the end.
  read("2026-03-03 10:00", "BT-001", "900", "2026-02-28", "E3"),
  read("2026-03-10 10:00", "BT-001", "1200", "2026-03-07", "E2"),
  said(
    "2026-03-10 10:05",
    "wang",
    "评定 BT-001 已兑现 理由:学位全部投用",
    'rate BT-001 met reason:"all places are in use"',
  ),
  approved("2026-03-11 10:00", "li", "BT-001"),
  // The lantern fair: searched for after its date, not found, and not before that called missed.
  said(
    "2026-03-10 10:10",
    "wang",
    "评定 DK-002 未兑现 理由:看不到动静",
    'rate DK-002 not_met reason:"no sign of it"',
  ),
  said(
    "2026-03-18 10:00",
    "wang",
    "备注 DK-002 已查无新 区政府网站与公众号",
    "note DK-002 checked, nothing new: the district's site",
  ),
  said(
    "2026-04-08 10:00",
    "wang",
    "评定 DK-002 未兑现 理由:到期后查过，没有举办",
    'rate DK-002 not_met reason:"searched after its date, it was not held"',
  ),
  approved("2026-04-09 10:00", "chen", "DK-002"),
  // Chargers: behind at mid-year, doubted, mistyped, reached.
  read("2026-07-02 10:00", "DK-003", "310", "2026-06-30", "E3"),
  said("2026-07-03 10:00", "li", "异议 DK-003 慢充桩算在内吗？", "dispute DK-003 do slow chargers count?"),
  said(
    "2026-07-21 10:00",
    "chen",
    "异议 结束 DK-003 “区里答复：只算公共桩，快慢都算”",
    'dispute close DK-003 "the district says: public ones, slow and fast"',
  ),
  read("2026-10-09 10:00", "DK-003", "1240", "2026-09-30", "E3"),
  said("2026-10-09 10:04", "wang", "撤销 DK-003", "undo DK-003"),
  read("2026-10-09 10:05", "DK-003", "620", "2026-09-30", "E3"),
  // Factory space: read at term.
  read("2026-07-06 10:00", "BT-003", "15.6 万平方米", "2026-06-30", "E1"),
  said(
    "2026-07-07 10:00",
    "wang",
    "评定 BT-003 已兑现 理由:统计公报 15.6 万平方米",
    'rate BT-003 met reason:"the bulletin has 15.6"',
  ),
  approved("2026-07-08 10:00", "chen", "BT-003"),
  // Handling time falls: on pace at mid-year, behind in autumn, missed in the end.
  read("2026-07-15 10:00", "BT-007", "6 天", "2026-06-30", "E3"),
  read("2026-10-12 10:00", "BT-007", "5.5 天", "2026-09-30", "E3"),
  // The theatre: a claim moves nothing, two houses of the press do.
  said(
    "2026-11-02 10:00",
    "wang",
    `佐证 BT-005 https://live.qiuhe.example/gala 级别:E5 “开幕预告”`,
    `evidence BT-005 https://live.qiuhe.example/gala level:E5 "preview of the opening"`,
  ),
  said(
    "2026-11-02 10:05",
    "wang",
    "评定 BT-005 已兑现 理由:预告说已开幕",
    'rate BT-005 met reason:"the preview says it opened"',
  ),
  said(
    "2026-11-05 10:00",
    "wang",
    `佐证 BT-005 https://evening.qiuhe.example/1104 级别:E4`,
    `evidence BT-005 https://evening.qiuhe.example/1104 level:E4`,
  ),
  said(
    "2026-11-06 10:00",
    "wang",
    `佐证 BT-005 https://stage.example/review 级别:E4`,
    `evidence BT-005 https://stage.example/review level:E4`,
  ),
  said(
    "2026-11-06 10:05",
    "wang",
    "评定 BT-005 已兑现 理由:两家媒体到场报道",
    'rate BT-005 met reason:"two papers were there"',
  ),
  approved("2026-11-09 10:00", "li", "BT-005"),
  // The year's figures appear in January.
  read("2027-01-15 10:00", "DK-003", "812", "2026-12-31", "E1"),
  said("2027-01-18 10:00", "chen", "评定 DK-003 已兑现 理由:公报", "rate DK-003 met reason:bulletin"),
  said("2027-01-18 10:01", "chen", "通过 DK-003", "approve DK-003"),
  said("2027-01-19 10:00", "li", "退回 DK-003 理由:写明数值", 'return DK-003 reason:"name the figure"'),
  said(
    "2027-01-20 10:00",
    "chen",
    "评定 DK-003 已兑现 理由:年度公报 812 个",
    'rate DK-003 met reason:"the annual bulletin has 812"',
  ),
  approved("2027-01-21 10:00", "li", "DK-003"),
  read("2027-01-26 10:00", "BT-007", "4.3 天", "2026-12-31", "E1"),
  said(
    "2027-01-26 10:05",
    "wang",
    "评定 BT-007 部分兑现 理由:8 天降到 4.3 天，没到 4 天",
    'rate BT-007 partly_met reason:"from 8 days to 4.3, not to 4"',
  ),
  approved("2027-01-28 10:00", "chen", "BT-007"),
].toSorted((a, b) => a.at.localeCompare(b.at));
