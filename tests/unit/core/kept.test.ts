import { expect, test } from "vitest";
import { kept, lasting } from "../../../src/core/kept.ts";

/** Counts how often something is made. */
function counting(each: number) {
  const keep = kept<object, { readonly made: number }>(each);
  let made = 0;
  return (of: object, by = ""): number => keep(of, by, () => ({ made: (made += 1) })).made;
}

test("something is made once of a lasting object, anew of any other", () => {
  const ask = counting(2);
  const one = lasting({});
  expect([ask(one), ask(one), ask(one, "zh"), ask(one)]).toEqual([1, 1, 2, 1]);
  const passing = {};
  expect([ask(passing), ask(passing)]).toEqual([3, 4]);
  expect([ask(lasting(passing)), ask(passing)]).toEqual([5, 5]);
});

test("of one object at most so many things are kept, the latest", () => {
  const ask = counting(2);
  const one = lasting({});
  expect([ask(one, "a"), ask(one, "b"), ask(one, "c")]).toEqual([1, 2, 3]);
  expect([ask(one, "b"), ask(one, "c"), ask(one, "a")]).toEqual([2, 3, 4]);
});

test("what is made of a lasting object lasts too, what is made of another does not", () => {
  const first = kept<object, object>(1);
  const then = counting(1);
  const long = first(lasting({}), "", () => ({}));
  const short = first({}, "", () => ({}));
  expect([then(long), then(long)]).toEqual([1, 1]);
  expect([then(short), then(short)]).toEqual([2, 3]);
});
