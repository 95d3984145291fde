import { describe, expect, test } from "vitest";
import { DeliveryError } from "../../src/platform/platform.ts";
import { delivery, MONDAY, scene } from "../support/delivery-scripted.ts";

const at = (seconds: number): Date => new Date(MONDAY.getTime() + seconds * 1_000);
const limited = (): DeliveryError => new DeliveryError("rate_limited", "ratelimited", 30_000);

describe("one place's messages", () => {
  test("keep their order over a retry, whatever was put in line meanwhile", async () => {
    const { put, worker, after, sent, time } = await scene({ steps: [limited()] });
    await put(delivery("first"));
    await worker.pump();
    time.now = at(10);
    await put(delivery("second", { dueAt: at(10) }));
    await after(20);
    expect(sent.map(({ key }) => key)).toEqual(["first", "first", "second"]);
  });

  test("an older edit that is tried again never stands over a newer one", async () => {
    const { put, worker, after, sent, time } = await scene({ steps: [null, limited()] });
    await put(delivery("digest"));
    await worker.pump();
    await put(delivery("older", { act: { edit: "digest" } }));
    await worker.pump();
    time.now = at(10);
    await put(delivery("newer", { act: { edit: "digest" }, dueAt: at(10) }));
    await after(20);
    expect(sent.map(({ message }) => message.summary)).toEqual(["digest", "older", "older", "newer"]);
  });

  test("keep their order where a form is refused and goes once more as text", async () => {
    const { put, worker, sent } = await scene({ steps: [new DeliveryError("rejected", "invalid_blocks")] });
    await put(delivery("first"), delivery("second"));
    await worker.pump();
    expect(sent.map(({ key }) => key)).toEqual(["first", "first", "second"]);
  });

  test("keep their order where one is looked for before it is sent again", async () => {
    const { put, worker, after, sent, looks, time } = await scene({
      steps: [new DeliveryError("unknown_outcome", "timeout")],
      find: "history",
      found: [{ state: "absent" }],
    });
    await put(delivery("first"));
    await worker.pump();
    time.now = at(5);
    await put(delivery("second", { dueAt: at(5) }));
    await after(10);
    expect(looks.map(({ key }) => key)).toEqual(["first"]);
    expect(sent.map(({ key }) => key)).toEqual(["first", "first", "second"]);
  });
});
