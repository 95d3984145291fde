import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoffMs, SEND_AGAIN } from "../../src/delivery/backoff.ts";
import { afterError } from "../../src/delivery/verdict.ts";
import { DELIVERY_CODES, DeliveryError } from "../../src/platform/platform.ts";
import type { Claimed } from "../../src/store/outbox.ts";
import { delivery, MONDAY, scripted } from "../support/delivery-scripted.ts";

const claimed = (more: Partial<Claimed> = {}): Claimed => ({
  delivery: delivery("one"),
  state: "sending",
  attempts: 1,
  firstTriedAt: MONDAY,
  plain: false,
  reason: null,
  ref: null,
  dueAt: MONDAY,
  settledAt: null,
  lease: "l",
  leaseUntil: new Date(MONDAY.getTime() + 60_000),
  interrupted: false,
  edits: null,
  ...more,
});
const after = (error: DeliveryError, find: "key" | "history" | "none", row = claimed(), seconds = 0) =>
  afterError(error, row, scripted([], find).platform, new Date(MONDAY.getTime() + seconds * 1_000), () => 1);

describe("pauses", () => {
  test("double, up to ten minutes", () => {
    const pauses = [1, 2, 3, 7, 8, 9, 1_000].map((failures) => backoffMs(SEND_AGAIN, failures, () => 1));
    expect(pauses).toEqual([5_000, 10_000, 20_000, 320_000, 600_000, 600_000, 600_000]);
  });
  test("are spread over their second half", () => {
    const random = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.nat(), random, (failures, dice) => {
        const [pause, whole] = [
          backoffMs(SEND_AGAIN, failures, () => dice),
          backoffMs(SEND_AGAIN, failures, () => 1),
        ];
        return pause >= whole / 2 - 1 && pause <= whole;
      }),
    );
  });
});

describe("after an error", () => {
  test("a server's wish is honoured, within reason", () => {
    const wishes = [1, 30_000, 10 ** 12].map(
      (ms) => after(new DeliveryError("rate_limited", "", ms), "none").outcome,
    );
    const dues = wishes.map((outcome) =>
      outcome.type === "later" ? outcome.dueAt.getTime() - MONDAY.getTime() : 0,
    );
    expect(dues).toEqual([250, 30_000, 3_600_000]);
  });

  test("a key is used up to 55 minutes after the first attempt and not by a clock that went back", () => {
    const lost = new DeliveryError("unknown_outcome", "timeout");
    const type = (seconds: number): string => after(lost, "key", claimed(), seconds).outcome.type;
    expect([0, 54 * 60, 55 * 60 - 5, 55 * 60 - 4].map(type)).toEqual([
      "later",
      "later",
      "later",
      "unconfirmed",
    ]);
    expect([-60, -6 * 60].map(type)).toEqual(["later", "unconfirmed"]);
  });

  test("nothing that may have arrived is ever put back without a mark, whatever comes after", () => {
    const codes = fc.constantFrom(...DELIVERY_CODES);
    const scopes = fc.constantFrom("message", "place", "all" as const);
    const finds = fc.constantFrom("key", "history", "none" as const);
    fc.assert(
      fc.property(codes, scopes, finds, fc.boolean(), (code, scope, find, plain) => {
        const row = claimed({ interrupted: true, plain });
        const { outcome } = after(new DeliveryError(code, "x", null, scope), find, row);
        return outcome.type === "later" || outcome.type === "plain"
          ? outcome.reason.startsWith("may have arrived: ")
          : true;
      }),
    );
  });

  test("what is wrong with the place stands in the reason, before the platform's own code", () => {
    const error = new DeliveryError("target_gone", "is_archived", null, "place", "archived");
    expect(after(error, "none").outcome).toEqual({
      type: "failed",
      reason: "target_gone: archived (is_archived)",
    });
  });

  test("only a refusal of the place itself is held against its rule", () => {
    const problems = (["message", "place", "all"] as const).map(
      (scope) => after(new DeliveryError("target_gone", "x", null, scope), "none").problem,
    );
    expect(problems).toEqual(["failed", "refused", null]);
  });
});
