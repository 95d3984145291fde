import { LANGS } from "../core/lang.ts";
import { statedIn, structuredFigures } from "./check-stated.ts";
import { citedIn, type Cited, type Draft } from "./draft.ts";
import { faultAt, shown, type DatasetFault } from "./fault.ts";
import { isAmong, isOwnYear } from "./figure-same.ts";
import { figuresIn, type Figure } from "./figures.ts";
import { compact } from "./folded.ts";

/** What `sources.yaml` lists of a paragraph against what the items that cite it use, both ways. */
export function checkSources(draft: Draft): DatasetFault[] {
  const items = citedIn(draft);
  return draft.sources.flatMap(({ item: source, at }) => {
    const cite = items.filter((item) => item.source.id === source.id);
    const faults: DatasetFault[] = [];
    if (draft.whole && source.paragraphs.length === 0) {
      faults.push(
        faultAt(
          at(["paragraphs"]),
          `Nothing cites the source ${source.id}`,
          "Remove it, or list the paragraphs that are cited.",
        ),
      );
    }
    for (const [index, paragraph] of source.paragraphs.entries()) {
      const citing = cite.filter((item) => item.source.paragraph === paragraph.number);
      const path = ["paragraphs", index];
      if (draft.whole && citing.length === 0) {
        faults.push(
          faultAt(
            at([...path, "number"]),
            `Nothing cites paragraph ${paragraph.number}`,
            "Remove it, or correct the number.",
          ),
        );
        continue;
      }
      const used = citing.flatMap(figuresUsed);
      const words = citing.map(wordsOf).join("\n");
      const listed: Figure[] = paragraph.names.flatMap((name) => figuresIn(name, "read"));
      for (const [at_, written] of paragraph.figures.entries()) {
        const figures = figuresIn(written, "read");
        listed.push(...figures);
        const place = at([...path, "figures", at_], written);
        if (figures.length === 0) {
          faults.push(
            faultAt(
              place,
              `${shown(written)} is no figure that can be read`,
              "Write it as printed, with its unit or what it counts.",
            ),
          );
        } else if (draft.whole && !figures.every((figure) => isAmong(figure, used))) {
          faults.push(
            faultAt(
              place,
              `Nothing that cites paragraph ${paragraph.number} uses the figure ${shown(written)}`,
              "Remove it, or correct the figure.",
            ),
          );
        }
      }
      for (const [at_, name] of paragraph.names.entries()) {
        if (!draft.whole || words.includes(compact(name))) continue;
        faults.push(
          faultAt(
            at([...path, "names", at_], name),
            `Nothing that cites paragraph ${paragraph.number} uses the name ${shown(name)}`,
            "Remove it, or correct the name.",
          ),
        );
      }
      faults.push(...citing.flatMap((item) => unlisted(item, listed, draft.header.item.year ?? 0)));
    }
    return faults;
  });
}

/** Figures of an item's words that the list of its paragraph does not have. */
function unlisted(item: Cited, listed: readonly Figure[], year: number): DatasetFault[] {
  return LANGS.flatMap((lang) => statedIn(item, lang) ?? [])
    .filter(({ figure }) => !isAmong(figure, listed) && !isOwnYear(figure, year, item.commitment))
    .map(({ figure, path }) =>
      faultAt(
        item.at(path, figure.text),
        `${item.id}: ${path.join(".")} says ${shown(figure.text)}, which is not among the figures of paragraph ${item.source.paragraph}`,
        "Correct it, or add the figure to sources.yaml if the paragraph has it.",
      ),
    );
}

function figuresUsed(item: Cited): Figure[] {
  const stated = LANGS.flatMap((lang) => statedIn(item, lang) ?? []).map(({ figure }) => figure);
  const period = item.commitment?.period?.length;
  const words = [item.commitment?.due?.text ?? "", ...quotedParts(item)].flatMap((text) =>
    figuresIn(text, "read"),
  );
  return [
    ...stated,
    ...structuredFigures(item).map(({ figure }) => figure),
    ...words,
    ...(period ? figuresIn(`${period.count} ${period.of}`) : []),
  ];
}

/** Texts whose quoted names may hold figures. */
function quotedParts(item: Cited): string[] {
  return item.texts.flatMap(({ text }) => Object.values(text));
}

/** All words of an item in which a name can stand, without white space. */
function wordsOf({ texts, commitment, fact }: Cited): string {
  const originals = [
    commitment?.target?.original,
    commitment?.baseline?.original,
    commitment?.due?.text,
    fact?.figure?.original,
  ];
  const scale = (commitment?.scale ?? []).map(({ original }) => original);
  return [...texts.flatMap(({ text }) => Object.values(text)), ...originals, ...scale]
    .map((text) => compact(text ?? ""))
    .join("\n");
}
