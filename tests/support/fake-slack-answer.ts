import { z } from "zod";

/** What a method answers. */
export type Answer = Readonly<Record<string, unknown>>;
/** What came with a call, JSON values parsed. */
export type Params = Readonly<Record<string, unknown>>;

/** A refusal in Slack's shape: docs.slack.dev/apis/web-api, "Evaluating responses". */
export function refuse(error: string, messages: readonly string[] = []): Answer {
  return { ok: false, error, ...(messages.length === 0 ? {} : { response_metadata: { messages } }) };
}

export function word(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** A form's value: JSON where it looks like it. */
export function parsed(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    const read: unknown = JSON.parse(value);
    return read;
  } catch {
    return value;
  }
}

const record = z.record(z.string(), z.unknown());

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return record.catch({}).parse(value);
}
