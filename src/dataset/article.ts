import type { Source } from "../core/commitment.ts";
import type { Lang } from "../core/lang.ts";
import { citedIn, type Cited, type Draft, type Placed } from "./draft.ts";
import { faultAt, shown, type DatasetFault } from "./fault.ts";
import { isAmong } from "./figure-same.ts";
import { figuresIn } from "./figures.ts";
import { compact } from "./folded.ts";
import { hashOf, paragraphsOf } from "./paragraphs.ts";
import { proveFigures } from "./prove-figures.ts";
import { proveWords } from "./prove-words.ts";

/** The sources of a dataset that an article is the text of: the one with the most matching hashes, or the only one. */
export function sourcesOf({ sources }: Draft, article: string): readonly Placed<Source>[] {
  const hashes = paragraphsOf(article).map(hashOf);
  const scored = sources.map((source) => ({
    source,
    matches: source.item.paragraphs.filter(({ number, sha256 }) => hashes[number - 1] === sha256).length,
  }));
  const best = Math.max(0, ...scored.map(({ matches }) => matches));
  return scored.filter(({ matches }) => best > 0 && matches === best).map(({ source }) => source);
}

/**
 * Proves a dataset against the text of a source: the hashes of its paragraphs, and every figure, name and wording of the
 * items that cite them. Only the sources that the article is the text of are proven.
 */
export function checkArticle(draft: Draft, article: string): DatasetFault[] {
  const found = sourcesOf(draft, article);
  const proven = found.length === 0 && draft.sources.length === 1 ? draft.sources : found;
  if (proven.length === 0) {
    return [
      faultAt(
        draft.sources[0]?.at([]) ?? draft.header.at([]),
        "The article is the text of none of the sources",
        "Give the text of one of them, or correct the hashes in sources.yaml.",
      ),
    ];
  }
  const paragraphs = paragraphsOf(article);
  const lang: Lang = /\p{Script=Han}/u.test(article) ? "zh" : "en";
  const items = citedIn(draft);
  return proven.flatMap(({ item: source, at }) => [
    ...source.paragraphs.flatMap((listed, index) =>
      checkListed(listed, paragraphs, (path, near) => at(["paragraphs", index, ...path], near)),
    ),
    ...items
      .filter((item) => item.source.id === source.id)
      .flatMap((item) => checkItem(item, paragraphs, lang, source, draft)),
  ]);
}

function checkItem(
  item: Cited,
  paragraphs: readonly string[],
  lang: Lang,
  source: Source,
  draft: Draft,
): DatasetFault[] {
  const { paragraph: number } = item.source;
  const text = paragraphs[number - 1];
  if (text === undefined) {
    const what = `${item.id} cites paragraph ${number}, the article has ${paragraphs.length}`;
    return [faultAt(item.at(["source", "paragraph"]), what, "Correct the number.")];
  }
  const paragraph = { number, text, lang };
  return [
    ...proveFigures(item, paragraph, source.date),
    ...proveWords(item, paragraph, draft.header.item.year ?? 0),
  ];
}

/** What `sources.yaml` says of one paragraph. */
function checkListed(
  listed: Source["paragraphs"][number],
  paragraphs: readonly string[],
  at: Placed<Source>["at"],
): DatasetFault[] {
  const text = paragraphs[listed.number - 1];
  if (text === undefined) {
    return [
      faultAt(
        at(["number"]),
        `The article has no paragraph ${listed.number}, only ${paragraphs.length}`,
        "Correct the number.",
      ),
    ];
  }
  const faults: DatasetFault[] = [];
  const hash = hashOf(text);
  if (hash !== listed.sha256) {
    faults.push(
      faultAt(
        at(["sha256"]),
        `Paragraph ${listed.number} of the article has another hash`,
        `Read it against the items that cite it, then write sha256: ${hash}`,
      ),
    );
  }
  const words = compact(text);
  const figures = figuresIn(text, "read");
  for (const [index, written] of listed.figures.entries()) {
    const there =
      words.includes(compact(written)) &&
      figuresIn(written, "read").every((figure) => isAmong(figure, figures));
    if (!there) faults.push(missing(written, listed.number, at(["figures", index], written), "figure"));
  }
  for (const [index, name] of listed.names.entries()) {
    if (!words.includes(compact(name)))
      faults.push(missing(name, listed.number, at(["names", index], name), "name"));
  }
  return faults;
}

function missing(
  written: string,
  number: number,
  place: { file: string; line: number },
  what: string,
): DatasetFault {
  return faultAt(
    place,
    `Paragraph ${number} of the article does not have the ${what} ${shown(written)}`,
    "Write it as the paragraph has it, or remove it.",
  );
}
