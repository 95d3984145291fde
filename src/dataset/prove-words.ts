import type { Cited } from "./draft.ts";
import { faultAt, shown, type DatasetFault } from "./fault.ts";
import { isAmong, isOwnYear, listed, sameFigure } from "./figure-same.ts";
import { figuresIn } from "./figures.ts";
import { compact, quotedIn } from "./folded.ts";
import type { Paragraph } from "./paragraphs.ts";
import { spelledIn } from "./spelled-days.ts";

/** What an item says in words: the figures of its texts in every language, names in quotation marks, when it falls due. */
export function proveWords(item: Cited, paragraph: Paragraph, year: number): DatasetFault[] {
  const where = `paragraph ${paragraph.number} of ${item.source.id}`;
  return [
    ...proveStated(item, paragraph, year, where),
    ...proveDays(item, paragraph, where),
    ...proveWordings(item, paragraph, where),
  ];
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
        .filter((figure) => !isOwnYear(figure, year, item.commitment) || isAmong(figure, stated))
        .flatMap((figure) => {
          const times = [figures, stated].map(
            (all) => all.filter((other) => sameFigure(figure, other)).length,
          );
          const [here = 0, there = 0] = times;
          // Said more often than by the paragraph, one of them stands where another figure belongs.
          if (there > 0 && here <= there) return [];
          const more = there > 0 ? " that often" : "";
          const what = `${item.id}: ${path}.${lang} says ${shown(figure.text)}, which ${where} does not have${more}`;
          return [faultAt(item.at([path, lang], figure.text), what, fix)];
        });
    }),
  );
}

/** A day is more than its numbers: 4 December is wrong where the paragraph has 1 December and 4 of something. */
function proveDays(item: Cited, paragraph: Paragraph, where: string): DatasetFault[] {
  const given = spelledIn(paragraph.text);
  return item.texts.flatMap(({ path, text }) =>
    Object.entries(text).flatMap(([lang, sentence]) =>
      spelledIn(sentence)
        .filter(
          (day) =>
            !given.some(({ month, date }) => month === day.month && (day.date === null || date === day.date)),
        )
        .map((day) => {
          const what = `${item.id}: ${path}.${lang} says ${shown(day.text)}, a day that ${where} does not give`;
          return faultAt(item.at([path, lang], day.text), what, "Write the day that the paragraph gives.");
        }),
    ),
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
