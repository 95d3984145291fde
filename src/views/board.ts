import type { Book } from "../core/book.ts";
import type { Day } from "../core/day.ts";
import type { Filter } from "../core/filter.ts";
import { filterText } from "../core/filter-text.ts";
import { inLang, type Lang } from "../core/lang.ts";
import type { Assessed } from "../core/standing.ts";
import { tally, type Tally } from "../core/tally.ts";
import { PACE_WORDS, STANDING_WORDS, wordFor, type Pace } from "../core/vocabulary.ts";
import type { Block, Message } from "../message/message.ts";
import { dayText, say } from "./print.ts";
import { commitments, pacesText, standingsText } from "./rows.ts";
import { LIGHT_SIGNS } from "./state.ts";

export type BoardBy = "district" | "theme";

/** Standings and lights by district or theme, in the source's order: no ranking. */
export function boardView(
  filter: Filter,
  items: readonly Assessed[],
  by: BoardBy,
  book: Book,
  today: Day,
  lang: Lang,
): Message {
  const { dataset } = book;
  const whole = tally(items);
  const terms = by === "district" ? dataset.districts : dataset.themes;
  const members = Map.groupBy(items, ({ commitment }) => commitment[by]);
  const groups = terms
    .map(({ code, name }) => ({ label: inLang(name, lang), tally: tally(members.get(code) ?? []) }))
    .filter((group) => group.tally.total > 0);
  const codes = whole.standings.map(({ code }) => code);
  // As long as nothing is read the column would say nothing.
  const hasPaces = whole.paces.some(({ code }) => isWord(code));
  const rule = filterText(filter, dataset, lang);
  const title = say(lang, `看板 · ${inLang(dataset.title, lang)}`, `Board · ${inLang(dataset.title, lang)}`);
  const spread =
    by === "district"
      ? say(
          lang,
          `${groups.length} 个区`,
          `${groups.length} ${groups.length === 1 ? "district" : "districts"}`,
        )
      : say(lang, `${groups.length} 个领域`, `${groups.length} ${groups.length === 1 ? "theme" : "themes"}`);
  const headline = `${commitments(whole.total, lang)} · ${spread}${say(lang, "：", ": ")}${standingsText(whole, lang)}`;
  const blocks: Block[] = [
    {
      type: "text",
      lines: [
        [headline],
        [`${say(lang, "序时：", "Pace: ")}${pacesText(whole, lang)}`],
        ...(rule === "" ? [] : [[say(lang, "规则：", "Rule: "), { code: rule }]]),
      ],
    },
  ];
  if (groups.length > 0) {
    blocks.push({
      type: "table",
      columns: [
        {
          label: by === "district" ? say(lang, "区", "District") : say(lang, "领域", "Theme"),
          align: "left",
        },
        { label: say(lang, "项数", "Total"), align: "right" },
        ...codes.map((code) => ({ label: wordFor(STANDING_WORDS, code, lang), align: "right" as const })),
        ...(hasPaces ? [{ label: say(lang, "序时", "Pace"), align: "left" as const }] : []),
        { label: say(lang, "亮灯", "Lights"), align: "left" },
      ],
      rows: groups.map(({ label, tally: { total, standings, paces, lights } }) => [
        label,
        String(total),
        ...codes.map((code) => String(standings.find((each) => each.code === code)?.count ?? 0)),
        ...(hasPaces ? [pacesCell(paces, lang)] : []),
        lights.map(({ code, count }) => `${LIGHT_SIGNS[code]} ${count}`).join(" "),
      ]),
    });
    blocks.push({
      type: "chart",
      title:
        by === "district"
          ? say(lang, "各区承诺事项", "Commitments by district")
          : say(lang, "各领域承诺事项", "Commitments by theme"),
      unit: say(lang, "项", "commitments"),
      series: codes.map((code) => wordFor(STANDING_WORDS, code, lang)),
      bars: groups.map(({ label, tally: { standings } }) => ({
        label,
        values: codes.map((code) => standings.find((each) => each.code === code)?.count ?? 0),
      })),
    });
  }
  const legend = say(
    lang,
    "灯：🟢 达标或达序时 · 🟡 略欠 · 🔴 欠序时或未兑现 · 🔵 14 天内到期 · ⚪ 无读数、无记录或不可核",
    "Lights: 🟢 reached or on pace · 🟡 slightly behind · 🔴 behind or not met · 🔵 due within 14 days · ⚪ no reading, no record or not checkable",
  );
  const order =
    by === "district"
      ? say(
          lang,
          "各区按出处中的先后排列，不是排名。",
          "Districts stand in the source's order; this is no ranking.",
        )
      : null;
  const asOf = say(
    lang,
    `数据集 ${dataset.version}，截至 ${today}`,
    `Dataset ${dataset.version}, as of ${dayText(today, lang)}`,
  );
  blocks.push({ type: "note", lines: [[legend], ...(order === null ? [] : [[order]]), [asOf]] });
  return { summary: headline, title, blocks };
}

/** A word that a reading gave. */
function isWord(pace: Pace): boolean {
  return pace !== "no_reading" && pace !== "not_applicable";
}

/** 达序时 2 · 欠序时 1; "–" where nothing has a word. */
function pacesCell(paces: Tally["paces"], lang: Lang): string {
  const told = paces.filter(({ code }) => isWord(code));
  return told.length === 0
    ? "–"
    : told.map(({ code, count }) => `${wordFor(PACE_WORDS, code, lang)} ${count}`).join(" · ");
}
