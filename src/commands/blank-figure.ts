import type { Commitment } from "../core/commitment.ts";
import type { Localized } from "../core/lang.ts";

/**
 * How a figure of a commitment is written, with its unit and a word in the figure's place: an example that could be
 * sent would be recorded by whoever pastes it, as what nobody has read.
 */
export function blankFigure({ target }: Pick<Commitment, "target">): Required<Localized> {
  const unit = target === null ? "" : ` ${target.unit}`;
  return { zh: `数值${unit}`, en: `VALUE${unit}` };
}
