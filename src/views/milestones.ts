import { inLang, type Lang } from "../core/lang.ts";
import type { Assessed } from "../core/standing.ts";
import { dayText, say } from "./print.ts";

/** How many nodes are done of how many, and the next one with its day where the source dates them. */
export function milestonesText(
  { commitment, pacing }: Pick<Assessed, "commitment" | "pacing">,
  lang: Lang,
): string {
  const { milestones, target } = commitment;
  const { done } = pacing;
  const whole =
    milestones.length > 0 || target === null || target.op === "range" ? milestones.length : target.value;
  const next = milestones.find(({ node }) => !done.includes(node));
  const counted = say(
    lang,
    `节点 ${done.length}/${whole} 已完成`,
    `${done.length} of ${whole} milestones done`,
  );
  if (next === undefined) return counted;
  const name = inLang(next.name, lang);
  return say(
    lang,
    `${counted}，下一个“${name}”（${dayText(next.date, lang)}）`,
    `${counted}, next “${name}” by ${dayText(next.date, lang)}`,
  );
}

/** Every node with its day, and which are done: “地面桩基”（2026-03-31，已完成）. */
export function nodesText({ commitment, pacing }: Assessed, lang: Lang): string {
  return commitment.milestones
    .map(({ node, date, name }) => {
      const done = pacing.done.includes(node);
      const words = `“${inLang(name, lang)}”`;
      return say(
        lang,
        `${node} ${words}（${dayText(date, lang)}${done ? "，已完成" : ""}）`,
        `${node} ${words} (${dayText(date, lang)}${done ? ", done" : ""})`,
      );
    })
    .join(say(lang, "；", "; "));
}
