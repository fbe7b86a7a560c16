/**
 * Collects items and hands them on in batches: after `delayMs`, or as soon as `maxSize`
 * are there. One batch is under way at a time; what comes meanwhile forms the next, so
 * a slow receiver gets bigger batches instead of more of them at once.
 */
export interface Batcher<Item> {
  add(item: Item): void;
  /** Hands on everything that waits and resolves when it has been received. */
  flush(): Promise<void>;
}

export interface BatcherOptions<Item> {
  delayMs: number;
  maxSize: number;
  /** Items beyond this many waiting are given to `onDropped`: memory stays bounded. */
  maxWaiting: number;
  /** Items with the same key that wait together are handed on once. */
  keyOf: (item: Item) => string;
  /** Must not throw. */
  send: (items: Item[]) => Promise<void>;
  onDropped: (item: Item) => void;
}

export function createBatcher<Item>(options: BatcherOptions<Item>): Batcher<Item> {
  const waiting = new Map<string, Item>();
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;

  async function sendAll() {
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, options.maxSize);
      for (const [key] of batch) waiting.delete(key);
      await options.send(batch.map(([, item]) => item));
    }
  }

  function start(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    sending ??= sendAll().finally(() => {
      sending = undefined;
    });
    return sending;
  }

  return {
    add(item) {
      const key = options.keyOf(item);
      if (!waiting.has(key) && waiting.size >= options.maxWaiting) {
        options.onDropped(item);
        return;
      }
      waiting.set(key, item);
      if (waiting.size >= options.maxSize) void start();
      else if (!sending) timer ??= setTimeout(() => void start(), options.delayMs);
    },
    async flush() {
      while (waiting.size > 0 || sending) await start();
    },
  };
}
