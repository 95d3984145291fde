import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { decrypt, isSigned, sameSecret } from "../../../src/adapters/feishu/crypt.ts";
import { encrypt } from "../../support/fake-feishu-callback.ts";

describe("decrypt", () => {
  let theirs: (text: string, key: string) => string;
  beforeAll(async () => {
    const { AESCipher } = await import("@larksuiteoapi/node-sdk");
    theirs = (text, key) => new AESCipher(key).decrypt(text);
  });

  it("reads the example of Feishu's page", () => {
    // "Encrypt Key 加密": its sample of key and text.
    const sample = "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=";
    expect(decrypt(sample, "test key")).toBe("hello world");
  });

  it("reads what the SDK reads", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ minLength: 1 }), (text, key) => {
        const secret = encrypt(text, key);
        expect(decrypt(secret, key)).toBe(text);
        expect(theirs(secret, key)).toBe(text);
      }),
    );
  });

  it("gives null for what is no encrypted text, and throws nothing whatever comes", () => {
    for (const text of ["", "!!", "P37w+VZImNgPEO1RBhJ6RA==", "P37w+VZImNgPEO1RBhJ6RtKl7n6z"])
      expect(decrypt(text, "test key")).toBeNull();
    fc.assert(
      fc.property(fc.base64String(), fc.string(), (text, key) => {
        decrypt(text, key);
      }),
    );
  });
});

describe("a signature", () => {
  const signed = { timestamp: "1772413620", nonce: "n", signature: "" };
  const body = Buffer.from('{ "encrypt": "x" }');

  it("is one of these bytes alone, and an empty one is none", () => {
    // sha256sum of the four parts, by coreutils.
    const signature = "c161769d924092fb924301d097b351dfa83b56dea5544fb908693c044c96ad45";
    expect(isSigned({ ...signed, signature }, "key", body)).toBe(true);
    expect(isSigned({ ...signed, signature }, "key", Buffer.from('{"encrypt":"x"}'))).toBe(false);
    expect(isSigned(signed, "key", body)).toBe(false);
  });

  it("is compared as a whole", () => {
    expect(sameSecret("a", "a")).toBe(true);
    expect(sameSecret("a", "ab")).toBe(false);
    expect(sameSecret("", "a")).toBe(false);
  });
});
