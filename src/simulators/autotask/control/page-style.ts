export const PAGE_STYLE = `
  :root { color-scheme: light dark; --ink: light-dark(#1b2330, #e6e9ef); --soft: light-dark(#566070, #a7b0bf);
    --line: light-dark(#d6dbe3, #3a4352); --card: light-dark(#ffffff, #1c222c); --page: light-dark(#f4f6f9, #12161d);
    --accent: light-dark(#0b5cad, #7fb8f5); --mark: light-dark(#fff6d6, #3a3213); }
  * { box-sizing: border-box; }
  body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 64rem; padding: 1rem; color: var(--ink); background: var(--page); }
  h1 { font-size: 1.4rem; margin: .5rem 0; } h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem; } h3 { font-size: 1rem; margin: 0; }
  p { margin: .4rem 0; } a { color: var(--accent); }
  .soft { color: var(--soft); font-size: .9rem; }
  .card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; margin: .75rem 0; }
  .card.named { background: var(--mark); border-color: var(--accent); border-width: 2px; }
  form { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; margin: .3rem 0; }
  input, button { font: inherit; color: inherit; padding: .3rem .6rem; border: 1px solid var(--line); border-radius: .35rem; background: var(--page); min-height: 2.2rem; }
  button { cursor: pointer; border-color: var(--accent); color: var(--accent); }
  button.main { background: var(--accent); color: var(--card); }
  :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
  ul { list-style: none; margin: 0; padding: 0; }
  li { display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: center; border-top: 1px solid var(--line); padding: .4rem 0; }
  li .what { flex: 1 1 14rem; } li .amount { font-variant-numeric: tabular-nums; text-align: right; min-width: 6rem; } li form { margin: 0; }
`;
