import { once } from "node:events";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { startFakePlatform } from "../support/fake-platform.ts";

test("the fake platform takes nothing in from a caller that has gone by then", async () => {
  const fake = await startFakePlatform({
    find: "history",
    budgets: { place: [], all: [] },
    clock: () => 0,
    seed: 1,
  });
  onTestFinished(() => fake.close());
  const body = JSON.stringify({ place: "slack:T1:C1", thread: null, key: "one", plain: false, edits: null });
  const call = `POST / HTTP/1.1\r\nhost: fake\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const send = async (leave: boolean): Promise<void> => {
    const socket = connect(Number(new URL(fake.url).port), "127.0.0.1");
    await once(socket, "connect");
    if (leave) socket.write(call, () => socket.destroy());
    else socket.write(call);
    await once(socket, leave ? "close" : "data");
    socket.destroy();
  };
  for (let time = 0; time < 20; time += 1) await send(true);
  // Whoever stays is taken in, after all of those before.
  await send(false);
  expect(fake.messages).toHaveLength(1);
});
