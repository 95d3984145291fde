import MiniSearch from "minisearch";
import type { Commitment, Dataset, Fact } from "./commitment.ts";
import { initialsOf, pinyinOf } from "./names.ts";

/** Ids of what has every word, best first: commitments and facts apart. */
export interface SearchResult {
  readonly commitments: readonly string[];
  readonly facts: readonly string[];
}

export interface Search {
  find(words: string): SearchResult;
}

interface Entry {
  readonly id: string;
  readonly names: string;
  readonly text: string;
  readonly sound: string;
}

const NOTHING: SearchResult = { commitments: [], facts: [] };
const words = new Intl.Segmenter("zh", { granularity: "word" });

/** An index over titles, names and summaries in every language of the dataset, and over the pinyin of the titles. */
export function createSearch(dataset: Dataset): Search {
  const index = new MiniSearch<Entry>({
    fields: ["names", "text", "sound"],
    idField: "id",
    tokenize: tokens,
    processTerm: (term) => term,
  });
  const facts = new Set(dataset.facts.map(({ id }) => id));
  index.addAll(dataset.commitments.map((each) => commitmentEntry(each, dataset)));
  index.addAll(dataset.facts.map((each) => factEntry(each, dataset)));
  // One line asks for the same words several times: hits, their rank, facts.
  let last: { readonly typed: string; readonly result: SearchResult } | null = null;
  return {
    find(typed) {
      if (last?.typed === typed) return last.result;
      if (tokens(typed).length === 0) return NOTHING;
      const hits = index.search(typed, {
        combineWith: "AND",
        prefix: (term) => term.length > 1 || /\p{Script=Han}/u.test(term),
        boost: { names: 4, sound: 1.5 },
      });
      const ids = hits.map(({ id }) => String(id));
      const result = {
        commitments: ids.filter((id) => !facts.has(id)),
        facts: ids.filter((id) => facts.has(id)),
      };
      last = { typed, result };
      return result;
    },
  };
}

/** Latin words and numbers as they are, Chinese in pairs of characters: every part of a word is found, none is guessed. */
export function tokens(text: string): string[] {
  const folded = text.normalize("NFKC").toLowerCase();
  const found: string[] = [];
  for (const [run] of folded.matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+(?:[.'’][\p{L}\p{N}]+)*/gu)) {
    if (!/\p{Script=Han}/u.test(run)) {
      // Latin letters and Chinese may touch (AI赋能); split where the script changes.
      found.push(
        ...run.split(/(?<=\P{Script=Han})(?=\p{Script=Han})|(?<=\p{Script=Han})(?=\P{Script=Han})/u),
      );
      continue;
    }
    const characters = [...run];
    if (characters.length === 1) found.push(run);
    for (let at = 0; at + 1 < characters.length; at += 1)
      found.push(`${characters[at] ?? ""}${characters[at + 1] ?? ""}`);
  }
  return found;
}

function commitmentEntry(commitment: Commitment, dataset: Dataset): Entry {
  const district = dataset.districts.find(({ code }) => code === commitment.district);
  const theme = dataset.themes.find(({ code }) => code === commitment.theme);
  const title = Object.values(commitment.title);
  return {
    id: commitment.id,
    names: [
      commitment.id,
      ...title,
      ...Object.values(district?.name ?? {}),
      ...Object.values(theme?.name ?? {}),
    ].join(" "),
    text: [...Object.values(commitment.summary), commitment.target?.original ?? ""].join(" "),
    sound: soundOf(commitment.title.zh ?? ""),
  };
}

function factEntry(fact: Fact, dataset: Dataset): Entry {
  const district = dataset.districts.find(({ code }) => code === fact.district);
  return {
    id: fact.id,
    names: [fact.id, ...Object.values(district?.name ?? {})].join(" "),
    text: Object.values(fact.text).join(" "),
    sound: "",
  };
}

/** Pinyin and initials of every Chinese word and of every run of two, so that `suanli` and `sl` find 算力. */
function soundOf(text: string): string {
  const chinese = [...words.segment(text)]
    .map(({ segment }) => segment)
    .filter((part) => /\p{Script=Han}/u.test(part));
  const pairs = chinese.slice(1).map((part, at) => `${chinese[at] ?? ""}${part}`);
  return [...chinese, ...pairs, chinese.join("")]
    .filter((part) => part.length > 1)
    .flatMap((part) => [pinyinOf(part), initialsOf(part)])
    .join(" ");
}
