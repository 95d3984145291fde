import { expect, test } from "vitest";
import { REFUSALS, reasonText, refusalIn } from "../../../src/core/refusal.ts";
import { BY_HAND, pausedText } from "../../../src/views/subscription.ts";

test("what is wrong with a place is read back from the stored reason, with the platform's own words", () => {
  const detail = "feishu create: 230002 Bot can NOT be out of the chat. (log_id L1)";
  for (const refusal of REFUSALS)
    expect(refusalIn(reasonText("target_gone", refusal, detail))).toEqual({ refusal, detail });
});

test("what says nothing of a place, or was stored before that was kept, still reads as it stands", () => {
  expect(reasonText("unreachable", null, "ECONNREFUSED")).toBe("unreachable: ECONNREFUSED");
  for (const reason of [
    "target_gone: is_archived",
    "target_gone: feishu create: 230002 words (log_id L1)",
    "forbidden: missing_scope needs chat:write",
    "may have arrived: unknown_outcome: timeout",
    "too old",
  ]) {
    expect(refusalIn(reason), reason).toBeNull();
    expect(pausedText(reason, "en")).toBe(`paused (${reason})`);
  }
  expect(pausedText(BY_HAND, "en")).toBe("held by hand");
});

test("a rule that is held says why in its reader's language", () => {
  const reason = reasonText("target_gone", "archived", "is_archived");
  expect(pausedText(reason, "zh")).toBe("已暂停（已归档；is_archived）");
  expect(pausedText(reason, "en")).toBe("paused (archived; is_archived)");
});
