/** An answer to a slash command of so many bytes as JSON. */
export function constantOf(bytes: number): string {
  const empty = JSON.stringify({ response_type: "ephemeral", text: "" });
  return JSON.stringify({ response_type: "ephemeral", text: "x".repeat(Math.max(0, bytes - empty.length)) });
}
