import { expect, test } from "vitest";
import { botRig, ADMIN, CHEN, WANG } from "../../support/bot-rig.ts";

test("of people who set a place's digest at the same instant each is answered, and one digest runs", async () => {
  const rig = await botRig();
  const people = [WANG, CHEN, ADMIN];
  await Promise.all(people.map((actor) => rig.line("周报 设置 每周一 9:07", { actor, via: "click" })));
  const rules = await rig.store.subscriptions("all");
  expect(rules).toHaveLength(1);
  // Who came later wrote over the first one's, knowing it.
  expect(rules[0]?.revision).toBe(people.length);
});
