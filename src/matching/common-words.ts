/** Words by how little they tell two customers apart, in the forms of `canonicalWord`. */
const words = (text: string): ReadonlySet<string> =>
  new Set(text.split(/\s+/u).filter((word) => word !== ''));

/** Carry next to nothing: left out of acronyms as often as not. */
export const STOP_WORDS = words(`
  the and of for in at to on by from with a an or
  de du des la le les l d en et au aux pour sur
  der die das des dem den fur von vom zu zum zur im am und
  el los las y del al para por
  il lo gli i e di da dal della delle dei degli per
  o os as do dos da das e em no na
  van het een voor op te
  og i av for pa och for av till
  w z i na dla ve icin
`);

/** Names of a place of work within a customer: the customer is the other words. */
export const SITE_WORDS = words(`
  hq headquarter head main office branch site location depot warehouse plant factory campus unit floor suite
  server workstation desktop laptop device remote home cloud lan wan network vpn datacenter prod production test
  north south east west central local primary secondary backup old new archive managed
  zentrale hauptsitz niederlassung filiale standort buro lager werk zweigstelle geschaftsstelle aussenstelle
  siege agence bureau entrepot succursale usine
  sede oficina sucursal almacen fabrica central filial matriz deposito
  ufficio magazzino stabilimento filiale
  kantoor vestiging magazijn hoofdkantoor
  kontor lager avdeling avdelning hovedkontor huvudkontor toimisto
  biuro oddzial magazyn centrala siedziba
  ofis sube depo merkez
`);

/** Say what a customer does, as thousands do: agreeing on them is worth little, differing in them is no contradiction. */
export const GENERIC_WORDS = words(`
  group holding company enterprise partner partnership international global worldwide national regional usa uk us america american
  europe european nederland deutschland france espana italia canada australia
  service solution system technology software consulting consultant advisor advisory management digital media design
  industry industrial manufacturing engineering construction builder building contractor development
  logistic transport freight shipping travel
  insurance finance financial capital bank investment account accounting accountant law legal attorney solicitor
  health healthcare medical clinic dental dentist hospital pharmacy care veterinary practice surgery
  school academy college university institute education training church
  association society foundation charity trust fund council committee club center community network alliance federation
  agency bureau department district county city town borough authority government
  restaurant hotel cafe bar food catering retail store shop market
  real estate property energy electric power water gas oil
  security communication telecommunication computer data information network internet electronic
  product supply trading import export equipment tool machine
  organization union cooperative branch project team studio lab laboratory research science
  verein verband stiftung gesellschaft firma praxis kanzlei apotheke schule stadt gemeinde kreis werk versicherung
  handel bau technik dienst dienstleistung beratung vertrieb verlag autohaus immobilie
  societe etablissement cabinet association fondation ville commune ecole groupe entreprise maison clinique
  empresa sociedad asociacion fundacion grupo compania clinica colegio escuela ayuntamiento banco servicios
  societa associazione fondazione gruppo azienda studio comune scuola banca
  stichting vereniging bedrijf gemeente groep advies bouw
  forening stiftelse kommune kommun forbund skole skola bolag
  spolka zaklad przedsiebiorstwo szkola fundacja urzad gmina
  empresa sociedade associacao fundacao companhia escola prefeitura banco
  sirket sanayi ticaret
  общество компания завод банк группа фонд центр
  有限 公司 集团 銀行 银行 株式 会社
`);

/** Words that exclude each other: "East Belfast" is not "West Belfast". */
const OPPOSITES = [
  'north south east west northeast northwest southeast southwest',
  'northern southern eastern western',
  'upper lower middle',
  'inner outer',
  'junior senior',
  'primary secondary',
  'old new',
  'nord sud est ouest',
  'nord ost west',
  'norte sur sul este oeste leste',
];

/** The group of words of which a name can mean only one, by word. */
export const OPPOSITE_GROUPS: ReadonlyMap<string, readonly string[]> = new Map(
  OPPOSITES.flatMap((line) => {
    const group = line.split(' ');
    return group.map((word): [string, readonly string[]] => [word, group]);
  }),
);
