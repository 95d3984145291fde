import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { PlatformStartError } from "../../src/platform/start-error.ts";
import { startPlatform } from "../../src/platform/supervise.ts";
import { captureLog } from "../support/fake-slack-bot.ts";
import { unlimited } from "../support/platform-stub.ts";

test("a platform that is stopped while it starts is nothing to warn of", async () => {
  const { log, lines } = captureLog();
  const stopped = Promise.withResolvers<void>();
  const platform = {
    ...unlimited("slack"),
    start: async () => {
      await stopped.promise;
      throw new PlatformStartError("Slack was stopped while it started.", "Start it again.", true);
    },
    stop: async () => stopped.resolve(),
  };
  const supervised = startPlatform(platform, async () => undefined, log);
  await supervised.stop();
  await setImmediate();
  expect(await supervised.gaveUp).toBe(false);
  expect(lines).toEqual([]);
});
