/** The form in which names are compared: NFKC, lower case, without spaces, hyphens, apostrophes and middle dots. */
export function nameKey(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\-‐‑–—'’‘·・•]/gu, "");
}
