import { createHash } from "node:crypto";
import type { Lang } from "../core/lang.ts";

/** A paragraph of the article as the checks read it. */
export interface Paragraph {
  readonly number: number;
  readonly text: string;
  /** The language that its words can be compared in. */
  readonly lang: Lang;
}

/** How far down a by-line can stand; a later line that begins with 作者 is text. */
const BYLINE_WITHIN = 10;

/** The paragraphs of an article, first is 1: every non-empty line after the by-line (作者 …, else the second line). */
export function paragraphsOf(article: string): string[] {
  const lines = article
    .split(/\r\n|[\n\r\u2028\u2029]/u)
    .map(normal)
    .filter((line) => line !== "");
  const signed = lines.slice(0, BYLINE_WITHIN).findIndex((line) => line.startsWith("作者"));
  return lines.slice(signed < 0 ? 2 : signed + 1);
}

/** SHA-256 (hex) of a paragraph after NFKC and trimming. */
export function hashOf(paragraph: string): string {
  return createHash("sha256").update(normal(paragraph), "utf8").digest("hex");
}

function normal(line: string): string {
  return line.normalize("NFKC").trim();
}
