// Makes a card's chart interactive when its menu says so; until then, and where that fails, the picture stays.
document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('[data-live-card]');
  if (!button) return;
  const card = button.closest('.widget');
  const chart = [...card.querySelectorAll('.chart')].find((each) => each.getClientRects().length > 0);
  if (!chart || chart.dataset.live) return;
  // What stands on the page by the server's word: whoever refreshes it compares with that.
  card.served = card.cloneNode(true);
  const query = new URLSearchParams({ width: chart.querySelector('svg').getAttribute('width') });
  const tab = new URLSearchParams(location.search).get('tab');
  if (tab) query.set('tab', tab);
  chart.dataset.live = `/dashboard/live/${encodeURIComponent(button.dataset.liveCard)}?${query}`;
  try {
    const { enlivenOne } = await import('/embed/assets/interactive.js');
    await enlivenOne(chart);
    button.closest('details').open = false;
    chart.focus();
  } catch {
    delete chart.dataset.live;
    delete card.served;
  }
});
