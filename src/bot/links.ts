/** Links as people type them, without the punctuation and the brackets around them. */
export function linksIn(text: string): readonly string[] {
  return [...text.matchAll(/https?:\/\/[^\s<>"“”「」『』（）【】《》。，；：、！？]+/giu)].map(([link]) =>
    link.replace(/[.,;:!?)\]}'…]+$/u, ""),
  );
}
