import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Log } from "../../log.ts";
import { decrypt, isSigned, sameSecret } from "./crypt.ts";
import type { Handle } from "./events.ts";
import { json } from "./decode.ts";
import { nameOf } from "./failure-name.ts";

/** Events are a few KB; nothing that we are sent comes near. */
const MOST_BYTES = 1024 * 1024;
/** How far a request's time may be from ours, both ways: the window in which one could be sent again by somebody else. */
const WINDOW_S = 60 * 60;

const encryptedBody = z.object({ encrypt: z.string() });
/** "配置回调地址", url_verification. */
const challengeBody = z.object({
  type: z.literal("url_verification"),
  challenge: z.string(),
  token: z.string(),
});
/** "事件结构", v2. */
const eventBody = z.object({
  schema: z.literal("2.0"),
  header: z.object({
    event_id: z.string(),
    event_type: z.string(),
    create_time: z.string().optional(),
    token: z.string(),
    tenant_key: z.string().optional(),
  }),
  event: z.looseObject({}),
});

interface Answer {
  readonly status: number;
  readonly body: object;
}
const refusal = (status: number, error: string): Answer => ({ status, body: { error } });

/** What a stranger is told, whatever was wrong: a decryption that fails must look like one that does not. */
const NOT_YOURS = { error: "not accepted" };

interface ReceiverOptions {
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly now: () => Date;
  readonly log: Log;
  /** What understands events now; null before start and after stop. */
  readonly events: () => ReadonlyMap<string, Handle> | null;
}

/** Answers Feishu's requests at the callback address: events and card callbacks, signed and encrypted. Never rejects. */
export function createReceiver(
  options: ReceiverOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { log } = options;
  return async (request, response) => {
    try {
      const { status, body } = await answer(request, options);
      if (status !== 200) log.warn("feishu: a request was refused", { status, why: JSON.stringify(body) });
      send(response, status, status === 401 ? NOT_YOURS : body);
    } catch (error) {
      // An event that was not taken: Feishu delivers it again.
      log.debug("feishu: a request was answered with 500", { error: nameOf(error) });
      send(response, 500, { error: "not taken" });
    }
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    ...(status === 405 ? { allow: "POST" } : {}),
    ...(status === 503 ? { "retry-after": "5" } : {}),
    // The rest of a body that is too large is not read.
    ...(status === 413 ? { connection: "close" } : {}),
  });
  response.end(JSON.stringify(body));
}

async function answer(request: IncomingMessage, options: ReceiverOptions): Promise<Answer> {
  const events = options.events();
  if (request.method !== "POST") return refusal(405, "only POST");
  if (events === null) return refusal(503, "not started");
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return refusal(415, "only application/json");
  const body = await rawBody(request);
  if (body === null) return refusal(413, "too large");
  const opened = open(body, request, options);
  if ("status" in opened) return opened;
  const { payload, isSure } = opened;
  const challenge = challengeBody.safeParse(payload);
  if (challenge.success) {
    return isToken(challenge.data.token, options)
      ? { status: 200, body: { challenge: challenge.data.challenge } }
      : refusal(401, "the verification token is another one");
  }
  if (!isSure) return refusal(401, "not signed");
  const event = eventBody.safeParse(payload);
  if (!event.success) return refusal(400, "no event of version 2.0");
  const { header } = event.data;
  if (!isToken(header.token, options)) return refusal(401, "the verification token is another one");
  const handle = events.get(header.event_type);
  // As the SDK flattens it: a card callback's own token stands in place of the header's.
  const result = await handle?.({ schema: event.data.schema, ...header, ...event.data.event });
  return { status: 200, body: typeof result === "object" && result !== null ? result : {} };
}

/** An empty token would be everybody's. */
function isToken(given: string, { verificationToken }: ReceiverOptions): boolean {
  return verificationToken !== "" && sameSecret(given, verificationToken);
}

/** All bytes of a request, null where they are too many. The rest is not read, and the answer can still be sent. */
function rawBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers["content-length"] ?? 0) > MOST_BYTES) return Promise.resolve(null);
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | null>();
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
    else {
      request.pause();
      resolve(null);
    }
  });
  request.on("end", () => resolve(Buffer.concat(chunks)));
  request.on("error", reject);
  request.on("close", () => reject(new Error("the request ended early")));
  return promise;
}

interface Opened {
  readonly payload: unknown;
  /** Its sender knows the encrypt key, or none is set. */
  readonly isSure: boolean;
}

function open(body: Buffer, request: IncomingMessage, { encryptKey, now }: ReceiverOptions): Answer | Opened {
  const payload = json(body.toString("utf8"));
  if (payload === null) return refusal(400, "no JSON");
  const encrypted = encryptedBody.safeParse(payload);
  if (encryptKey === "") {
    return encrypted.success
      ? refusal(400, "the body is encrypted, and FEISHU_ENCRYPT_KEY is not set")
      : { payload, isSure: true };
  }
  if (!encrypted.success) return refusal(401, "not encrypted, and FEISHU_ENCRYPT_KEY is set");
  const signed = signatureOf(request);
  if (signed !== null) {
    const late = Math.abs(now().getTime() / 1000 - Number(signed.timestamp));
    if (!(late <= WINDOW_S)) return refusal(401, "signed at another time");
    if (!isSigned(signed, encryptKey, body)) return refusal(401, "the signature is another one");
  }
  const text = decrypt(encrypted.data.encrypt, encryptKey);
  if (text === null) return refusal(401, "encrypted with another key");
  // Feishu does not sign every challenge.
  return { payload: json(text), isSure: signed !== null };
}

function signatureOf({ headers }: IncomingMessage) {
  const timestamp = headers["x-lark-request-timestamp"];
  const nonce = headers["x-lark-request-nonce"];
  const signature = headers["x-lark-signature"];
  if (typeof signature !== "string" || signature === "") return null;
  return {
    timestamp: typeof timestamp === "string" ? timestamp : "",
    nonce: typeof nonce === "string" ? nonce : "",
    signature,
  };
}
