import { isMap, isScalar, isSeq, parseDocument } from "yaml";

/** One figure of a file changed, everything else as it was. */
export interface Mutation {
  readonly line: number;
  readonly was: string;
  readonly is: string;
  readonly text: string;
}

/** Where figures stand that a reader can be misled by. */
const PLACES =
  /^commitments\.\d+\.(?:title|summary)\.\w+$|^facts\.\d+\.text\.\w+$|\.(?:target|baseline|figure|scale\.\d+)\.(?:value|min|max|original)$|\.baseline\.asOf$|\.milestones\.\d+\.date$/u;

const WORDS = "two three four five six seven eight nine ten eleven twelve".split(" ");
const HAN = "二三四五六七八九";

/**
 * Finds figures in its own plain way, not in that of the program: runs of digits, Chinese number characters, English
 * number words, Roman numbers. Each gives several mutations.
 */
export function mutationsOf(yaml: string): Mutation[] {
  const scalars = scalarsOf(yaml);
  return scalars
    .filter(({ path }) => PLACES.test(path))
    .flatMap(({ path, start, end }) => {
      const source = yaml.slice(start, end);
      const near = neighbours(scalars, path, yaml);
      return figures(source).flatMap(({ at, was, others }) =>
        // Figures that stand near it are the ones a tired editor would write instead.
        [...new Set([...others, ...(/^\d/u.test(was) ? near : [])])]
          .filter((is) => numberOf(is) !== numberOf(was))
          .map((is): Mutation => {
            const from = start + at;
            const line = yaml.slice(0, from).split("\n").length;
            return { line, was, is, text: yaml.slice(0, from) + is + yaml.slice(from + was.length) };
          }),
      );
    });
}

/** The numbers of the same commitment or fact. */
function neighbours(scalars: ReturnType<typeof scalarsOf>, path: string, yaml: string): string[] {
  const row = path.split(".").slice(0, 2).join(".");
  return scalars
    .filter((other) => other.path.startsWith(`${row}.`) && /title|summary|text|original/u.test(other.path))
    .flatMap(({ start, end }) =>
      [...yaml.slice(start, end).matchAll(/\d+(?:,\d{3})*(?:\.\d+)?/gu)].map(([number]) => number),
    );
}

/** 3,600 is 3600 and 6.50 is 6.5; words are themselves. */
function numberOf(written: string): string {
  return /^\d/u.test(written) ? String(Number(written.replaceAll(",", ""))) : written;
}

function figures(source: string): { at: number; was: string; others: string[] }[] {
  const found = [
    ...source.matchAll(
      /\d+(?:,\d{3})*(?:\.\d+)?|(?<!第)[两二三四五六七八九](?!业|重器)|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven)\b|\bI{2,3}\b|Ⅲ|(?<=[\d ])[万亿]+|\b[mb]illion\b|\btrillion\b/giu,
    ),
  ];
  return found.map((match) => ({ at: match.index, was: match[0], others: others(match[0]) }));
}

function others(was: string): string[] {
  if (/^\d/u.test(was)) {
    const last = Number(was.at(-1));
    const next = was.slice(0, -1) + String((last + 1) % 10);
    const first = String((Number(was[0]) % 9) + 1) + was.slice(1);
    return [...new Set([next, first, `${was}0`, `1${was}`])];
  }
  if (was === "Ⅲ") return ["Ⅱ"];
  if (/^I+$/u.test(was)) return [was === "II" ? "III" : "II", "IV"];
  if (/illion$/iu.test(was)) return [was === "million" ? "billion" : "million"];
  if (/[万亿]/u.test(was)) return [was === "万" ? "亿" : "万"];
  const word = WORDS.indexOf(was.toLowerCase());
  if (word >= 0) return [WORDS[word + 1] ?? "two", "twenty"];
  const han = HAN.indexOf(was === "两" ? "二" : was);
  return [HAN[(han + 1) % HAN.length] ?? "三", "十"];
}

function scalarsOf(yaml: string): { path: string; start: number; end: number }[] {
  const found: { path: string; start: number; end: number }[] = [];
  const walk = (node: unknown, path: string): void => {
    if (isMap(node))
      for (const { key, value } of node.items) walk(value, `${path}${path && "."}${String(key)}`);
    else if (isSeq(node)) for (const [at, item] of node.items.entries()) walk(item, `${path}.${at}`);
    else if (isScalar(node) && node.range) found.push({ path, start: node.range[0], end: node.range[1] });
  };
  walk(parseDocument(yaml).contents, "");
  return found;
}
