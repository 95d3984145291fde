import type { Problem } from "../core/errors.ts";
import type { Lang } from "../core/lang.ts";
import type { Block, Line } from "../message/message.ts";
import { say } from "./print.ts";
import { isTooLong } from "./share.ts";

type Which = Extract<Problem, { readonly code: "which_commitment" }>;

/** No id where one is needed. */
export function missingLine(
  { verb, verbZh, example }: Extract<Problem, { readonly code: "missing_id" }>,
  lang: Lang,
): Line {
  return [
    say(lang, "哪一项？例如 ", "Which one? For example "),
    { code: `${say(lang, verbZh, verb)} ${example}` },
  ];
}

/** A thread that names several commitments: which one is meant. */
export function whichLines({ lines, more }: Which, lang: Lang): readonly Line[] {
  const canPick = whichButtons({ lines }).length > 0;
  const rest = more > 0 ? say(lang, `（另有 ${more} 项）`, ` (and ${more} more)`) : "";
  return [
    [
      canPick
        ? say(
            lang,
            "这个话题里有好几项，说的是哪一项？点一个，或写上编号再发：",
            "Several commitments stand in this thread; which one? Pick it, or send the line with its id: ",
          )
        : say(
            lang,
            "这个话题里有好几项，说的是哪一项？写上编号再发：",
            "Several commitments stand in this thread; which one? Send the line with its id: ",
          ),
      ...lines.flatMap(({ id }, at): Line => [...(at === 0 ? [] : [say(lang, "、", ", ")]), { code: id }]),
      rest,
    ],
  ];
}

/** A button for each line that would have been meant, where it fits one. */
export function whichButtons({ lines }: Pick<Which, "lines">): readonly Block[] {
  const short = lines.filter(({ line }) => !isTooLong(line));
  if (short.length === 0) return [];
  return [{ type: "buttons", buttons: short.map(({ id, line }) => ({ label: id, run: line })) }];
}
