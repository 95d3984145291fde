import { CHECKS, MODALITIES, TARGET_KINDS } from "../core/commitment.ts";
import type { Lang } from "../core/lang.ts";
import { nearest } from "../core/nearest.ts";
import type { Draft } from "./draft.ts";
import { faultAt, list, shown, type DatasetFault } from "./fault.ts";
import { loadDraft } from "./load.ts";

/** A new commitment with nothing filled in but its id; `yaml` is an item of `commitments:`, indented by two. */
export interface Scaffold {
  /** The district's file, where it belongs. */
  readonly file: string;
  readonly id: string;
  readonly yaml: string;
}

/**
 * A new commitment for a district: the next id after all that were ever used, and every key with a comment in place of
 * its value, so that check tells each one by its line until it is filled in or removed. Nothing is written.
 */
export async function scaffoldCommitment(
  folder: string,
  code: string,
): Promise<Scaffold | { readonly fault: DatasetFault }> {
  const { draft, faults } = await loadDraft(folder);
  const [first] = faults;
  const used = draft?.known.commitments ?? null;
  const retired = draft?.header.item.retired;
  // An id that cannot be read may be the next one.
  if (draft === null || used === null || retired === undefined)
    return {
      fault: first ?? faultAt({ file: folder, line: 1 }, "The dataset cannot be read", "Check it first."),
    };
  const wanted = code.trim().toUpperCase();
  const district = draft.districts.find(({ item }) => item.code === wanted);
  if (district === undefined) return { fault: unknownDistrict(draft, wanted, faults) };
  const { file } = district.at(["commitments"]);
  const number = nextNumber(wanted, [...used, ...retired]);
  if (number > 999) {
    const fix = "Ids have three digits and are never used again; a new dataset starts over.";
    return { fault: faultAt(district.at(["commitments"]), `${wanted} has no id left`, fix) };
  }
  const id = `${wanted}-${String(number).padStart(3, "0")}`;
  return { file, id, yaml: scaffoldText(id, draft) };
}

function unknownDistrict(draft: Draft, code: string, faults: readonly DatasetFault[]): DatasetFault {
  const codes = draft.districts.map(({ item }) => item.code);
  // Its file is there and has something wrong: that is what must be mended.
  const broken = draft.known.districts?.has(code) === true ? faults[0] : undefined;
  if (broken !== undefined) return broken;
  const near = nearest(
    [code],
    draft.districts.map(({ item }) => ({
      name: item.code,
      forms: [item.code, ...Object.values(item.name), ...Object.values(item.full), ...item.aliases],
    })),
  );
  const hint = near.length === 0 ? "" : `Did you mean ${near.join(", ")}? `;
  return faultAt(
    draft.header.at(["districts"]),
    `There is no district ${shown(code)}`,
    `${hint}Known: ${list(codes)}.`,
  );
}

/** One more than the greatest: a gap may be an id that was used and removed before anyone wrote it down. */
function nextNumber(code: string, ids: readonly string[]): number {
  const numbers = ids.map((id) => /^([A-Z]+)-(\d{3})$/u.exec(id)).filter((match) => match?.[1] === code);
  return 1 + Math.max(0, ...numbers.map((match) => Number(match?.[2])));
}

/** What to write, in each language. */
type Hint = Readonly<Record<Lang, string>>;

function scaffoldText(id: string, draft: Draft): string {
  const languages = draft.header.item.languages ?? ["en"];
  const codes = (terms: readonly { readonly item: { readonly code: string } }[]): string =>
    list(terms.map(({ item }) => item.code));
  const value = (key: string, hint: Hint, oneOf?: string): string => {
    const words = languages.map((lang) => hint[lang]).join(" | ");
    return `${key}: # ${words}${oneOf === undefined ? "" : `: ${oneOf}`}`;
  };
  const must = (key: string, hint: Hint, oneOf?: string): string => `    ${value(key, hint, oneOf)}`;
  const may = (key: string, hint: Hint, oneOf?: string): string =>
    must(key, { zh: `没有就删去此行；${hint.zh}`, en: `or delete this line; ${hint.en}` }, oneOf);
  const text = (key: string, hint: Hint): string[] => [
    `    ${key}:`,
    ...languages.map((lang) => `      ${lang}: # ${hint[lang]}`),
  ];
  const year = draft.header.item.year ?? 2026;
  return [
    `  - id: ${id}`,
    ...text("title", { zh: "名词短语，用自己的话", en: "a short noun phrase, in your own words" }),
    ...text("summary", { zh: "一两句话，写明数字", en: "one or two sentences, with the figures" }),
    must("theme", { zh: "领域", en: "theme" }, codes(draft.themes)),
    must("part", { zh: "原文的部分", en: "the source's own section" }, codes(draft.parts)),
    must("modality", { zh: "性质", en: "modality" }, list(MODALITIES)),
    must("check", { zh: "核验方式", en: "how it can be checked" }, list(CHECKS)),
    ...text("why", { zh: "一句：为什么这样核验", en: "one line: why it is checked that way" }),
    ...text("proof", {
      zh: "一句：哪份文件能证明、由谁公布；核验方式为 none 时删去 proof",
      en: "one line: which document would show it, and who publishes it; delete proof where check is none",
    }),
    may("kind", { zh: "目标的算法", en: "how the target counts" }, list(TARGET_KINDS)),
    may("measure", { zh: "指标", en: "measure" }, codes(draft.measures)),
    may("target", {
      zh: '量化目标 { op: ">=", value: 100, unit: 家, original: 原文 }，区间写 min 和 max',
      en: '{ op: ">=", value: 100, unit: homes, original: source\'s words }, a range with min and max',
    }),
    may("baseline", {
      zh: "基期，写法同 target，另加 asOf",
      en: "where it starts, as target with asOf added",
    }),
    may("scale", {
      zh: "规模 [{ measure: …, value: 69, unit: 个, original: 原文 }]",
      en: "size of the plan [{ measure: …, value: 69, unit: homes, original: source's words }]",
    }),
    may("period", {
      zh: `期间 { start: ${year}-01-01, end: ${year}-12-31 }，或以 years、months 代 end`,
      en: `{ start: ${year}-01-01, end: ${year}-12-31 }, or years or months for end`,
    }),
    may("due", {
      zh: `时限 { date: ${year}-12-31, text: 原文, basis: stated 或 inferred }`,
      en: `{ date: ${year}-12-31, text: source's words, basis: stated or inferred }`,
    }),
    may("path", { zh: "分批到位的写 steps", en: "steps, for what arrives in jumps" }),
    may("milestones", {
      zh: `节点 [{ node: north, date: ${year}-06-30, name: { zh: 北段 } }]`,
      en: `steps with a date [{ node: north, date: ${year}-06-30, name: { en: north section } }]`,
    }),
    may("partOf", { zh: "所属事项的编号", en: "the id it is a part of" }),
    may("occasion", { zh: "场合", en: "occasion" }, codes(draft.occasions)),
    "    source:",
    `      ${value("id", { zh: "来源", en: "source" }, list(draft.sources.map(({ item }) => item.id)))}`,
    `      ${value("paragraph", { zh: "第几段", en: "number of the paragraph" })}`,
    "",
  ].join("\n");
}
