//! Reads the bundled TOML files into entries and checks that they agree with each other.
//!
//! One reader a file shape; whatever is doubled, dangling or empty is an error that names file and key.

use rustc_hash::FxHashMap;

use super::WordMap;
use super::entry::{Entry, Forms};
use super::rows::{Row, read_rows, read_table};
use crate::error::{Error, Result};
use crate::model::{EntityKind, Language, fold, slug};

/// What the data files hold.
pub(super) struct Data {
    pub(super) entries: Vec<Entry>,
    pub(super) first_names: WordMap<()>,
    pub(super) ambiguous_first_names: WordMap<()>,
}

/// Every file: its name, the name of its rows, its text. Their order is that of the entries.
pub(super) const FILES: &[(&str, &str, &str)] = &[
    ("countries.toml", "country", include_str!("data/countries.toml")),
    ("regions.toml", "region", include_str!("data/regions.toml")),
    ("places.toml", "place", include_str!("data/places.toml")),
    ("places_further.toml", "place", include_str!("data/places_further.toml")),
    ("organizations/un.toml", "organization", include_str!("data/organizations/un.toml")),
    ("organizations/governments.toml", "organization", include_str!("data/organizations/governments.toml")),
    ("organizations/regional.toml", "organization", include_str!("data/organizations/regional.toml")),
    ("organizations/banks.toml", "organization", include_str!("data/organizations/banks.toml")),
    ("organizations/ngos.toml", "organization", include_str!("data/organizations/ngos.toml")),
    ("organizations/other.toml", "organization", include_str!("data/organizations/other.toml")),
    ("organizations/further.toml", "organization", include_str!("data/organizations/further.toml")),
    ("topics.toml", "topic", include_str!("data/topics.toml")),
    ("populations.toml", "population", include_str!("data/populations.toml")),
    ("first_names.toml", "", include_str!("data/first_names.toml")),
];

/// Types that an organization may be of.
const ORGANIZATION_TYPES: &[&str] = &[
    "un",
    "government",
    "regional",
    "bank",
    "red-cross",
    "ngo",
    "foundation",
    "academic",
    "network",
    "company",
    "other",
];

/// Reads and checks everything.
pub(super) fn load() -> Result<Data> {
    let mut entries = Vec::new();
    let (mut first_names, mut ambiguous_first_names) = (WordMap::default(), WordMap::default());
    for &(file, name, text) in FILES {
        let make = match name {
            "country" => country,
            "region" => region,
            "place" => place,
            "organization" => organization,
            "topic" => |row: &mut Row<'static>| vocabulary(row, EntityKind::Topic),
            "population" => |row: &mut Row<'static>| vocabulary(row, EntityKind::Population),
            _ => {
                let mut names = read_table(file, text)?;
                first_names = folded(&names.list("names")?);
                ambiguous_first_names = folded(&names.list("ambiguous")?);
                names.end()?;
                continue;
            }
        };
        entries.extend(read_rows(file, text, name, make)?);
    }
    check(&entries)?;
    Ok(Data { entries, first_names, ambiguous_first_names })
}

fn folded(names: &[&str]) -> WordMap<()> {
    let mut folded = WordMap::default();
    names.iter().for_each(|name| *folded.get_or_insert(&fold(name), ()) = ());
    folded
}

/// The forms by language in a table of a row.
fn forms(row: &mut Row<'static>, table: &str) -> Result<Forms> {
    Ok(row.lists(table)?.into_iter().map(|(language, list)| (Language::bundled(language), list)).collect())
}

fn country(row: &mut Row<'static>) -> Result<Entry> {
    let iso = row.text("iso")?;
    let ids = [("iso3166-1", iso), ("iso3166-1-alpha3", row.text("iso3")?)];
    row.find_text("article")?;
    let (names, acronyms) = split_acronyms(forms(row, "names")?);
    Ok(Entry {
        names,
        acronyms,
        demonyms: forms(row, "demonyms")?,
        country: Some(iso),
        external_ids: ids.into(),
        ..Entry::new(EntityKind::Country, iso)
    })
}

/// Forms in capitals such as *RDC* or *U.S.* are acronyms: they match only as written.
fn split_acronyms(names: Forms) -> (Forms, Forms) {
    let in_capitals = |form: &&str| form.len() <= 8 && !form.chars().any(char::is_lowercase);
    let mut acronyms = Forms::new();
    let mut kept = Forms::new();
    for (language, forms) in names {
        let (short, long): (Vec<_>, Vec<_>) = forms.into_iter().partition(in_capitals);
        kept.insert(language.clone(), long);
        if !short.is_empty() {
            acronyms.insert(language, short);
        }
    }
    (kept, acronyms)
}

fn region(row: &mut Row<'static>) -> Result<Entry> {
    row.list("countries")?;
    let m49 = row.find_text("m49")?;
    Ok(Entry {
        names: forms(row, "names")?,
        demonyms: forms(row, "adjectives")?,
        external_ids: m49.into_iter().map(|code| ("m49", code)).collect(),
        ..Entry::new(EntityKind::Place, row.text("key")?)
    })
}

/// Names under `all` hold in every language, after the language's own.
fn place(row: &mut Row<'static>) -> Result<Entry> {
    let listed = row.lists("names")?;
    let of = |language: &str| listed.iter().find(|(key, _)| *key == language).map_or(&[][..], |(_, forms)| forms);
    let everywhere = of("all");
    let mut names = Forms::new();
    for language in ["fr", "en", "es"] {
        let own = of(language);
        let mut forms = Vec::with_capacity(own.len() + everywhere.len());
        forms.extend_from_slice(own);
        forms.extend(everywhere.iter().filter(|name| !own.contains(name)));
        if !forms.is_empty() {
            names.insert(Language::bundled(language), forms);
        }
    }
    let display = everywhere.first().copied().or_else(|| names.values().next()?.first().copied());
    let Some(display) = display else { return Err(row.error("a place without a name")) };
    let country = row.text("country")?;
    let mut key = slug(display);
    key.push('-');
    key.extend(country.chars().flat_map(char::to_lowercase));
    let capital = row.text("type")? == "capital";
    let ambiguous = row.flag("ambiguous")?;
    Ok(Entry { names, country: Some(country), ambiguous, capital, ..Entry::new(EntityKind::Place, key) })
}

fn organization(row: &mut Row<'static>) -> Result<Entry> {
    let kind = row.text("type")?;
    if !ORGANIZATION_TYPES.contains(&kind) {
        return Err(row.error(&format!("unknown type {kind:?}")));
    }
    Ok(Entry {
        names: forms(row, "names")?,
        acronyms: forms(row, "acronyms")?,
        external_ids: row.texts("ids")?.into_iter().collect(),
        country: row.find_text("country")?,
        countries: row.list("countries")?,
        shared: row.list("shared")?,
        parent: row.find_text("parent")?,
        ..Entry::new(EntityKind::Organization, row.text("key")?)
    })
}

/// The display names of a vocabulary come first among its terms.
fn vocabulary(row: &mut Row<'static>, kind: EntityKind) -> Result<Entry> {
    let mut terms = forms(row, "terms")?;
    for (language, name) in row.texts("names")? {
        terms.entry(Language::bundled(language)).or_default().insert(0, name);
    }
    Ok(Entry { terms, ..Entry::new(kind, row.text("code")?) })
}

fn check(entries: &[Entry]) -> Result<()> {
    let mut seen: FxHashMap<(EntityKind, &str), usize> = FxHashMap::default();
    for (index, entry) in entries.iter().enumerate() {
        if let Some(other) = seen.insert((entry.kind, &entry.key), index) {
            return Err(Error::data(
                "lexicon",
                format!("{} {:?} is doubled ({other}, {index})", entry.kind, entry.key),
            ));
        }
    }
    for entry in entries {
        let known = |iso: &str| seen.contains_key(&(EntityKind::Country, iso));
        let country = entry.country.is_none_or(known) && entry.countries.iter().all(|iso| known(iso));
        let parent = entry.parent.is_none_or(|key| seen.contains_key(&(EntityKind::Organization, key)));
        if !country || !parent {
            let (country, countries, parent) = (&entry.country, &entry.countries, &entry.parent);
            return Err(Error::data(
                "lexicon",
                format!("{}: unknown country {country:?} {countries:?} or parent {parent:?}", entry.key),
            ));
        }
        let own: Vec<_> = entry.acronyms.values().flatten().collect();
        if let Some(stranger) = entry.shared.iter().find(|acronym| !own.contains(acronym)) {
            return Err(Error::data("lexicon", format!("{}: {stranger} is no acronym of it", entry.key)));
        }
        if entry.names.values().chain(entry.terms.values()).all(Vec::is_empty) {
            return Err(Error::data("lexicon", format!("{} {:?} has no name", entry.kind, entry.key)));
        }
    }
    Ok(())
}
