/** Resolvers waiting for something that satisfies them. */
export class Waiters<T> {
  #waiting: { test: (value: T) => boolean; resolve: (value: T) => void; reject: (error: Error) => void }[] =
    [];

  next(test: (value: T) => boolean): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ test, resolve, reject });
    });
  }

  tell(value: T): void {
    const served = this.#waiting.filter((waiter) => waiter.test(value));
    this.#waiting = this.#waiting.filter((waiter) => !served.includes(waiter));
    for (const waiter of served) waiter.resolve(value);
  }

  giveUp(reason: string): void {
    for (const waiter of this.#waiting.splice(0)) waiter.reject(new Error(reason));
  }
}
