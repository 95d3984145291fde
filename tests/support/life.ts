/** Who speaks in the script: an admin named by the environment, a tracker, two reviewers, somebody without a role. */
export type Speaker = "liu" | "wang" | "chen" | "he" | "guest";

export interface Spoken {
  readonly by: Speaker;
  readonly zh: string;
  readonly en: string;
  /** Minutes after the line before; one where nothing is said. */
  readonly after?: number;
  /** Typed while the platform was away. */
  readonly late?: boolean;
}

const JUNE = "https://data.lanting.example/2026/06";
const HALL = "https://build.lanting.example/acceptance/17";

/** A commitment's whole life in one channel of the invented city, and what the record's other verbs answer. */
export const LIFE: readonly Spoken[] = [
  {
    by: "guest",
    zh: `填报 LT-004 7.1 EFLOPS 截至:2026-04-30 来源:${JUNE} 级别:E4`,
    en: `reading LT-004 7.1 EFLOPS as-of:2026-04-30 source:${JUNE} level:E4`,
  },
  { by: "liu", zh: "管理 授权 slack:T1:U0WANG 填报人", en: "admin grant slack:T1:U0WANG tracker" },
  { by: "liu", zh: "管理 授权 slack:T1:U0CHEN 评定人", en: "admin grant slack:T1:U0CHEN reviewer" },
  {
    by: "liu",
    zh: "管理 授权 slack:T1:U0HE 评定人 区:澜汀",
    en: "admin grant slack:T1:U0HE reviewer district:lanting",
  },
  { by: "liu", zh: "管理 角色", en: "admin roles" },
  { by: "wang", zh: "关于", en: "about" },
  {
    by: "wang",
    zh: `填报 LT-004 7.1 EFLOPS 截至:2026-04-30 来源:晚报 级别:E4`,
    en: `reading LT-004 7.1 EFLOPS as-of:2026-04-30 source:"evening paper" level:E4`,
    late: true,
  },
  {
    by: "wang",
    zh: `填报 LT-004 ８．２ EFLOPS 截至:2026-06-30 来源:${JUNE} 级别:E3`,
    en: `reading LT-004 8.2 EFLOPS as-of:2026-06-30 source:${JUNE} level:E3`,
  },
  {
    by: "wang",
    zh: `填报 LT-004 820 EFLOPS 截至:2026-06-30 来源:${JUNE} 级别:E3`,
    en: `reading LT-004 820 EFLOPS as-of:2026-06-30 source:${JUNE} level:E3`,
  },
  {
    by: "wang",
    zh: "填报 LT-004 8600 PFLOPS 截至:2026-06-20 来源:日报 级别:E4",
    en: "reading LT-004 8600 PFLOPS as-of:2026-06-20 source:daily level:E4",
  },
  {
    by: "wang",
    zh: "填报 LT-004 超11 EFLOPS 截至:2026-07-01 来源:发布会 级别:E5",
    en: "reading LT-004 >11 EFLOPS as-of:2026-07-01 source:briefing level:E5",
  },
  {
    by: "wang",
    zh: "评定 LT-004 已兑现 理由:机房已验收",
    en: 'rate LT-004 met reason:"hall accepted"',
  },
  {
    by: "wang",
    zh: `佐证 LT-004 ${HALL} 级别:E2 “机房验收”`,
    en: `evidence LT-004 ${HALL} level:E2 "hall accepted"`,
  },
  {
    by: "wang",
    zh: "评定 LT-004 推进中 理由:机房已验收",
    en: 'rate LT-004 in_progress reason:"hall accepted"',
  },
  { by: "wang", zh: "通过 LT-004", en: "approve LT-004" },
  { by: "chen", zh: "退回 LT-004 理由:写明是哪一期", en: 'return LT-004 reason:"say which phase"' },
  {
    by: "wang",
    zh: "评定 LT-004 推进中 理由:一期机房已验收",
    en: 'rate LT-004 in_progress reason:"hall of phase one accepted"',
  },
  { by: "chen", zh: "通过 LT-004", en: "approve LT-004" },
  { by: "he", zh: "异议 LT-004 哪些机器算在内？", en: "dispute LT-004 which machines count?" },
  { by: "guest", zh: "详情 LT-004", en: "show LT-004" },
  {
    by: "chen",
    zh: "异议 结束 LT-004 “只算已上电的”",
    en: 'dispute close LT-004 "only those that are powered"',
  },
  {
    by: "wang",
    zh: "备注 LT-004 已查无新 区政府网站",
    en: "note LT-004 checked, nothing new: the district's site",
  },
  { by: "wang", zh: "撤销 LT-004", en: "undo LT-004" },
  { by: "he", zh: "撤销 LT-004 #3 理由:单位写错", en: 'undo LT-004 #3 reason:"wrong unit"', after: 60 },
  { by: "guest", zh: "历程 LT-004", en: "history LT-004" },
  { by: "guest", zh: "出处 LT-004", en: "source LT-004" },
  {
    by: "chen",
    zh: "凭据 QH-002 “平台对外接单的公告”",
    en: 'yardstick QH-002 "a notice that the platform takes orders"',
  },
  { by: "chen", zh: "起点 YB-008 日期:2026-04-01", en: "event YB-008 on:2026-04-01" },
  {
    by: "chen",
    zh: "填报 YB-004 完成:north 截至:2026-05-02 来源:公告 级别:E3",
    en: "reading YB-004 done:north as-of:2026-05-02 source:notice level:E3",
  },
  {
    by: "chen",
    zh: "填报 YB-005 24 微克/立方米 截至:2026-06-30 来源:公报 级别:E1",
    en: "reading YB-005 24 微克/立方米 as-of:2026-06-30 source:bulletin level:E1",
  },
  {
    by: "chen",
    zh: "填报 YB-006 2600 个 截至:2026-06-30 来源:验收 级别:E2",
    en: "reading YB-006 2600 as-of:2026-06-30 source:acceptance level:E2",
  },
  {
    by: "chen",
    zh: "填报 YB-007 5.8% 截至:2026-06-30 来源:统计 级别:E1",
    en: "reading YB-007 5.8% as-of:2026-06-30 source:statistics level:E1",
  },
  {
    by: "chen",
    zh: "填报 YB-008 约16家 截至:2026-06-30 来源:名单 级别:E3",
    en: "reading YB-008 ~16 as-of:2026-06-30 source:list level:E3",
  },
  { by: "guest", zh: "清单", en: "list" },
  { by: "guest", zh: "到期", en: "due" },
  { by: "guest", zh: "看板", en: "board" },
  { by: "guest", zh: "详情 YB-004", en: "show YB-004" },
  { by: "guest", zh: "导出 含:机柜 格式:json", en: "export text:racks as:json" },
  { by: "guest", zh: "导出 含:机柜 格式:csv", en: "export text:racks as:csv" },
  { by: "liu", zh: "管理 撤权 slack:T1:U0HE", en: "admin revoke slack:T1:U0HE" },
  { by: "liu", zh: "管理 遗忘 slack:T1:U0WANG", en: "admin forget slack:T1:U0WANG" },
  { by: "liu", zh: "管理 遗忘 slack:T1:U0WANG 确认:是", en: "admin forget slack:T1:U0WANG confirm:yes" },
  { by: "guest", zh: "详情 LT-004", en: "show LT-004" },
  { by: "liu", zh: "管理 审计", en: "admin audit" },
];
