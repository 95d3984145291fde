import { expect, test } from "vitest";
import { perform } from "../../src/bot/perform.ts";
import { parseAddress, type Address } from "../../src/core/place.ts";
import { seedDigests, type Seeds } from "../../src/schedule/seed.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { deskOf, MONDAY, shenzhen, shenzhenBook } from "../support/books.ts";

function address(text: string): Address {
  const read = parseAddress(text);
  if (read === null) throw new Error(text);
  return read;
}

const [channel, person] = [address("slack:T1:C1"), address("feishu:ou_x")];
const seeds: Seeds = {
  cron: "7 9 * * 1",
  to: [channel, person],
  zone: "Asia/Shanghai",
  owner: { platform: "terminal", workspace: null, id: "terminal" },
};

test("each address of the environment gets a digest once; what was stored since wins", async () => {
  const store = await openSqlite({ file: ":memory:" });
  const seed = (more: Partial<Seeds> = {}) => seedDigests({ ...seeds, ...more }, store, shenzhenBook, MONDAY);
  expect(await seed()).toEqual([]);
  const rules = await store.subscriptions("all");
  expect(rules.map(({ to, owner, nextAt }) => [to, owner.id, nextAt?.toISOString()])).toEqual([
    [channel, "terminal", "2026-12-07T01:07:00.000Z"],
    // In somebody's direct messages it is theirs.
    [person, "ou_x", "2026-12-07T01:07:00.000Z"],
  ]);
  expect(await seed()).toEqual([]);
  expect(await store.subscriptions("all")).toHaveLength(2);

  // Another time in the environment changes nothing, and is told.
  expect((await seed({ cron: "7 9 * * 2" })).map(({ stored }) => stored?.id)).toEqual(["S-1", "S-2"]);
  expect(await store.subscriptions("all")).toEqual(rules);

  // One that people have ended stays ended.
  await store.commit({ at: MONDAY, ended: ["S-1"] });
  expect(await seed()).toEqual([{ to: channel, stored: null }]);
  expect((await store.subscriptions("all")).map(({ id }) => id)).toEqual(["S-2"]);
  await store.close();
});

test("a place where people have set a digest already keeps theirs", async () => {
  const store = await openSqlite({ file: ":memory:" });
  const desk = await deskOf(shenzhen, null, store);
  const actor = { platform: "slack", workspace: "T1", id: "U1" } as const;
  const asking = {
    line: "digest set friday 8:05",
    actor,
    place: channel,
    at: MONDAY,
    role: null,
    lang: null,
  };
  await perform(desk, store, asking, { id: null, isRedelivered: false, isPrivate: false });
  const rules = await store.subscriptions("all");
  expect(await seedDigests({ ...seeds, to: [channel] }, store, shenzhenBook, MONDAY)).toHaveLength(1);
  expect(rules).toHaveLength(1);
  expect(await store.subscriptions("all")).toEqual(rules);
  await store.close();
});
