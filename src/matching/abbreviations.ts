/**
 * What a word is also written as, a group a line: the first stands for all. General business words only, in the forms
 * of `foldAccents` and without a plural's "s"; never the name of anybody.
 */
const GROUPS = `
  association assn assoc asn
  borough boro
  brother bro
  building bldg
  center centre ctr cntr
  charity charitable
  college coll
  commission comm cmsn
  committee cttee cmte
  community cmty
  company co
  construction constr
  consultant conslt
  council cncl
  county cnty
  department dept
  development dev devt
  distribution distr
  district dist
  education educ
  electric elec
  electronic electr
  engineer engr
  engineering eng engrg
  enterprise ent entpr
  environmental environ env
  equipment equip
  estate est
  exchange exch
  financial fin finl
  foundation fdn fndn found
  general genl
  government govt gov
  group grp gp groupe gruppe grupo gruppo grupa
  guide guiding
  headquarter hq
  holding hldg hldgs
  hospital hosp
  independent indep
  industry ind indus industrie industria
  information info
  institute inst institut instituto istituto
  insurance ins
  international intl int internacional internazionale internationale
  investment inv invest
  laboratory lab
  limited ltd
  logistic logistik logistique logistica
  management mgmt mgt mgmnt
  manufacturing mfg mfr manuf
  marketing mktg
  medical med
  memorial meml
  metropolitan metro
  mount mt
  municipal muni
  national natl nat nacional nazionale nationale
  northeast ne
  northwest nw
  organization organisation org
  pharmaceutical pharma pharm
  physician phys
  plaza plz
  product prod
  professional prof
  property prop
  public pub
  railway rwy rly
  regional regl
  rehabilitation rehab
  research res
  saint st sankt
  school sch
  science sci
  secretary sec
  security secur
  service svc serv srv servicio servizi servico
  society soc
  solution soln sol
  southeast se
  southwest sw
  station stn
  street str strasse
  supply sup
  system sys syst systeme sistema sistemi
  technical techn
  technology tech tec technologie tecnologia tehnologija
  telecommunication telecom telecomm
  theater theatre
  transport trans transportation
  township twp
  university univ uni universitat universite universidad universita universidade
  village vlg
  workshop wkshp
  gesellschaft ges
  gebruder gebr
  etablissement ets
  societe ste
  compagnie cie
  hermano hno
  fratelli flli
  first 1st
  second 2nd
  third 3rd
  two 2
  three 3
  four 4
`;

export const ABBREVIATIONS: ReadonlyMap<string, string> = new Map(
  GROUPS.split('\n').flatMap((line) => {
    const [whole = '', ...others] = line.trim().split(' ');
    return others.map((other): [string, string] => [other, whole]);
  }),
);
