import type { Check, Commitment, Dataset, Fact, Modality, Source, Term } from "../src/core/commitment.ts";

/** The same numbers in every run, from 0 up to 1: a linear congruential generator with the constants of Numerical Recipes. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const DISTRICTS: readonly Term[] = [
  ["AA", "岚岸", "Lan'an"],
  ["BB", "澄江", "Chengjiang"],
  ["CC", "云麓", "Yunlu"],
  ["DD", "石洲", "Shizhou"],
  ["EE", "松塘", "Songtang"],
  ["FF", "望海", "Wanghai"],
  ["GG", "青圩", "Qingxu"],
  ["HH", "白渡", "Baidu Ferry"],
  ["II", "南浦", "Nanpu"],
  ["JJ", "北桥", "Beiqiao"],
  ["KK", "竹湾", "Zhuwan"],
].map(([code = "", zh = "", en = ""]) => ({ code, name: { zh, en }, aliases: [] }));

const THEMES: readonly Term[] = [
  ["computing", "算力", "Computing"],
  ["housing", "住房", "Housing"],
  ["transport", "交通", "Transport"],
  ["water", "治水", "Water"],
  ["schools", "学校", "Schools"],
  ["business", "营商", "Business"],
  ["culture", "文化", "Culture"],
  ["energy", "能源", "Energy"],
].map(([code = "", zh = "", en = ""]) => ({ code, name: { zh, en }, aliases: [] }));

const THINGS = [
  ["数据中心算力", "data-centre computing power"],
  ["停车泊位", "parking spaces"],
  ["人才住房", "homes for talent"],
  ["充电桩", "chargers"],
  ["碧道", "riverside paths"],
  ["小学学位", "primary school places"],
  ["产业用房", "industrial space"],
  ["社区食堂", "neighbourhood canteens"],
  ["公共图书馆", "public libraries"],
  ["分布式光伏", "distributed solar power"],
  ["老旧管网", "old water mains"],
  ["上市辅导", "help with stock listings"],
] as const;
const ACTS = [
  ["新建", "new"],
  ["改造", "renewed"],
  ["扩建", "extended"],
  ["启用", "opened"],
  ["提升", "improved"],
] as const;
const CHECKS: readonly Check[] = ["figure", "figure", "event", "acts", "acts", "acts", "none"];
const MODALITIES: readonly Modality[] = ["target", "programme", "service", "position", "forecast"];

/** A dataset of an invented city with `size` commitments and a third as many facts; the same one for the same size. */
export function inventedDataset(size: number): Dataset {
  const random = numbers(size);
  const pick = <T>(from: readonly T[], or: T): T => from[Math.floor(random() * from.length)] ?? or;
  const source: Source = {
    id: "invented",
    publisher: { zh: "虚构日报", en: "Invented Daily" },
    title: { zh: "虚构报道", en: "An invented report" },
    date: "2026-01-16",
    paragraphs: [],
  };
  const per = Math.ceil(size / DISTRICTS.length);
  const commitments = Array.from({ length: size }, (_, at): Commitment => {
    const district = DISTRICTS[Math.floor(at / per)]?.code ?? "";
    const [thing, act] = [pick(THINGS, THINGS[0]), pick(ACTS, ACTS[0])];
    const check = pick(CHECKS, "acts");
    const value = 1 + Math.floor(random() * 5_000);
    const due = random() < 0.5;
    return {
      id: `${district}-${String((at % per) + 1).padStart(3, "0")}`,
      district,
      title: { zh: `${act[0]}${thing[0]}第${at + 1}批`, en: `Batch ${at + 1} of ${act[0]} ${thing[1]}` },
      summary: {
        zh: `年内${act[0]}${thing[0]} ${value} 个，分批公布。`,
        en: `In the course of the year ${value} units of ${thing[1]} are to be ${act[1]}, published batch by batch.`,
      },
      theme: pick(THEMES, { code: "computing", name: {}, aliases: [] }).code,
      part: pick(["goals", "actions"], "goals"),
      modality: pick(MODALITIES, "programme"),
      check,
      why: { zh: "虚构。", en: "Invented." },
      proof: check === "none" ? null : { zh: "虚构的统计公报。", en: "An invented statistical bulletin." },
      kind: check === "figure" ? "cumulative" : null,
      measure: check === "figure" ? "units" : null,
      target: check === "figure" ? { op: ">=", value, unit: "个", original: `不少于${value}个` } : null,
      baseline: null,
      scale: [],
      period: check === "figure" ? { start: { day: "2026-01-01" }, end: "2026-12-31", length: null } : null,
      due: due ? { date: "2026-12-31", text: "年底", basis: "inferred" } : null,
      path: null,
      milestones: [],
      partOf: null,
      occasion: null,
      source: { id: source.id, paragraph: 1 + (at % 40) },
    };
  });
  const facts = Array.from({ length: Math.floor(size / 3) }, (_, at): Fact => {
    const thing = pick(THINGS, THINGS[0]);
    const district = pick(DISTRICTS, { code: "AA", name: {}, aliases: [] }).code;
    return {
      id: `${district}-F${String(at + 1).padStart(2, "0")}`,
      district,
      text: { zh: `${thing[0]}第${at + 1}批已经启用。`, en: `Batch ${at + 1} of ${thing[1]} is in use.` },
      figure: null,
      asOf: source.date,
      source: { id: source.id, paragraph: 1 + (at % 40) },
    };
  });
  return {
    id: `invented-${size}`,
    title: { zh: "虚构之城", en: "An invented city" },
    city: { zh: "虚构之城", en: "An invented city" },
    year: 2026,
    zone: "Asia/Shanghai",
    languages: ["zh", "en"],
    calendar: "CN",
    version: "1",
    coverage: { zh: "虚构。", en: "Invented." },
    invented: true,
    districts: DISTRICTS.map((term) => ({ ...term, full: term.name })),
    themes: THEMES,
    parts: [
      { code: "goals", name: { zh: "新目标", en: "Goals" }, aliases: [] },
      { code: "actions", name: { zh: "新行动", en: "Actions" }, aliases: [] },
    ],
    occasions: [],
    measures: [{ code: "units", name: { zh: "数量", en: "Units" }, unit: "个", counted: null }],
    sources: [source],
    commitments,
    facts,
  };
}
