import { hash } from "node:crypto";

/** The same name for the same words, at most 64 characters, so that what is written again is known. */
export function digestOf(words: string, length: number): string {
  return hash("sha256", words, "hex").slice(0, length);
}
