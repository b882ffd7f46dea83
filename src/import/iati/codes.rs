//! What codes of the standard mean in the bundled lists.
//!
//! sector `15180` → the topic `GENDER_BASED_VIOLENCE`; region `298` → the place `africa`; organization `XM-DAC-47066` → `iom`

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::lexicon::{Entry, lexicon};
use crate::model::{EntityKind, fold};

/// Codes with the keys of what they mean.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Codes {
    sector: BTreeMap<String, String>,
    region: BTreeMap<String, String>,
    sorts_of_bodies: Vec<String>,
    names_of_sorts: Vec<String>,
}

static CODES: LazyLock<Codes> = LazyLock::new(|| {
    toml::from_str(include_str!("codes.toml")).unwrap_or_else(|error| panic!("the bundled codes are unusable: {error}"))
});

/// The topic of a purpose code of five digits, or of a category of three.
pub(super) fn topic(code: &str) -> Option<&'static Entry> {
    let key = [code, code.get(..3)?].into_iter().find_map(|code| CODES.sector.get(code))?;
    lexicon().by_key(EntityKind::Topic, key)
}

/// The region of a code of the OECD's DAC.
pub(super) fn dac_region(code: &str) -> Option<&'static Entry> {
    lexicon().by_key(EntityKind::Place, CODES.region.get(code)?)
}

/// The region of a code of the United Nations.
pub(super) fn un_region(code: &str) -> Option<&'static Entry> {
    static REGIONS: LazyLock<BTreeMap<&'static str, &'static Entry>> =
        LazyLock::new(|| by_id(EntityKind::Place, "m49"));
    REGIONS.get(code).copied()
}

/// The listed organization that has an id of IATI.
pub(super) fn organization(id: &str) -> Option<&'static Entry> {
    static ORGANIZATIONS: LazyLock<BTreeMap<&'static str, &'static Entry>> =
        LazyLock::new(|| by_id(EntityKind::Organization, "iati"));
    ORGANIZATIONS.get(id).copied()
}

/// Whether a channel code of the OECD's DAC means a sort of bodies (*donor country-based NGO*), not one of them.
pub(super) fn is_sort_of_body(channel: &str) -> bool {
    CODES
        .sorts_of_bodies
        .iter()
        .any(|sort| channel == *sort || sort.strip_suffix('*').is_some_and(|all| channel.starts_with(all)))
}

/// Whether a name means a sort of bodies (*Donor country-based NGO*, *Private donors*), not one of them.
pub(super) fn is_name_of_sort(name: &str) -> bool {
    static NAMES: LazyLock<BTreeSet<String>> =
        LazyLock::new(|| CODES.names_of_sorts.iter().map(|name| plain(name)).collect());
    NAMES.contains(&plain(name))
}

/// A name of a sort as it is compared: without the ends of plurals, and with one way of writing *organisation*.
fn plain(name: &str) -> String {
    let folded = fold(name).replace('z', "s");
    let word = |word: &str| match word {
        word if word.len() < 4 => word.to_owned(),
        word if word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
        word => word.strip_suffix('s').unwrap_or(word).to_owned(),
    };
    folded.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// The country of a code of ISO 3166-1.
pub(super) fn country(code: &str) -> Option<&'static Entry> {
    lexicon().by_key(EntityKind::Country, code)
}

fn by_id(kind: EntityKind, scheme: &str) -> BTreeMap<&'static str, &'static Entry> {
    let entries = lexicon().entries().iter().filter(|entry| entry.kind == kind);
    entries.filter_map(|entry| Some((*entry.external_ids.get(scheme)?, entry))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_means_something_that_is_listed() {
        for code in CODES.sector.keys() {
            assert!(topic(code).is_some(), "{code}");
        }
        for code in CODES.region.keys() {
            assert!(dac_region(code).is_some(), "{code}");
        }
        assert_eq!(topic("15180").map(|entry| &*entry.key), Some("GENDER_BASED_VIOLENCE"));
        assert_eq!(topic("15230").map(|entry| &*entry.key), Some("PEACE_AND_CONFLICT"), "by its category");
        assert!(topic("21010").is_none() && topic("1").is_none() && topic("é1").is_none());
        assert_eq!(organization("XM-DAC-47066").map(|entry| &*entry.key), Some("iom"));
        assert_eq!(un_region("002").map(|entry| &*entry.key), Some("africa"));
    }
    #[test]
    fn names_of_sorts_are_told_in_any_number_and_spelling() {
        for sort in [
            "Donor country-based NGO",
            "PRIVATE DONORS",
            "Other Public Entities in Donor Country",
            "ONG internationales",
            "NGOs",
        ] {
            assert!(is_name_of_sort(sort), "{sort}");
        }
        assert!(is_name_of_sort("Multilateral organizations") && is_name_of_sort("Multilateral organisation"));
        for name in [
            "Ngor Private Donors",
            "Government of Norway",
            "International Organization for Migration",
            "",
            "Université de Ngor",
        ] {
            assert!(!is_name_of_sort(name), "{name}");
        }
    }
}
