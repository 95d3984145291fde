import type { Commitment } from "../core/commitment.ts";
import type { Quantity } from "../core/quantity.ts";
import { exact } from "../core/unit.ts";
import { printedUnit } from "./figure-units.ts";
import { figuresIn, type Figure } from "./figures.ts";

/** True where two figures state the same; 万亿 without its 元 is as good as with it. */
export function sameFigure(a: Figure, b: Figure): boolean {
  if (!a.value.equals(b.value)) return false;
  return a.dimension === b.dimension || isBare(a) || isBare(b);
}

function isBare({ dimension, text }: Figure): boolean {
  return dimension === "plain" && /(?:[万亿]|illion)$/u.test(text);
}

/** True where `figure` is among the others. */
export function isAmong(figure: Figure, others: readonly Figure[]): boolean {
  return others.some((other) => sameFigure(figure, other));
}

/** The figures of a structured value: one, or both ends of a range. */
export function figuresOf(quantity: Quantity): Figure[] {
  const ends = quantity.op === "range" ? [quantity.min, quantity.max] : [quantity.value];
  return ends.map((end) => plainFigure(end, quantity.unit));
}

/** A number with a printed unit as a figure. */
export function plainFigure(value: number, unit: string): Figure {
  const { dimension, factor } = printedUnit(unit);
  return { value: exact(value).mul(factor), dimension, text: `${value} ${unit}`.trim(), index: 0 };
}

/** True where a wording states exactly these figures and no other. */
export function statesExactly(wording: string, figures: readonly Figure[]): boolean {
  const stated = figuresIn(wording, "read");
  return (
    figures.every((figure) => isAmong(figure, stated)) && stated.every((figure) => isAmong(figure, figures))
  );
}

/** Figures as a list for a person to read. */
export function listed(figures: readonly Figure[]): string {
  return figures.length === 0 ? "no figure" : figures.map(({ text }) => text).join(", ");
}

/** The year that a figure names (2026, 2026年); null where it is another figure. */
export function yearOf({ value, dimension, text }: Figure): number | null {
  const year = value.valueOf();
  return dimension === "plain" && /^\d{4}$|^[^\d万千百十]{4}年$/u.test(text) && year >= 1900 && year < 2100
    ? year
    : null;
}

/** The item's year figures aside: the dataset's year needs no proof where the item falls due or runs in it. */
export function isOwnYear(figure: Figure, year: number, item: Commitment | null): boolean {
  if (item === null || yearOf(figure) !== year) return false;
  const start = item.period !== null && "day" in item.period.start ? item.period.start.day : null;
  return [item.due?.date, start, item.period?.end].some((day) => day?.startsWith(`${year}-`) === true);
}
