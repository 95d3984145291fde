/** What a piece of a card costs against a Room. */
export interface Cost {
  readonly bytes: number;
  readonly components: number;
  readonly tables: number;
  readonly charts: number;
}

export const FREE: Cost = { bytes: 0, components: 0, tables: 0, charts: 0 };

export function plus(a: Cost, b: Cost): Cost {
  return {
    bytes: a.bytes + b.bytes,
    components: a.components + b.components,
    tables: a.tables + b.tables,
    charts: a.charts + b.charts,
  };
}

export function within(cost: Cost, most: Cost): boolean {
  return (
    cost.bytes <= most.bytes &&
    cost.components <= most.components &&
    cost.tables <= most.tables &&
    cost.charts <= most.charts
  );
}

/** Bytes of UTF-8 JSON, as Feishu counts them. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function tags(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(tags);
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap(tags);
  return "tag" in value && typeof value.tag === "string" ? [value.tag, ...inside] : inside;
}

/** The cost of one element, with the comma that separates it from the next. */
export function costOf(value: unknown): Cost {
  const found = tags(value);
  return {
    bytes: jsonBytes(value) + 1,
    components: found.length,
    tables: found.filter((tag) => tag === "table").length,
    charts: found.filter((tag) => tag === "chart").length,
  };
}

/** How many components stand inside one another at the deepest place. */
export function depthOf(value: unknown): number {
  if (Array.isArray(value)) return Math.max(0, ...value.map(depthOf));
  if (typeof value !== "object" || value === null) return 0;
  return ("tag" in value ? 1 : 0) + Math.max(0, ...Object.values(value).map(depthOf));
}
