//! Public bodies, offices and embassies by what their names say, in any language.
//!
//! *ministère de la Santé publique du Tchad*, *Chad's Ministry of Health* in Chad → `ministry-health-td` · *OIM Tchad*, *bureau de l’OIM au
//! Tchad*, *IOM's office in Chad* → `iom-td` · *Embassy of Japan* in Nepal → `embassy-jp-np`
//!
//! Near miss: *Commission de l'Union africaine*: a word that no list explains makes a name that only says itself. Nothing is guessed:
//! two countries, two bodies of one acronym, or none where one is needed, and the name stays as it is.

use super::context::Context;
use crate::lexicon::{BodyWord, FormKind, bodies, lexicon};
use crate::model::{EntityKind, LocalEntity, fold};

/// What the name of a body is known to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Which one it is.
    Known {
        /// The key of its id.
        key: String,
        /// ISO 3166-1 code of the country that it is in.
        country: Option<String>,
    },
    /// One of a state, but not which.
    National,
    /// A part of a body of which nothing tells which: *Regional Office*, *Secretariat*.
    Vague,
    /// Nothing of the kind.
    Other,
}

/// The parts of a name, each in the order of the name.
#[derive(Debug, Default)]
struct Parts {
    heads: Vec<&'static str>,
    offices: Vec<&'static str>,
    embassies: Vec<&'static str>,
    units: usize,
    fields: Vec<&'static str>,
    countries: Vec<&'static str>,
    bodies: Vec<&'static str>,
    /// Key and country of places.
    places: Vec<(&'static str, Option<&'static str>)>,
    national: bool,
    unexplained: bool,
}

/// What the name of a local entity says, with the body that the document says it is part of.
pub(super) fn standing(local: &LocalEntity, at: usize, context: &Context<'_>) -> Standing {
    let parts = Parts::of(&local.name, context);
    let vague = parts.is_vague();
    let parts = parts.within(context.parent(at));
    let country = local.country.as_deref();
    if let Some(known) = parts.known(country, context.home()) {
        return known;
    }
    match &parts {
        _ if vague => Standing::Vague,
        parts if parts.is_national() => Standing::National,
        _ => Standing::Other,
    }
}

/// The listed body that an office belongs to.
pub(super) fn owner(local: &LocalEntity, at: usize, context: &Context<'_>) -> Option<&'static str> {
    if local.registry.is_some() || local.kind != EntityKind::Organization {
        return None;
    }
    match Parts::of(&local.name, context).within(context.parent(at)) {
        Parts { heads, embassies, fields, bodies, unexplained: false, .. }
            if heads.is_empty() && embassies.is_empty() && fields.is_empty() =>
        {
            bodies.first().copied()
        }
        _ => None,
    }
}

impl Parts {
    fn of(name: &str, context: &Context<'_>) -> Self {
        let folded = fold(name);
        let words: Vec<&str> = folded.split(' ').collect();
        let mut parts = Self::default();
        let mut at = 0;
        while at < words.len() {
            at += parts.take(&words[at..], name, context).max(1);
        }
        parts
    }

    /// The parts of an office's name that leaves its body out, with that body.
    fn within(mut self, parent: Option<&'static str>) -> Self {
        if self.bodies.is_empty() && !self.offices.is_empty() {
            self.bodies.extend(parent);
        }
        self
    }

    /// Takes what the longest phrase at the beginning of these words means; gives the number of its words.
    fn take(&mut self, words: &[&str], written: &str, context: &Context<'_>) -> usize {
        const LONGEST_NAME: usize = 10;
        for length in (1..=words.len().min(LONGEST_NAME)).rev() {
            let phrase = words[..length].join(" ");
            let known = if length <= bodies().longest() { bodies().word(&phrase) } else { None };
            match known {
                Some(BodyWord::Head(concept)) => self.heads.push(concept),
                Some(BodyWord::Office(concept)) => self.offices.push(concept),
                Some(BodyWord::Embassy(concept)) => self.embassies.push(concept),
                Some(BodyWord::Unit) => self.units += 1,
                Some(BodyWord::Field(concept)) => self.fields.push(concept),
                Some(BodyWord::National) => self.national = true,
                Some(BodyWord::Filler) => {}
                None if self.take_listed(&phrase, written, context) => {}
                None => continue,
            }
            return length;
        }
        self.unexplained = true;
        1
    }

    /// Takes a listed country, body or place; whether there is one beyond doubt.
    fn take_listed(&mut self, phrase: &str, written: &str, context: &Context<'_>) -> bool {
        let forms = lexicon().lookup(phrase);
        let fits = |form: &&crate::lexicon::ListedForm| match form.kind {
            FormKind::Acronym => written.contains(form.written),
            FormKind::Name | FormKind::Demonym => true,
            FormKind::Term => false,
        };
        let mut entries: Vec<usize> = forms.iter().filter(fits).map(|form| form.entry).collect();
        entries.sort_unstable();
        entries.dedup();
        let of = |kind: EntityKind| {
            let entries = entries.iter().map(|entry| lexicon().entry(*entry));
            entries.filter(move |entry| entry.kind == kind).collect::<Vec<_>>()
        };
        let (countries, mut listed, places) =
            (of(EntityKind::Country), of(EntityKind::Organization), of(EntityKind::Place));
        if let [country] = countries.as_slice() {
            self.countries.extend(country.country);
            return true;
        }
        if listed.len() > 1 {
            listed.retain(|entry| context.names(&entry.key));
        }
        if let [body] = listed.as_slice() {
            self.bodies.push(&body.key);
            return true;
        }
        let near = |country: Option<&str>| {
            country.is_some() && (self.countries.first().copied() == country || context.home() == country)
        };
        let nearest: Vec<_> = places.iter().filter(|place| places.len() == 1 || near(place.country)).collect();
        if let [place] = nearest.as_slice() {
            self.places.push((&place.key, place.country));
            return true;
        }
        false
    }

    fn known(&self, country: Option<&str>, home: Option<&str>) -> Option<Standing> {
        if self.unexplained || self.units > 0 || self.countries.len() > 2 {
            return None;
        }
        let known = |key: String, country: Option<&str>| Standing::Known {
            key: key.to_lowercase(),
            country: country.map(str::to_owned),
        };
        let named = self.countries.first().copied();
        match (self.heads.as_slice(), self.embassies.as_slice(), self.bodies.as_slice()) {
            ([head], [], []) if self.offices.is_empty() && self.places.is_empty() && self.countries.len() < 2 => {
                let ministry = *head == "ministry";
                if ministry == self.fields.is_empty() {
                    return None;
                }
                let code = named.or(country).or(home)?;
                let mut fields = self.fields.clone();
                fields.sort_unstable();
                fields.dedup();
                let parts: Vec<&str> = std::iter::once(*head).chain(fields).chain([code]).collect();
                Some(known(parts.join("-"), Some(code)))
            }
            ([], [embassy], []) if self.fields.is_empty() && self.offices.is_empty() => {
                let owner = named?;
                let city = self.places.first();
                let host = self.countries.get(1).copied().or_else(|| city.and_then(|(_, country)| *country)).or(home);
                let host = host.filter(|host| *host != owner)?;
                match (*embassy, city) {
                    ("embassy", _) => Some(known(format!("embassy-{owner}-{host}"), Some(host))),
                    (_, Some((city, _))) => Some(known(format!("{embassy}-{owner}-{city}"), Some(host))),
                    (_, None) => None,
                }
            }
            ([], [], [body]) if self.fields.is_empty() && !self.national => self.office(body, known),
            _ => None,
        }
    }

    /// *OIM Tchad*, *UNHCR Regional Bureau for West and Central Africa*, *bureau de l'OIM à Bol*.
    fn office(&self, body: &str, known: impl Fn(String, Option<&str>) -> Standing) -> Option<Standing> {
        let regional = self.offices.contains(&"regional-office");
        let region = self.places.iter().find(|(_, country)| country.is_none());
        let city = self.places.iter().find(|(_, country)| country.is_some());
        if self.offices.len() > 1 || self.countries.len() > 1 {
            return None;
        }
        match (region, city, self.countries.first()) {
            (Some((region, _)), ..) => Some(known(format!("{body}-regional-{region}"), None)),
            (None, Some((city, country)), _) if regional => Some(known(format!("{body}-regional-{city}"), *country)),
            (None, Some((city, country)), _) => Some(known(format!("{body}-{city}"), *country)),
            (None, None, Some(country)) if !regional => Some(known(format!("{body}-{country}"), Some(country))),
            _ => None,
        }
    }

    /// Whether nothing in it is a name: neither a body nor a country or place, nor a word that no list explains.
    fn is_vague(&self) -> bool {
        let part = self.units > 0 || !self.offices.is_empty() || !self.fields.is_empty() && self.embassies.is_empty();
        let names = !self.bodies.is_empty() || !self.countries.is_empty() || !self.places.is_empty();
        part && !names && !self.unexplained && self.heads.is_empty() && !self.national
    }

    fn is_national(&self) -> bool {
        let state = !self.heads.is_empty() || !self.embassies.is_empty() || self.national;
        state && self.bodies.is_empty() && self.places.is_empty() && self.countries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::{Annotations, Document, DocumentId, Language, Mention, MentionForm, RuleId, Span};

    fn local(kind: EntityKind, name: &str, country: Option<&str>) -> LocalEntity {
        LocalEntity {
            kind,
            name: name.into(),
            aliases: BTreeSet::new(),
            registry: None,
            source_id: None,
            named: true,
            country: country.map(str::to_owned),
            mentions: vec![Mention { span: Span::new(0, 1), form: MentionForm::Name, rule: RuleId::new("test") }],
        }
    }

    /// The key of a body in a document that names only this country.
    fn key(name: &str, home: Option<&str>) -> Option<String> {
        let id = DocumentId::of_bytes(b"a");
        let document = Document {
            id: id.clone(),
            source: String::new(),
            title: None,
            url: None,
            language: Language::new("fr"),
            published: None,
            text: "text".into(),
            sections: Vec::new(),
            lines: None,
        };
        let entities = home.iter().map(|code| local(EntityKind::Country, "Country", Some(code))).collect();
        let annotations = Annotations { document: id, entities, relations: Vec::new() };
        match standing(&local(EntityKind::Organization, name, None), 0, &Context::of(&document, &annotations)) {
            Standing::Known { key, .. } => Some(key),
            Standing::Vague => Some("vague".into()),
            Standing::National => Some("national".into()),
            Standing::Other => None,
        }
    }

    #[test]
    fn names_in_three_languages_are_one_body() {
        let bodies: [(&str, Option<&str>, &[&str]); 6] = [
            (
                "ministry-health-td",
                Some("TD"),
                &[
                    "ministère de la Santé publique du Tchad",
                    "Ministry of Health",
                    "Ministerio de Salud Pública",
                    "Chad's Ministry of Public Health",
                ],
            ),
            (
                "iom-td",
                None,
                &["OIM Tchad", "bureau de l’OIM au Tchad", "IOM's office in Chad", "oficina de la OIM en el Chad"],
            ),
            (
                "police-ne",
                Some("NE"),
                &[
                    "Police nationale",
                    "National Police of Niger",
                    "Policía Nacional del Níger",
                    "Niger National Police",
                ],
            ),
            (
                "embassy-us-gt",
                Some("GT"),
                &["ambassade des Etats-Unis", "U.S. Embassy", "embajada de los Estados Unidos"],
            ),
            (
                "un-unhcr-regional-west-central-africa",
                None,
                &[
                    "bureau régional du HCR pour l’Afrique de l’Ouest et du Centre",
                    "UNHCR Regional Bureau for West and Central Africa",
                ],
            ),
            (
                "ministry-agriculture-food-livestock-gt",
                Some("GT"),
                &[
                    "Ministerio de Agricultura, Ganadería y Alimentación",
                    "ministère de l'Agriculture, de l'Élevage et de l'Alimentation",
                ],
            ),
        ];
        for (expected, home, names) in bodies {
            for name in names {
                assert_eq!(key(name, home).as_deref(), Some(expected), "{name}");
            }
        }
    }

    #[test]
    fn what_is_not_explained_is_not_guessed() {
        assert_eq!(key("Commission de l'Union africaine", None), None);
        assert_eq!(key("Fonds fiduciaire de l'Union européenne pour l'Afrique", None), None);
        assert_eq!(key("OIM", None), None);
        assert_eq!(key("OIM El Salvador, Guatemala et Honduras", None), None);
        assert_eq!(key("bureau régional de l’OIM", Some("SN")), None);
        assert_eq!(key("Regional Office", Some("SN")).as_deref(), Some("vague"));
        assert_eq!(key("Foreign Affairs", Some("SN")).as_deref(), Some("vague"));
        assert_eq!(key("Secrétariat technique", None).as_deref(), Some("vague"));
        assert_eq!(key("ministère de la Santé", None).as_deref(), Some("national"));
        assert_eq!(key("U.S. Embassy", Some("US")), None, "not in its own country");
        assert_eq!(key("Office national de la pêche", None).as_deref(), Some("national"));
    }
}
