// Where an id of a public scheme leads to. What is not known leads nowhere.

const PAGES: Record<string, (value: string) => string> = {
  wikidata: (value) => `https://www.wikidata.org/wiki/${value}`,
  'iso3166-1': (value) => `https://www.iso.org/obp/ui/#iso:code:3166:${value}`,
  geonames: (value) => `https://www.geonames.org/${value}`,
  ror: (value) => `https://ror.org/${value}`,
  isni: (value) => `https://isni.org/isni/${value}`,
  viaf: (value) => `https://viaf.org/viaf/${value}`,
  orcid: (value) => `https://orcid.org/${value}`,
  lei: (value) => `https://search.gleif.org/#/record/${value}`,
  m49: (value) => `https://unstats.un.org/unsd/methodology/m49/#${value}`,
};

export function outside(scheme: string, value: string): string | undefined {
  const page = PAGES[scheme.toLowerCase()];
  return page?.(encodeURIComponent(value.replace(/^https?:\/\/[^/]+\//, '')));
}
