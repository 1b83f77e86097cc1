import { seededRandom } from '../../src/demo/seeded-random.ts';

export interface NamedRow {
  readonly id: string;
  readonly name: string;
}

/** Two lists of invented names and whose each of the second is; `truth` is blank for those of nobody. */
export interface NameLists {
  readonly organizations: readonly NamedRow[];
  readonly moduleOrganizations: readonly (NamedRow & { readonly truth: string })[];
}

/** How customers are called where they come from: made-up words, trades, legal forms, and what modules add. */
interface Country {
  readonly syllables: readonly string[];
  readonly trades: readonly string[];
  readonly legal: readonly string[];
  readonly and: string;
  readonly places: readonly string[];
  readonly sites: readonly string[];
}

const list = (text: string): string[] => text.split('|');

const COUNTRIES: readonly Country[] = [
  {
    syllables: list('bar|wick|hol|ford|ash|win|ter|dale|ston|ley|har|mer|cot|ron|per|shel|bry|quin|cal|der'),
    trades: list(
      'Dental Practice|Logistics|Accountants|Primary School|Veterinary Surgery|Builders|Law|Estate Agents|Engineering|Insurance Brokers|Housing Association|Care Homes|Architects|Golf Club|Foods|Transport',
    ),
    legal: list('Ltd|Limited|LLP|plc|'),
    and: '&',
    places: list('Leeds|Bristol|Norwich|Perth|Exeter|Derby'),
    sites: list('HQ|Head Office|Warehouse|Servers|Remote Workers|Main Site'),
  },
  {
    syllables: list(
      'ber|mann|stein|hof|wald|feld|krau|lin|schu|ricken|brand|hau|sen|gries|lohe|bach|zim|roth',
    ),
    trades: list(
      'Maschinenbau|Steuerberatung|Zahnarztpraxis|Spedition|Bau|Elektrotechnik|Apotheke|Autohaus|Metallbau|Immobilien|Pflegedienst|Verlag|Rechtsanwälte|Gymnasium',
    ),
    legal: list('GmbH|AG|GmbH & Co. KG|e.K.|KG|'),
    and: 'und',
    places: list('Köln|Hannover|Süd|Leipzig|Bremen'),
    sites: list('Zentrale|Lager|Niederlassung|Server|Werk 2'),
  },
  {
    syllables: list('beau|mont|ville|char|len|dri|eux|sau|vin|tour|mar|champ|lau|rent|gui|bel|oise|perr'),
    trades: list(
      'Transports|Assurances|Menuiserie|Clinique Vétérinaire|Boulangerie|Cabinet Dentaire|Notaires|Immobilier|Électricité|École Primaire|Imprimerie|Viticulture',
    ),
    legal: list('SARL|SAS|SA|EURL|'),
    and: 'et',
    places: list('Lyon|Nantes|Lille|Rennes'),
    sites: list('Siège|Entrepôt|Agence|Serveurs'),
  },
  {
    syllables: list('gar|mon|tes|riv|alva|her|nan|dez|cor|tina|val|ver|de|sol|mira|flor|que|ro'),
    trades: list(
      'Construcciones|Clínica Dental|Abogados|Transportes|Seguros|Colegio|Farmacia|Inmobiliaria|Asesores|Hotel|Bodegas|Talleres',
    ),
    legal: list('S.L.|S.A.|S.L.U.|'),
    and: 'y',
    places: list('Madrid|Sevilla|Bilbao|Valencia'),
    sites: list('Sede|Almacén|Oficina Central|Servidores'),
  },
  {
    syllables: list('no|wak|kow|ska|zie|lin|brzo|mar|cze|wiec|dąb|sta|gór|ryn|pol|mir'),
    trades: list(
      'Budownictwo|Księgowość|Transport|Przychodnia|Meble|Piekarnia|Szkoła|Prawnicy|Elektryk|Drukarnia',
    ),
    legal: list('Sp. z o.o.|S.A.|'),
    and: 'i',
    places: list('Kraków|Gdańsk|Łódź'),
    sites: list('Biuro|Magazyn|Centrala'),
  },
];

/** Organizations and module organizations of five countries, the same for the same seed. */
export function inventNames(
  size: { readonly organizations: number; readonly moduleOrganizations: number },
  seed: string,
): NameLists {
  const random = seededRandom(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const taken = new Set<string>();

  const word = (country: Country): string => {
    const text = Array.from({ length: 2 + Math.floor(random() * 2) }, () => pick(country.syllables)).join('');
    return text.slice(0, 1).toUpperCase() + text.slice(1);
  };
  const core = (country: Country): string => {
    const kind = random();
    if (kind < 0.25) return `${word(country)} ${country.and} ${word(country)}`;
    if (kind < 0.4) return `${word(country)} ${pick(country.places)} ${pick(country.trades)}`;
    return `${word(country)} ${pick(country.trades)}`;
  };
  const fresh = (country: Country): string => {
    for (;;) {
      const name = core(country);
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
  };
  const withLegal = (name: string, country: Country): string => `${name} ${pick(country.legal)}`.trim();

  const customers = Array.from({ length: size.organizations }, (_, i) => {
    const country = pick(COUNTRIES);
    const name = fresh(country);
    return { id: `L${i + 1}`, name: withLegal(name, country), core: name, country };
  });

  const slip = (name: string): string => {
    const at = 1 + Math.floor(random() * (name.length - 2));
    return chance(0.5)
      ? name.slice(0, at) + name.slice(at + 1)
      : name.slice(0, at) + name[at] + name.slice(at);
  };
  const changes: readonly ((name: string, country: Country) => string)[] = [
    (name) => (chance(0.5) ? name.toUpperCase() : name.toLowerCase()),
    (name, country) => withLegal(name, country),
    (name, country) => name.replace(` ${country.and} `, country.and === '&' ? ' and ' : ' & '),
    (name) => name.normalize('NFKD').replace(/\p{M}/gu, ''),
    (name, country) => `${name} - ${pick(country.sites)}`,
    (name, country) => `${name} (${pick(country.places)})`,
    slip,
    (name) => name.split(' ').toReversed().join(' '),
    (name) => name.split(' ').slice(0, -1).join(' ') || name,
    (name) => name.slice(0, 24).trim(),
  ];
  const moduleOrganizations = Array.from({ length: size.moduleOrganizations }, (_, i) => {
    const id = `R${i + 1}`;
    if (chance(0.25)) {
      const country = pick(COUNTRIES);
      return { id, name: withLegal(fresh(country), country), truth: '' };
    }
    const customer = pick(customers);
    let name = chance(0.3) ? customer.name : customer.core;
    for (let k = Math.floor(random() * 3); k > 0; k--) name = pick(changes)(name, customer.country);
    return { id, name, truth: customer.id };
  });
  return { organizations: customers.map(({ id, name }) => ({ id, name })), moduleOrganizations };
}
