/* Offers the survey in a corner of the page, once it is there; false: there is none. */
window.aftercareEmbed.show = async (root) => {
  const { script, styles } = root.dataset;
  const sheet = (href) =>
    new Promise((done) => {
      const link = document.createElement('link');
      Object.assign(link, { rel: 'stylesheet', href, onload: done, onerror: done });
      document.head.append(link);
    });
  /* The block on the same page has brought it already. */
  await Promise.all([...styles.split(' ').map(sheet), window.aftercareSurvey?.open ?? import(script)]);
  if (!(await window.aftercareSurvey.open(root.querySelector('.aftercare-survey')))) return false;
  const before = document.activeElement;
  const close = () => {
    const hadFocus = root.contains(document.activeElement);
    root.hidden = true;
    if (hadFocus) before.focus();
  };
  root.querySelector('button').addEventListener('click', close);
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
  root.hidden = false;
  /* Whoever is writing goes on writing. */
  if (!before.matches('input, textarea, select, [contenteditable]')) root.focus({ preventScroll: true });
  return true;
};
