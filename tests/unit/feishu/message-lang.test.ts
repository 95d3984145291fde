import { expect, test } from "vitest";
import { langOf } from "../../../src/adapters/feishu/message-lang.ts";
import { ask, deskOf, lanting, shenzhen } from "../../support/books.ts";

test.each([shenzhen, lanting])("every card of $id is taken for the language it is in", async (dataset) => {
  const desk = await deskOf(dataset);
  for (const lang of ["zh", "en"] as const)
    for (const line of [
      ...dataset.commitments.flatMap(({ id }) => [`show ${id}`, `source ${id}`]),
      "board",
      "due",
      "help",
      "list text:算力",
      "export as:csv",
      "digest",
    ])
      expect(langOf((await ask(desk, `${line} lang:${lang}`)).message), `${line} ${lang}`).toBe(lang);
});

test("neither somebody's id nor an address makes Chinese English", () => {
  const summary = "备注已记 ou_84aad35d084aa403a838cf73ee18467 https://example.com/a-long-address-of-letters";
  expect(langOf({ summary })).toBe("zh");
});
