import type { PixelMessage, PixelStart } from './pixel-messages.ts';

/** The strict sandbox of a web pixel: a worker without the page. What it sends, the page sends for it. */

type Hear = (event: unknown) => void;
type Register = (api: object) => void;

let register: Register | undefined;
const subscribers = new Map<string, Hear[]>();
const subscribe = (name: string, hear: Hear) =>
  subscribers.set(name, [...(subscribers.get(name) ?? []), hear]);
const publish = (name: string, event: unknown) => subscribers.get(name)?.forEach((hear) => hear(event));

Object.assign(self, {
  shopify: {
    extend(target: string, run: Register) {
      if (target === 'WebPixel::Render') register = run;
    },
  },
});

function start({ init, settings }: PixelStart): void {
  register?.({
    analytics: { subscribe },
    browser: {
      async sendBeacon(url: string, body: string) {
        self.postMessage({ url, body });
        return true;
      },
    },
    ...{ init, settings, customerPrivacy: { subscribe } },
  });
}

self.addEventListener('message', ({ data }: MessageEvent<PixelMessage>) => {
  if (data.kind === 'start') start(data);
  else if (data.kind === 'event') publish(data.event.name, data.event);
  else publish('visitorConsentCollected', { customerPrivacy: data.customerPrivacy });
});
