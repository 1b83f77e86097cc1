/**
 * How legal forms read once a name is in words ("Pty. Ltd." → "pty ltd", "S.p.A." → "spa").
 * By country so that a reader can see what is missing.
 */
const AT_END = `
  inc, incorporated, corp, corporation, co, company, llc, llp, lllp, pllc, limited liability company
  ltd, limited, plc, public limited company, cic, community interest company, cyf, cyfyngedig, unltd
  dac, designated activity company, clg, teoranta
  pty, pty ltd, proprietary limited, pte, pte ltd, sdn bhd, bhd, pvt, pvt ltd, private limited, tbk
  ltee, limitee, fze, fzco, fz llc, wll, jsc, pjsc, ojsc, cjsc
  gmbh, ggmbh, mbh, gesellschaft mbh, gesellschaft mit beschrankter haftung, ug, ug haftungsbeschrankt
  ag, aktiengesellschaft, kg, kgaa, ohg, gbr, gmbh and co kg, ag and co kg, gmbh and co kgaa, ug and co kg
  sa, sas, sasu, sarl, sa rl, eurl, snc, scop, societe anonyme, societas europaea
  srl, srls, societa per azioni, bv, bvba, sprl, asbl, vzw, nv, vof
  sl, slu, sau, sociedad anonima, sociedad limitada, lda, ltda, limitada, eireli
  sa de cv, sapi de cv, s de rl de cv, srl de cv, sab de cv
  ab, aktiebolag, aps, as, asa, ivs, hf, ehf, oy, oyj, osakeyhtio, ou
  sp z oo, sp zoo, spzoo, spolka z oo, spolka z ograniczona odpowiedzialnoscia
  sro, spol sro, doo, ood, eood, kft, zrt, nyrt, uab, sia, ltd sti
  ооо, оао, зао, пао, тов, еоод, оод, επε, ικε, kk, 株, 株式会社, 有限会社, 合同会社, 有限公司, 股份有限公司, 주식회사
`;

/** Also words or places in their own right ("Serenity Spa", "Gaming PC"): legal forms only as "S.p.A.", "P.C.", "e.V.". */
const AT_END_WHEN_DOTTED = 'spa, pc, pa, lp, se, uc, teo, ccc, ev, ek, dd, ad, ae, cv, cia, sc, ca, kd';

/** Written before the name in their countries, and meaning nothing else there. */
const AT_START = 'ооо, оао, зао, пао, ао, тов, uab, 株, 株式会社, 有限会社, 合同会社, 주식회사';

const listed = (text: string): ReadonlySet<string> =>
  new Set(text.split(/[,\n]/).flatMap((form) => form.trim() || []));

export const LEGAL_FORMS_AT_END = listed(AT_END);
export const LEGAL_FORMS_AT_END_WHEN_DOTTED = listed(AT_END_WHEN_DOTTED);
export const LEGAL_FORMS_AT_START = listed(AT_START);

/** Written without a space beside the name. */
export const UNSPACED_LEGAL_FORMS = [
  '株式会社',
  '有限会社',
  '合同会社',
  '股份有限公司',
  '有限公司',
  '주식회사',
];

/** The most words one legal form takes: "spolka z ograniczona odpowiedzialnoscia". */
export const LONGEST_LEGAL_FORM = Math.max(...[...LEGAL_FORMS_AT_END].map((form) => form.split(' ').length));
