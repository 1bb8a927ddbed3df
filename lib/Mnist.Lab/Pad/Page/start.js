// A notebook may hold several pads: each that is not yet at work moves into a shadow tree, where its style restyles
// nothing else, and starts.
for (const host of document.querySelectorAll('.mnist-drawing-pad:not([data-started])')) {
  host.dataset.started = '';
  const data = JSON.parse(host.querySelector('.live script[type="application/json"]').textContent);
  const root = host.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
  const style = new CSSStyleSheet();
  style.replaceSync(data.style);
  root.adoptedStyleSheets = [style];
  root.append(...host.querySelector('.live .content').childNodes);
  host.querySelector('.still')?.remove();
  startPad(root, data);
}
