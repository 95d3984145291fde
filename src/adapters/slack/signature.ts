import { createHmac, timingSafeEqual } from "node:crypto";

/** Slack's own window, and as much for a clock that is ahead, which Slack's SDK would let pass. */
const WINDOW_S = 5 * 60;

export type SignatureFault = "no_signature" | "stale" | "future" | "forged";

/**
 * What is wrong with a request's signature, null where it is Slack's:
 * docs.slack.dev/authentication/verifying-requests-from-slack. It is made over the raw bytes.
 */
export function signatureFault(
  secret: string,
  headers: { readonly timestamp: string | undefined; readonly signature: string | undefined },
  body: Buffer,
  now: Date,
): SignatureFault | null {
  const { timestamp = "", signature = "" } = headers;
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return "no_signature";
  const age = now.getTime() / 1_000 - Number(timestamp);
  if (age > WINDOW_S) return "stale";
  if (age < -WINDOW_S) return "future";
  const ours = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(ours, Buffer.from(signature.slice(3), "hex")) ? null : "forged";
}
