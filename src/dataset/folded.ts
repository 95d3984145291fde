/** A text in the form in which it is read, and for each of its characters where it stood in the original. */
export interface Folded {
  readonly text: string;
  readonly from: readonly number[];
}

/** Decoration that NFKC would turn into another number: ½ into 1⁄2, 19² into 192. Roman numbers (Ⅲ) are none of it. */
const DECORATION =
  /[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u215f\u2189\u2460-\u24ff\u2776-\u2793]/u;

/** True where a text has a digit that cannot be read without guessing; the ² of m² can. */
export function isUnclear(text: string): boolean {
  return DECORATION.test(text.replace(/m[²³]/gu, ""));
}

/** NFKC character by character; the full-width comma stays, because it separates words and never thousands. */
export function fold(original: string): Folded {
  const from: number[] = [];
  let text = "";
  let at = 0;
  for (const character of original) {
    const square = character === "²" && text.endsWith("m");
    const kept = character === "，" || (DECORATION.test(character) && !square);
    const folded = kept ? character : character.normalize("NFKC");
    text += folded;
    for (let each = 0; each < folded.length; each += 1) from.push(at);
    at += character.length;
  }
  from.push(at);
  return { text, from };
}

/** The form in which wordings are compared: NFKC, without white space. */
export function compact(text: string): string {
  return text.normalize("NFKC").replace(/\s/gu, "");
}

const QUOTED = /“([^“”]*)”|「([^「」]*)」|『([^『』]*)』|"([^"]*)"/gu;

/** What stands in quotation marks, in order. */
export function quotedIn(text: string): string[] {
  return [...text.matchAll(QUOTED)].map(([, ...groups]) => groups.find((group) => group !== undefined) ?? "");
}

/** The text with everything in quotation marks blanked out; its length stays. */
export function withoutQuoted(text: string): string {
  return text.replace(QUOTED, blank);
}

/** As many characters that are neither letter, digit, space nor punctuation. */
export function blank(text: string): string {
  return "\u0001".repeat(text.length);
}
