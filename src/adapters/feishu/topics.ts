const MOST = 10_000;

/** Feishu's own ids of topics (omt_…) by their first messages, as far as this run has seen them. */
export interface Topics {
  learn(rootId: string, topicId: string): void;
  idOf(rootId: string): string | null;
}

export function createTopics(): Topics {
  const known = new Map<string, string>();
  return {
    learn(rootId, topicId) {
      known.delete(rootId);
      known.set(rootId, topicId);
      if (known.size <= MOST) return;
      for (const oldest of known.keys()) {
        known.delete(oldest);
        return;
      }
    },
    idOf: (rootId) => known.get(rootId) ?? null,
  };
}
