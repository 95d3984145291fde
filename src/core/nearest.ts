/** Edits (insert, delete, replace, swap of neighbours) between two words; `hlep` is one from `help`. */
export function edits(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  let before: number[] = [];
  let row = right.map((_, at) => at + 1);
  row.unshift(0);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      next.push(cost);
    }
    before = row;
    row = next;
  }
  return row[right.length] ?? left.length;
}

/** A word that can be suggested, with every form people may have meant to type. */
export interface Candidate {
  readonly name: string;
  readonly forms: readonly string[];
}

/** How unlike a suggestion may be: above this it shares no more with what was typed than chance. */
const FARTHEST = 0.6;

/** The names whose forms are nearest to what was typed (in any of its spellings), best first, at most `most`. */
export function nearest(
  typed: readonly string[],
  candidates: readonly Candidate[],
  most = 3,
): readonly string[] {
  const wanted = typed.map((text) => text.normalize("NFKC").toLowerCase().slice(0, 40));
  return candidates
    .map(({ name, forms }) => ({
      name,
      score: Math.min(
        1,
        ...forms.flatMap((form) => wanted.map((word) => distance(word, form.toLowerCase()))),
      ),
    }))
    .filter(({ score }) => score <= FARTHEST)
    .sort((a, b) => a.score - b.score)
    .slice(0, most)
    .map(({ name }) => name);
}

/** 0 the same, 1 nothing in common; a beginning or a part that fits counts as near. */
function distance(typed: string, form: string): number {
  if (typed === "" || form === "") return 1;
  const longest = Math.max([...typed].length, [...form].length);
  const plain = edits(typed, form) / longest;
  const starts = typed.length >= 2 && (form.startsWith(typed) || typed.startsWith(form)) ? 0.3 : 1;
  return Math.min(plain, starts);
}
