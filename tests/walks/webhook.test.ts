import { expect, onTestFinished, test } from "vitest";
import { startFakeWebhooks } from "../support/fake-webhooks.ts";
import { qiuheBook } from "../support/year.ts";
import { walk } from "../support/running.ts";

test("a weekly digest goes to an incoming webhook of each chat, once, and health says how Qushi is", async () => {
  let now = new Date("2026-03-02T08:00:00+08:00");
  const clock = (): Date => now;
  const fake = await startFakeWebhooks("s#cret", clock);
  onTestFinished(() => fake.stop());
  const { dataset } = await qiuheBook();
  const { running } = await walk({
    dataset,
    clock,
    http: true,
    digestTo: ["webhook:NEWS", "webhook:PARK"],
    webhooks: [
      { name: "NEWS", kind: "slack", url: `${fake.url}/services/T1/B1/x`, secret: null },
      { name: "PARK", kind: "feishu", url: `${fake.url}/open-apis/bot/v2/hook/x`, secret: "s#cret" },
    ],
  });
  onTestFinished(() => running.stop());
  const health = await fetch(`${running.address() ?? ""}/health`);
  expect([health.status, await health.json()]).toEqual([
    200,
    { ok: true, version: "0.0.0", dataset: `${dataset.id} ${dataset.version}`, platforms: {} },
  ]);
  for (let minute = 0; minute < 20; minute += 1) {
    now = new Date(Date.parse("2026-03-02T09:00:00+08:00") + minute * 60_000);
    await running.tick(now);
    await running.pump();
  }
  const [slack = [], feishu = []] = ['"blocks":', '"msg_type":"interactive"'].map((mark) =>
    fake.bodies.filter((body) => body.includes(mark) && /周报|Weekly digest/.test(body)),
  );
  expect([slack.length, feishu.length]).toEqual([1, 1]);
  // Details that a thread would hold follow as messages of their own; nothing in them asks to be clicked.
  for (const body of fake.bodies) expect(body).not.toMatch(/"type":"button"|"tag":"button"/);
});
