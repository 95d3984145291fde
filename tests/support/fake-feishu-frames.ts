import protobuf from "protobufjs";
import { z } from "zod";

/**
 * The frames of Feishu's long connection, written out from what the official SDK sends and accepts (pbbp2). The first
 * two are uint64 there; the small numbers used here look the same on the wire and need no 64-bit arithmetic.
 */
const SCHEMA = `
syntax = "proto2";
package pbbp2;
message Header { required string key = 1; required string value = 2; }
message Frame {
  required uint32 SeqID = 1;
  required uint32 LogID = 2;
  required int32 service = 3;
  required int32 method = 4;
  repeated Header headers = 5;
  optional string payload_encoding = 6;
  optional string payload_type = 7;
  optional bytes payload = 8;
  optional string LogIDNew = 9;
}`;

const Frame = protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType("pbbp2.Frame");

const frame = z.object({
  service: z.number(),
  method: z.number(),
  headers: z.array(z.object({ key: z.string(), value: z.string() })).default([]),
  payload: z.instanceof(Uint8Array).optional(),
});

export const CONTROL = 0;
export const DATA = 1;

/** A frame with its headers as a record and its payload as text. */
export interface WireFrame {
  readonly method: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
}

export function encodeFrame({ method, headers, payload }: WireFrame): Uint8Array {
  return Frame.encode({
    SeqID: 1,
    LogID: 1,
    service: 7,
    method,
    headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
    payload: Buffer.from(payload, "utf8"),
  }).finish();
}

export function decodeFrame(bytes: Uint8Array): WireFrame {
  const { method, headers, payload } = frame.parse(Frame.toObject(Frame.decode(bytes), { longs: Number }));
  return {
    method,
    headers: Object.fromEntries(headers.map(({ key, value }) => [key, value])),
    payload: Buffer.from(payload ?? new Uint8Array()).toString("utf8"),
  };
}
