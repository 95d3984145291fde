import type { Commitment } from "../core/commitment.ts";
import type { Lang } from "../core/lang.ts";

/** A figure as one would type it for a commitment, in its own unit; null where it has no target. */
export function exampleFigure({ target }: Commitment, lang: Lang): string | null {
  if (target === null) return null;
  const { unit } = target;
  const value = "value" in target ? target.value : target.min;
  return `${value}${lang === "en" || /^[a-z]/iu.test(unit) ? " " : ""}${unit}`;
}
