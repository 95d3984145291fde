import { describe, expect, test } from "vitest";
import { Fault, type Problem } from "../../../src/core/errors.ts";
import { readQuantity, type Reader } from "../../../src/core/read-value.ts";

const COMPUTE: Reader = { unit: "EFLOPS", counted: null, example: "19 EFLOPS" };
const MONEY: Reader = { unit: "亿元", counted: null, example: "100亿元" };
const RATE: Reader = { unit: "%", counted: null, example: "5%" };
const HOMES: Reader = { unit: "套", counted: { one: "home", many: "homes" }, example: "400套" };

function problemOf(typed: string, reader: Reader): Problem | null {
  try {
    readQuantity(typed, reader);
    return null;
  } catch (error) {
    if (error instanceof Fault) return error.problem;
    throw error;
  }
}

describe("figures as people type them", () => {
  test.each([
    ["16.2 EFLOPS", { op: "=", value: 16.2, unit: "EFLOPS" }],
    ["１６．２ ＥＦＬＯＰＳ", { op: "=", value: 16.2, unit: "EFLOPS" }],
    ["16.2", { op: "=", value: 16.2, unit: "EFLOPS" }],
    ["超19", { op: ">", value: 19, unit: "EFLOPS" }],
    ["超过 19EFLOPS", { op: ">", value: 19, unit: "EFLOPS" }],
    ["more than 19 EFLOPS", { op: ">", value: 19, unit: "EFLOPS" }],
    [">=19", { op: ">=", value: 19, unit: "EFLOPS" }],
    ["约16", { op: "~", value: 16, unit: "EFLOPS" }],
    ["16左右", { op: "~", value: 16, unit: "EFLOPS" }],
    ["19以上", { op: ">=", value: 19, unit: "EFLOPS" }],
    ["16余", { op: ">", value: 16, unit: "EFLOPS" }],
    ["不到19", { op: "<", value: 19, unit: "EFLOPS" }],
    ["16~17", { op: "range", min: 16, max: 17, unit: "EFLOPS" }],
    ["16至17 EFLOPS", { op: "range", min: 16, max: 17, unit: "EFLOPS" }],
    ["16 to 17", { op: "range", min: 16, max: 17, unit: "EFLOPS" }],
    ["8200 PFLOPS", { op: "=", value: 8200, unit: "PFLOPS" }],
    ["1,000 PFLOPS", { op: "=", value: 1000, unit: "PFLOPS" }],
  ])("%s", (typed, quantity) => expect(readQuantity(typed, COMPUTE)).toEqual(quantity));

  test("a bare multiplier is so many of the target's base unit", () => {
    expect(readQuantity("1000亿", MONEY)).toEqual({ op: "=", value: 1000, unit: "亿元" });
    expect(readQuantity("0.5万亿元", MONEY)).toEqual({ op: "=", value: 0.5, unit: "万亿元" });
  });
  test("the English word for what is counted is the target's unit", () => {
    expect(readQuantity("412 homes", HOMES)).toEqual({ op: "=", value: 412, unit: "套" });
  });
  test("a rate may be below zero", () => {
    expect(readQuantity("-3", RATE)).toEqual({ op: "=", value: -3, unit: "%" });
    expect(problemOf("-3", COMPUTE)).toMatchObject({ code: "unreadable_figure", why: "negative" });
  });
  test.each([
    ["1e999", "unreadable"],
    ["NaN", "unreadable"],
    ["Infinity", "unreadable"],
    ["0x10", "unreadable"],
    ["", "unreadable"],
    ["约16~17", "unreadable"],
    ["超19以上", "unreadable"],
    ["10²", "unclear"],
    ["½", "unclear"],
    ["①", "unclear"],
    ["17~16", "reversed"],
    ["0.1234567890123456789", "too_long"],
    ["9".repeat(400), "too_long"],
  ])("%s is refused as %s", (typed, why) =>
    expect(problemOf(typed, COMPUTE)).toMatchObject({ code: "unreadable_figure", why }),
  );
  test("a unit of another dimension is refused with the one that is expected", () => {
    expect(problemOf("8 家", COMPUTE)).toMatchObject({ code: "wrong_unit", unit: "家", expected: "EFLOPS" });
    expect(problemOf("3个百分点", RATE)).toMatchObject({ code: "wrong_unit", expected: "%" });
  });
});
