//! Reads the bundled TOML files into entries and checks that they agree with each other.
//!
//! One reader a file shape; whatever is doubled, dangling or empty is an error that names file and key.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::entry::{Entry, Forms};
use crate::error::{Error, Result};
use crate::model::{EntityKind, Language, fold, slug};

/// What the data files hold.
pub(super) struct Data {
    pub(super) entries: Vec<Entry>,
    pub(super) first_names: FxHashSet<String>,
    pub(super) ambiguous_first_names: FxHashSet<String>,
}

const ORGANIZATION_FILES: &[(&str, &str)] = &[
    ("organizations/un.toml", include_str!("data/organizations/un.toml")),
    ("organizations/governments.toml", include_str!("data/organizations/governments.toml")),
    ("organizations/regional.toml", include_str!("data/organizations/regional.toml")),
    ("organizations/banks.toml", include_str!("data/organizations/banks.toml")),
    ("organizations/ngos.toml", include_str!("data/organizations/ngos.toml")),
    ("organizations/other.toml", include_str!("data/organizations/other.toml")),
    ("organizations/further.toml", include_str!("data/organizations/further.toml")),
];

/// Reads and checks everything.
pub(super) fn load() -> Result<Data> {
    let mut entries = countries()?;
    entries.extend(regions()?);
    entries.extend(places()?);
    for (file, text) in ORGANIZATION_FILES {
        entries.extend(organizations(file, text)?);
    }
    entries.extend(vocabulary("topics.toml", include_str!("data/topics.toml"), EntityKind::Topic)?);
    entries.extend(vocabulary("populations.toml", include_str!("data/populations.toml"), EntityKind::Population)?);
    check(&entries)?;
    let names: FirstNames = parse("first_names.toml", include_str!("data/first_names.toml"))?;
    let folded = |names: Vec<String>| names.iter().map(|name| fold(name)).collect();
    Ok(Data { entries, first_names: folded(names.names), ambiguous_first_names: folded(names.ambiguous) })
}

fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| Error::data(file, error))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstNames {
    names: Vec<String>,
    ambiguous: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountryFile {
    country: Vec<CountryRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountryRow {
    iso: String,
    iso3: String,
    #[serde(default, rename = "article")]
    _article: Option<String>,
    names: Forms,
    #[serde(default)]
    demonyms: Forms,
}

fn countries() -> Result<Vec<Entry>> {
    let file: CountryFile = parse("countries.toml", include_str!("data/countries.toml"))?;
    let entry = |row: CountryRow| {
        let ids = [("iso3166-1", row.iso.clone()), ("iso3166-1-alpha3", row.iso3)];
        let (names, acronyms) = split_acronyms(row.names);
        Entry {
            names,
            acronyms,
            demonyms: row.demonyms,
            country: Some(row.iso.clone()),
            external_ids: ids.map(|(scheme, id)| (scheme.to_owned(), id)).into(),
            ..Entry::new(EntityKind::Country, row.iso)
        }
    };
    Ok(file.country.into_iter().map(entry).collect())
}

/// Forms in capitals such as *RDC* or *U.S.* are acronyms: they match only as written.
fn split_acronyms(names: Forms) -> (Forms, Forms) {
    let in_capitals = |form: &String| form.len() <= 8 && !form.chars().any(char::is_lowercase);
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionFile {
    region: Vec<RegionRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionRow {
    key: String,
    names: Forms,
    #[serde(default)]
    adjectives: Forms,
    #[serde(default, rename = "countries")]
    _countries: Vec<String>,
    m49: Option<String>,
}

fn regions() -> Result<Vec<Entry>> {
    let file: RegionFile = parse("regions.toml", include_str!("data/regions.toml"))?;
    let entry = |row: RegionRow| Entry {
        names: row.names,
        demonyms: row.adjectives,
        external_ids: row.m49.into_iter().map(|code| ("m49".to_owned(), code)).collect(),
        ..Entry::new(EntityKind::Place, row.key)
    };
    Ok(file.region.into_iter().map(entry).collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceFile {
    place: Vec<PlaceRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceRow {
    country: String,
    r#type: String,
    names: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    ambiguous: bool,
}

fn places() -> Result<Vec<Entry>> {
    let mut file: PlaceFile = parse("places.toml", include_str!("data/places.toml"))?;
    let further: PlaceFile = parse("places_further.toml", include_str!("data/places_further.toml"))?;
    file.place.extend(further.place);
    file.place.into_iter().map(place).collect()
}

/// Names under `all` hold in every language, after the language's own.
fn place(row: PlaceRow) -> Result<Entry> {
    let everywhere = row.names.get("all").cloned().unwrap_or_default();
    let mut names = Forms::new();
    for language in ["fr", "en", "es"] {
        let mut forms = row.names.get(language).cloned().unwrap_or_default();
        forms.extend(everywhere.iter().filter(|name| !forms.contains(name)).cloned().collect::<Vec<_>>());
        if !forms.is_empty() {
            names.insert(Language::new(language), forms);
        }
    }
    let display = everywhere.first().or_else(|| names.values().next().and_then(|forms| forms.first()));
    let Some(display) = display else { return Err(Error::data("places.toml", "a place without a name")) };
    let key = format!("{}-{}", slug(display), row.country.to_lowercase());
    let capital = row.r#type == "capital";
    let country = Some(row.country);
    Ok(Entry { names, country, ambiguous: row.ambiguous, capital, ..Entry::new(EntityKind::Place, key) })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganizationFile {
    organization: Vec<OrganizationRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganizationRow {
    key: String,
    #[serde(rename = "type")]
    _type: OrganizationType,
    parent: Option<String>,
    country: Option<String>,
    names: Forms,
    #[serde(default)]
    acronyms: Forms,
    #[serde(default)]
    ids: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OrganizationType {
    Un,
    Government,
    Regional,
    Bank,
    RedCross,
    Ngo,
    Foundation,
    Academic,
    Network,
    Company,
    Other,
}

fn organizations(file: &str, text: &str) -> Result<Vec<Entry>> {
    let rows: OrganizationFile = parse(file, text)?;
    let entry = |row: OrganizationRow| Entry {
        names: row.names,
        acronyms: row.acronyms,
        external_ids: row.ids,
        country: row.country,
        parent: row.parent,
        ..Entry::new(EntityKind::Organization, row.key)
    };
    Ok(rows.organization.into_iter().map(entry).collect())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VocabularyFile {
    #[serde(alias = "topic", alias = "population")]
    rows: Vec<VocabularyRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VocabularyRow {
    code: String,
    names: BTreeMap<Language, String>,
    terms: Forms,
}

fn vocabulary(file: &str, text: &str, kind: EntityKind) -> Result<Vec<Entry>> {
    let rows: VocabularyFile = parse(file, text)?;
    let entry = |row: VocabularyRow| Entry {
        names: Forms::new(),
        terms: with_display(row.names, row.terms),
        ..Entry::new(kind, row.code)
    };
    Ok(rows.rows.into_iter().map(entry).collect())
}

/// The display names of a vocabulary come first among its terms.
fn with_display(names: BTreeMap<Language, String>, mut terms: Forms) -> Forms {
    for (language, name) in names {
        terms.entry(language).or_default().insert(0, name);
    }
    terms
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
        let country = entry.country.as_deref().is_none_or(|iso| seen.contains_key(&(EntityKind::Country, iso)));
        let parent = entry.parent.as_deref().is_none_or(|key| seen.contains_key(&(EntityKind::Organization, key)));
        if !country || !parent {
            let (country, parent) = (&entry.country, &entry.parent);
            return Err(Error::data(
                "lexicon",
                format!("{}: unknown country {country:?} or parent {parent:?}", entry.key),
            ));
        }
        if entry.names.values().chain(entry.terms.values()).all(Vec::is_empty) {
            return Err(Error::data("lexicon", format!("{} {:?} has no name", entry.kind, entry.key)));
        }
    }
    Ok(())
}
