import type { Comparator } from "./quantity.ts";

/** Words before a figure that say how it compares; the longest that fits is meant. */
export const BEFORE: readonly (readonly [Comparator, readonly string[]])[] = [
  [">=", ["不少于", "不低于", "不小于", "至少", "at least", "no less than", ">=", "=>", "≥"]],
  [
    "<=",
    [
      "不超过",
      "不多于",
      "不大于",
      "不高于",
      "至多",
      "最多",
      "at most",
      "up to",
      "no more than",
      "<=",
      "=<",
      "≤",
    ],
  ],
  [">", ["超过", "突破", "大于", "高于", "多于", "超", "逾", "over", "above", "more than", ">"]],
  ["<", ["低于", "小于", "少于", "不足", "不到", "未到", "below", "under", "less than", "<"]],
  [
    "~",
    [
      "大约",
      "大概",
      "约为",
      "约",
      "近",
      "about",
      "around",
      "approximately",
      "roughly",
      "some",
      "circa",
      "ca.",
      "c.",
      "≈",
      "~",
    ],
  ],
  ["=", ["达到", "为", "达", "="]],
];

/** Words after a figure (19以上, 16左右). */
export const AFTER: readonly (readonly [Comparator, readonly string[]])[] = [
  [">=", ["及以上", "以上", "or more"]],
  ["<=", ["及以下", "以下", "以内", "or less"]],
  ["~", ["左右", "上下"]],
];

/** Cuts a comparing word off the beginning or the end of a text; null where there is none. */
export function cutComparator(
  text: string,
  words: typeof BEFORE,
  end: "start" | "end",
): { readonly op: Comparator; readonly rest: string } | null {
  const lower = text.toLowerCase();
  const found = words
    .flatMap(([op, forms]) => forms.map((form) => ({ op, form })))
    .toSorted((a, b) => b.form.length - a.form.length)
    .find(({ form }) => (end === "start" ? lower.startsWith(form) : lower.endsWith(form)));
  if (found === undefined) return null;
  const { op, form } = found;
  const rest = end === "start" ? text.slice(form.length) : text.slice(0, -form.length);
  return { op, rest: rest.trim() };
}
