/** Something took longer than it may. */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";
  readonly limitMs: number;
  constructor(limitMs: number) {
    super(`no result within ${limitMs} ms`);
    this.limitMs = limitMs;
  }
}

/** The promise's own result, or TimeLimitError after `limitMs`; a later failure of the promise is then ignored. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimeLimitError(limitMs)), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
