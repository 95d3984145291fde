import { describe, expect, test } from "vitest";
import { checkCard } from "../../src/adapters/feishu/check-card.ts";
import { renderFeishu } from "../../src/adapters/feishu/render.ts";
import { checkPayload } from "../../src/adapters/slack/check.ts";
import { renderSlack } from "../../src/adapters/slack/render.ts";
import { createDesk } from "../../src/bot/desk.ts";
import { perform } from "../../src/bot/perform.ts";
import { createBook } from "../../src/core/book.ts";
import type { Address, Person } from "../../src/core/place.ts";
import type { Message } from "../../src/message/message.ts";
import { renderText } from "../../src/message/text.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { withoutFiles } from "../../src/views/export.ts";
import { lanting } from "../support/books.ts";
import { LIFE, type Speaker } from "../support/life.ts";

/**
 * A commitment's life in a channel of the invented city, line after line, in both languages, as text, Block Kit and
 * card. `npm run golden` writes the files anew; read the difference before you commit it.
 */
const CHANNEL: Address = { platform: "slack", workspace: "T1", to: { channel: "C1" }, thread: null };
const START = Date.parse("2026-07-02T02:00:00Z");
const PEOPLE: Readonly<Record<Speaker, Person>> = {
  liu: { platform: "slack", workspace: "T1", id: "U0LIU" },
  wang: { platform: "slack", workspace: "T1", id: "U0WANG" },
  chen: { platform: "slack", workspace: "T1", id: "U0CHEN" },
  he: { platform: "slack", workspace: "T1", id: "U0HE" },
  guest: { platform: "slack", workspace: "T1", id: "U0GUEST" },
};

interface Told {
  readonly line: string;
  readonly by: Speaker;
  readonly messages: readonly Message[];
}

describe.each(["zh", "en"] as const)("in %s", (lang) => {
  test("the life of a commitment", async () => {
    const store = await openSqlite({ file: ":memory:" });
    const settings = { lang: null, zone: null, admins: [PEOPLE.liu], program: "0.0.0" };
    const desk = createDesk(createBook(lanting), store, settings);
    const told: Told[] = [];
    let at = START;
    for (const [index, spoken] of LIFE.entries()) {
      at += (spoken.after ?? 1) * 60_000;
      const { by, [lang]: line, late: isLate = false } = spoken;
      const asking = { line, actor: PEOPLE[by], place: CHANNEL, at: new Date(at), role: null, lang, isLate };
      const door = { id: `line-${index}`, isRedelivered: false, isPrivate: true };
      const answered = await perform(desk, store, asking, door);
      if (answered === null) throw new Error(line);
      expect(answered.failure, line).toBeNull();
      const announced = answered.result?.announce;
      const message = withoutFiles(answered.message, line, lang);
      told.push({ line, by, messages: [message, ...(announced === undefined ? [] : [announced])] });
    }
    await expect(asText(told)).toMatchFileSnapshot(`files/record.${lang}.txt`);
    const all = told.flatMap(({ messages }) => messages);
    expect(all.flatMap((message) => checkPayload(renderSlack(message)))).toEqual([]);
    expect(all.flatMap((message) => checkCard(renderFeishu(message)))).toEqual([]);
    await expect(
      `${JSON.stringify(
        all.map((message) => renderSlack(message)),
        null,
        1,
      )}\n`,
    ).toMatchFileSnapshot(`files/record.${lang}.slack.json`);
    await expect(`${JSON.stringify(all.map(renderFeishu), null, 1)}\n`).toMatchFileSnapshot(
      `files/record.${lang}.feishu.json`,
    );
    await store.close();
  });
});

function asText(told: readonly Told[]): string {
  return told
    .map(({ line, by, messages }) => {
      const [answer = "", ...announced] = messages.map((message) =>
        renderText(message, { columns: 80, colour: false }),
      );
      const rest = announced.map((text) => `\n— in the channel —\n${text}`).join("");
      return `${by}> ${line}\n${answer}${rest}`;
    })
    .join("\n\n");
}
