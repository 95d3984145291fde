import { expect, test } from "vitest";
import { directTo, type Person } from "../../src/core/place.ts";
import { NO_SETTINGS } from "../../src/core/subscription.ts";
import { ownerProblems } from "../../src/delivery/owner.ts";
import { DeliveryError } from "../../src/platform/platform.ts";
import { delivery, MONDAY, scene, type Scene } from "../support/delivery-scripted.ts";
import { subscription } from "../support/store-samples.ts";

const person = (id: string): Person => ({ platform: "slack", workspace: "T1", id });
const [LI, ADA, BO] = [person("U0LI"), person("U0ADA"), person("U0BO")];

/** Everybody who is written to, while direct messages to `refusing` people are refused. */
async function writtenTo(refusing: number, rule = subscription("S-1", { owner: LI })): Promise<Scene> {
  const steps = Array.from({ length: refusing }, () => new DeliveryError("target_gone", "user_not_found"));
  const made: Scene = await scene({
    steps,
    onProblem: (problem) => ownerProblems({ store: made.store, lang: "en", admins: [ADA, BO] })(problem),
  });
  await made.store.commit({
    at: MONDAY,
    subscriptions: [rule],
    settings: [{ place: directTo(LI), settings: NO_SETTINGS }],
  });
  await made.put(delivery("note", { to: directTo(LI) }));
  await made.worker.pump();
  return made;
}

test("the rules of an owner out of reach go to an admin, who is told", async () => {
  const { store, sent } = await writtenTo(1);
  expect(sent.map(({ to }) => to)).toEqual(["U0LI", "U0ADA"]);
  expect(sent[1]?.message.summary).toContain("S-1 is yours now");
  expect(await store.subscription("S-1")).toMatchObject({ owner: ADA, paused: null });
});

test("where no admin can be reached either, each is asked once and the rules are not handed round", async () => {
  const { store, sent } = await writtenTo(9);
  expect(sent.map(({ to }) => to)).toEqual(["U0LI", "U0ADA", "U0BO"]);
  expect(await store.subscription("S-1")).toMatchObject({ owner: BO });
});
