import type { EvidenceLevel } from "../core/act.ts";
import type { Localized } from "../core/lang.ts";
import type { Missing } from "../core/rating-rules.ts";
import { lineOf } from "./line-words.ts";

const LINK = "https://…";

/** The line that adds evidence. */
export function evidenceLine(id: string, level: EvidenceLevel, link: string = LINK): Required<Localized> {
  return lineOf({ zh: "佐证", en: "evidence" }, [id, link, { option: "level", value: level }]);
}

function readingLine(id: string, asOf: string | null, level: EvidenceLevel): Required<Localized> {
  return lineOf({ zh: "填报", en: "reading" }, [
    id,
    { zh: "数值", en: "VALUE" },
    { option: "as-of", value: asOf ?? "2026-06-30" },
    { option: "source", value: LINK },
    { option: "level", value: level },
  ]);
}

/** The lines that add what a rating lacks; none where only time or another rating can. */
export function linesFor(missing: Missing, id: string, today: string): readonly Localized[] {
  switch (missing.type) {
    case "evidence":
      return [evidenceLine(id, missing.levels.includes("E2") ? "E2" : (missing.levels[0] ?? "E2"))];
    case "second_source":
      return [evidenceLine(id, missing.levels.at(-1) ?? "E4")];
    case "reading_reaching":
      return [readingLine(id, today, missing.has), evidenceLine(id, "E2")];
    case "reading_at_term":
      return [readingLine(id, missing.due, missing.levels.at(-1) ?? "E3")];
    case "dated_search":
      return [lineOf({ zh: "备注", en: "note" }, [id, { zh: "已查无新", en: "checked, nothing new" }])];
    case "yardstick":
      return [lineOf({ zh: "凭据", en: "yardstick" }, [id, '"…"'])];
    case "not_ratable":
    case "not_for_check":
    case "not_due_yet":
    case "no_due_date":
      return [];
  }
}
