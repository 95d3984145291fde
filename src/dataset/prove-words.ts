import type { Cited } from "./draft.ts";
import { faultAt, shown, type DatasetFault } from "./fault.ts";
import { isAmong, isOwnYear, listed } from "./figure-same.ts";
import { figuresIn } from "./figures.ts";
import { compact, quotedIn } from "./folded.ts";
import type { Paragraph } from "./paragraphs.ts";

/** What an item says in words: the figures of its texts in every language, names in quotation marks, when it falls due. */
export function proveWords(item: Cited, paragraph: Paragraph, year: number): DatasetFault[] {
  const where = `paragraph ${paragraph.number} of ${item.source.id}`;
  return [...proveStated(item, paragraph, year, where), ...proveWordings(item, paragraph, where)];
}

function proveStated(item: Cited, paragraph: Paragraph, year: number, where: string): DatasetFault[] {
  const stated = figuresIn(paragraph.text, "read");
  const fix = `Correct the figure or the paragraph it cites. The paragraph has: ${listed(stated)}.`;
  return item.texts.flatMap(({ path, text }) =>
    Object.entries(text).flatMap(([lang, sentence]) => {
      // A translated name cannot be compared with the paragraph; the figures in it can.
      const names = lang === paragraph.lang ? [] : quotedIn(sentence);
      const figures = [...figuresIn(sentence), ...names.flatMap((name) => figuresIn(name, "read"))];
      return figures
        .filter((figure) => !isAmong(figure, stated) && !isOwnYear(figure, year, item.commitment))
        .map((figure) => {
          const what = `${item.id}: ${path}.${lang} says ${shown(figure.text)}, which ${where} does not have`;
          return faultAt(item.at([path, lang], figure.text), what, fix);
        });
    }),
  );
}

function proveWordings(item: Cited, paragraph: Paragraph, where: string): DatasetFault[] {
  const words = compact(paragraph.text);
  const { commitment } = item;
  const lacks = (text: string) => `${item.id}: ${where} does not have the words ${shown(text)}`;
  const texts = commitment === null ? item.texts : [...item.texts, { path: "why", text: commitment.why }];
  const faults = texts.flatMap(({ path, text }) =>
    quotedIn(text[paragraph.lang] ?? "")
      .filter((name) => !words.includes(compact(name)))
      .map((name) => {
        const fix =
          "Quotation marks are for the paragraph's own words: correct them, or leave out the marks.";
        return faultAt(item.at([path, paragraph.lang], name), lacks(name), fix);
      }),
  );
  const due = commitment?.due ?? null;
  if (due !== null && !words.includes(compact(due.text))) {
    const fix = "Write the source's own words for the due date.";
    faults.push(faultAt(item.at(["due", "text"]), lacks(due.text), fix));
  }
  return faults;
}
