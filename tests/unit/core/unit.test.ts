import fc from "fast-check";
import { expect, test } from "vitest";
import { inBase, unitOf } from "../../../src/core/unit.ts";

test.each([
  ["亿元", "money:CNY", "100000000"],
  ["万亿元", "money:CNY", "1000000000000"],
  ["万元", "money:CNY", "10000"],
  ["EUR million", "money:EUR", "1000000"],
  ["万平方米", "area", "10000"],
  ["EFLOPS", "compute", "1"],
  ["PFLOPS", "compute", "1/1000"],
  ["%", "percent", "1"],
  ["成", "percent", "10"],
  ["个百分点", "points", "1"],
  ["百分点", "points", "1"],
  ["家", "count:家", "1"],
  ["homes", "count:homes", "1"],
])("%s is %s, %s base units", (text, dimension, factor) => {
  const unit = unitOf(text);
  expect(unit?.dimension).toBe(dimension);
  expect(unit?.factor.toFraction()).toBe(factor);
});

test("nothing is no unit", () => {
  expect(unitOf("")).toBeNull();
  expect(unitOf("  ")).toBeNull();
});

test("a value is carried over exactly, as it was typed", () => {
  expect(inBase(1508.33, "亿元").toString()).toBe("150833000000");
  expect(inBase(0.1, "亿元").add(inBase(0.2, "亿元")).toString()).toBe(inBase(0.3, "亿元").toString());
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (hundredths) => {
      expect(inBase(hundredths / 100, "万元").toString()).toBe(String(hundredths * 100));
    }),
  );
});
