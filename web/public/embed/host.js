// For the page around an icb chart: lets its frame grow and shrink, and hands it a new token before the old one ends.
// <iframe data-icb data-icb-renew="/my/endpoint"> names an endpoint of the host that answers {"token": "…"}.
(() => {
  const LEAST = 60;
  const MOST = 6000;

  const frameOf = (source) =>
    [...document.querySelectorAll('iframe')].find((frame) => frame.contentWindow === source);

  async function renew(frame) {
    const endpoint = frame.dataset.icbRenew;
    if (!endpoint) return;
    const answer = await fetch(endpoint, { headers: { Accept: 'application/json' } });
    const { token } = await answer.json();
    // The frame is sandboxed and has no origin of its own; it can be addressed by its window only.
    if (answer.ok && typeof token === 'string')
      frame.contentWindow.postMessage({ type: 'icb:token', token }, '*');
  }

  addEventListener('message', ({ source, data }) => {
    const frame = source && data && typeof data === 'object' ? frameOf(source) : undefined;
    if (!frame) return;
    if (data.type === 'icb:resize' && Number.isFinite(data.height))
      frame.style.height = `${Math.min(MOST, Math.max(LEAST, Math.ceil(data.height)))}px`;
    // The frame asks again while no token has come.
    if (data.type === 'icb:renew') renew(frame).catch(() => {});
  });
  // This script may come after the frames have told their heights.
  for (const frame of document.querySelectorAll('iframe[data-icb]'))
    frame.contentWindow.postMessage({ type: 'icb:height' }, '*');
})();
