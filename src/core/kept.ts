/**
 * Objects that are met again: never changed, and held by somebody for a while. Only of them is anything kept, since each
 * entry of a WeakMap for an object that is soon forgotten makes the collector's work many times longer.
 */
const LASTING = new WeakSet<object>();

/** Says of an object that it is met again, and gives it back. */
export function lasting<Whole extends object>(whole: Whole): Whole {
  LASTING.add(whole);
  return whole;
}

/** Something made of an object and of what else it depends on. */
export type Kept<Whole extends object, Made> = (of: Whole, by: string, make: () => Made) => Made;

/**
 * Makes something once of each lasting object and of `by`, which names everything else that it depends on; at most
 * `each` things of one object are kept. What is made of a lasting object lasts as long. Of any other it is made anew.
 */
export function kept<Whole extends object, Made extends object | string>(each: number): Kept<Whole, Made> {
  const all = new WeakMap<Whole, Map<string, Made>>();
  return (of, by, make) => {
    if (!LASTING.has(of)) return make();
    const known = all.get(of) ?? new Map<string, Made>();
    const found = known.get(by);
    if (found !== undefined) return found;
    const made = make();
    if (typeof made === "object") lasting(made);
    put(known, by, made, each);
    all.set(of, known);
    return made;
  };
}

/** Puts something last, for the first of too many. */
export function put<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void {
  if (map.size >= most) {
    const first = map.keys().next();
    if (first.done !== true) map.delete(first.value);
  }
  map.set(key, value);
}
