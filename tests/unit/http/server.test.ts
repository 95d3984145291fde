import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { listen, ListenError, type HttpServer, type Route } from "../../../src/http/server.ts";

const running: HttpServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop(50);
});

async function open(routes: readonly Route[] = [], port = 0, ok = true): Promise<HttpServer> {
  const server = await listen({ host: "127.0.0.1", port, routes, health: () => ({ ok, version: "1" }) });
  running.push(server);
  return server;
}

async function fixOf(listening: Promise<unknown>): Promise<string> {
  return listening.then(
    () => "it listens",
    (error: unknown) => (error instanceof ListenError ? error.fix : String(error)),
  );
}

test("hands each path to its own, without the query", async () => {
  const echo: Route = {
    path: "/slack/events",
    handle: async (request, response) => {
      response.end(`${request.method ?? ""} ${request.url ?? ""}`);
    },
  };
  const { address } = await open([echo]);
  const answer = await fetch(`${address}/slack/events?x=1`, { method: "POST", body: "{}" });
  expect(await answer.text()).toBe("POST /slack/events?x=1");
  for (const path of ["/", "/slack/events/", "/slack", "/__proto__", "//slack/events"])
    expect((await fetch(`${address}${path}`)).status, path).toBe(404);
});

test("a handler that fails is a 500 and takes nothing down", async () => {
  const broken: Route = { path: "/broken", handle: () => Promise.reject(new Error("invented secret")) };
  const { address } = await open([broken]);
  const answer = await fetch(`${address}/broken`);
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain("secret");
  expect((await fetch(`${address}/health`)).status).toBe(200);
});

test("GET /health says how it is, in status and body", async () => {
  const well = await open();
  const ill = await open([], 0, false);
  const answer = await fetch(`${well.address}/health`);
  expect([answer.status, await answer.json()]).toEqual([200, { ok: true, version: "1" }]);
  expect((await fetch(`${ill.address}/health`)).status).toBe(503);
  const head = await fetch(`${well.address}/health`, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  expect((await fetch(`${well.address}/health`, { method: "POST" })).status).toBe(405);
});

test("a port that is taken, a host that is not here: refused with what to do", async () => {
  const { address } = await open();
  const port = Number(new URL(address).port);
  await expect(open([], port)).rejects.toThrow(ListenError);
  expect(await fixOf(open([], port))).toContain("PORT");
  const elsewhere = listen({ host: "192.0.2.1", port: 0, routes: [], health: () => ({ ok: true }) });
  expect(await fixOf(elsewhere)).toContain("HOST");
});

test("stops while a request hangs and a connection idles", async () => {
  const hung = Promise.withResolvers<void>();
  const server = await open([{ path: "/hang", handle: () => hung.promise }]);
  const { port } = new URL(server.address);
  const idle = connect(Number(port), "127.0.0.1");
  await new Promise((resolve) => idle.once("connect", resolve));
  const hanging = fetch(`${server.address}/hang`).then(
    () => "answered",
    () => "cut",
  );
  // The request is under way once another one has been answered.
  await fetch(`${server.address}/health`);
  await server.stop(20);
  expect(await hanging).toBe("cut");
  hung.resolve();
  idle.destroy();
});
