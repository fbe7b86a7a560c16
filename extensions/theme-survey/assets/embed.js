/* Waits for the moments that the theme editor names; then embed-show.js offers the survey. What is counted for that
   stays in this browser, and without the visitor's consent in this tab. */
(() => {
  const DAY_MS = 86_400_000;
  const VIEWS_COUNT_DAYS = 7;
  const KEPT_VIEWS = 30;
  /* Before that, a pointer that leaves was on its way. */
  const SETTLED_SECONDS = 5;
  const KEY = 'aftercare-embed';

  /* The moment that has come, if any. Of `rules` 0 is never. */
  const momentOf = (rules, { isLeaving, page, path, seconds, idleSeconds, views, days, cart }) =>
    [
      ['cart', cart > 0 && (isLeaving || idleSeconds >= rules.cart * 60)],
      ['exit', isLeaving],
      ['views', page === 'product' && views >= rules.views],
      ['product', page === 'product' && seconds >= rules.product],
      ['help', seconds >= rules.help && rules.pages.some((part) => path.includes(part))],
      ['days', days >= rules.days],
    ].find(([name, isMet]) => rules[name] && isMet)?.[0];

  window.aftercareEmbed = { momentOf };
  const root = document.querySelector('[data-aftercare-embed]');
  const path = location.pathname.toLowerCase();
  if (!root || path.includes('/checkout')) return;
  const { aftercareEmbed, show, cartUrl, page, product } = root.dataset;
  const rules = JSON.parse(aftercareEmbed);
  rules.pages = rules.pages
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);

  /* Shopify asks the visitor, and says here what may be kept; while it has not said so, nothing may. */
  function storage() {
    const privacy = window.Shopify?.customerPrivacy;
    if (privacy?.preferencesProcessingAllowed?.() && privacy.analyticsProcessingAllowed?.()) {
      /* What the tab kept before the consent goes on. */
      const kept = sessionStorage[KEY];
      if (kept) localStorage[KEY] ??= kept;
      delete sessionStorage[KEY];
      return localStorage;
    }
    delete localStorage[KEY];
    return sessionStorage;
  }
  const keep = (seen) => (storage()[KEY] = JSON.stringify(seen));

  function watch() {
    const now = Date.now();
    const seen = { first: now, views: [], ...JSON.parse(storage()[KEY] ?? null) };
    seen.views = seen.views.filter(([, at]) => now - at < VIEWS_COUNT_DAYS * DAY_MS).slice(-KEPT_VIEWS);
    if (product) seen.views.push([product, now]);
    keep(seen);
    if (now - seen.asked < rules.pause * DAY_MS) return;
    const views = seen.views.filter(([id]) => id === product).length;
    const days = (now - seen.first) / DAY_MS;
    const end = new AbortController();
    const { signal } = end;
    const on = (target, kind, work) => target.addEventListener(kind, work, { passive: true, signal });
    let seconds = 0;
    let idleSeconds = 0;

    async function look(isLeaving) {
      let cart = 0;
      if (rules.cart && (isLeaving || idleSeconds === rules.cart * 60)) {
        const found = await fetch(cartUrl).then(
          (response) => response.json(),
          () => ({}),
        );
        cart = found.item_count;
      }
      const facts = { isLeaving, page, path, seconds, idleSeconds, views, days, cart };
      if (signal.aborted || !momentOf(rules, facts)) return;
      end.abort();
      await import(show);
      if (await window.aftercareEmbed.show(root)) keep({ ...seen, asked: Date.now() });
    }
    const leave = () => seconds >= SETTLED_SECONDS && look(true);

    const ticking = setInterval(() => {
      if (signal.aborted) return clearInterval(ticking);
      if (document.hidden) return;
      seconds += 1;
      idleSeconds += 1;
      look(false);
    }, 1000);
    for (const kind of ['pointerdown', 'pointermove', 'keydown', 'scroll'])
      on(window, kind, () => (idleSeconds = 0));
    on(document.documentElement, 'mouseleave', ({ clientY }) => clientY <= 0 && leave());
    /* A finger can't leave by the top: half a screen upwards at a stroke, towards the address, stands for it. */
    let from = scrollY;
    let since = 0;
    on(window, 'scroll', ({ timeStamp }) => {
      if (timeStamp - since > 400 || scrollY > from) [from, since] = [scrollY, timeStamp];
      if (from - scrollY > innerHeight / 2 && matchMedia('(pointer: coarse)').matches) leave();
    });
  }

  function begin() {
    try {
      watch();
    } catch {
      /* Without any storage it would ask on every page; so it asks on none. */
    }
  }
  function prepare() {
    const { customerPrivacy, loadFeatures } = window.Shopify ?? {};
    if (customerPrivacy || !loadFeatures) begin();
    else loadFeatures([{ name: 'consent-tracking-api', version: '0.1' }], begin);
  }
  if (window.requestIdleCallback) requestIdleCallback(prepare, { timeout: 4000 });
  else setTimeout(prepare, 300);
})();
