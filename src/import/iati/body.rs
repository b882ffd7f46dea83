//! Who an element names: a listed body, one that its id tells, or one that its name tells within what one publisher does in one country.
//!
//! `<provider-org ref="XM-DAC-47066"/>` → `iom` · `<provider-org><narrative>Norvège</narrative></provider-org>` → the country
//!
//! An id that is one thing everywhere is that thing whatever the names beside it; a list's name tells only who bears none. Must not know what
//! the body does.

use std::collections::BTreeSet;

use super::bodies::Called;
use super::codes;
use super::scene::{Outcome, Scene, Silent};
use super::tree::Placed;
use crate::import::known::{entry, listed};
use crate::import::read::{LONGEST_ID, LONGEST_NAME};
use crate::lexicon::Entry;
use crate::model::{EntityKind, Span, id_of_parts, slug};

/// An entity that an element names.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) kind: EntityKind,
    pub(super) entry: Option<&'static Entry>,
    /// The id in the namespace of the standard, or one put together of the publisher's own words; empty for what only a list knows.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) aliases: BTreeSet<String>,
    pub(super) span: Span,
}

impl Scene<'_> {
    /// The organization, or the country, that an element names; nothing when it names none.
    pub(super) fn body(&self, at: usize) -> Outcome<Option<Named>> {
        self.body_by(at, self.tree.attribute(at, "ref"))
    }

    /// The same by an id that may stand elsewhere.
    pub(super) fn body_by(&self, at: usize, reference: Option<&Placed>) -> Outcome<Option<Named>> {
        let names: Vec<Placed> = self.tree.narratives(at).into_iter().filter(|name| is_body_name(&name.text)).collect();
        if let Some(said) = reference
            && !is_id(&said.text)
        {
            return Err(Silent::Wrong(format!("has a ref that is no id of up to {LONGEST_ID} characters")));
        }
        let Some(span) = names.first().map(|name| name.span).or_else(|| reference.map(|said| said.span)) else {
            return Ok(None);
        };
        let names: Vec<String> = names.into_iter().map(|name| name.text).collect();
        let (entry, id) = self.identity(reference.map(|said| said.text.as_str()), &names);
        let mut names = names.into_iter();
        let name = names.next().unwrap_or_default();
        let aliases = names.filter(|alias| *alias != name).collect();
        let kind = entry.map_or(EntityKind::Organization, |entry| entry.kind);
        Ok(Some(Named { kind, entry, id, name, aliases, span }))
    }

    /// What a list knows a body as, and its id.
    fn identity(&self, reference: Option<&str>, names: &[String]) -> (Option<&'static Entry>, String) {
        if let Some(id) = reference.and_then(global_id) {
            return (listed_body(&id), id);
        }
        if let Some(id) = reference.filter(|id| !self.publisher.is_empty() && is_own_id(id)) {
            return match self.bodies.called(&self.publisher, id) {
                Called::Listed(place) => (Some(entry(place)), String::new()),
                Called::Sort => (None, self.own_id("org-ref", id)),
                Called::Otherwise => (None, id_of_parts(&[&self.publisher, "org-ref", id])),
            };
        }
        // A country that pays stands for its government.
        let by_name = |kind| names.iter().find_map(|name| listed(kind, name)).map(|(_, entry)| entry);
        if let Some(entry) = by_name(EntityKind::Organization).or_else(|| by_name(EntityKind::Country)) {
            return (Some(entry), String::new());
        }
        match names.first() {
            Some(name) if !names.iter().any(|name| codes::is_name_of_sort(name)) => {
                (None, self.id_by_name("org", name))
            }
            Some(name) => (None, self.own_id("org", name)),
            None => (None, self.own_id("org", reference.unwrap_or_default())),
        }
    }

    /// An id for what only its name tells: it is one within what one publisher does in one country, or else within the activity.
    pub(super) fn id_by_name(&self, what: &str, name: &str) -> String {
        match &self.country {
            Some(country) if !self.publisher.is_empty() => id_of_parts(&[&self.publisher, country, what, &slug(name)]),
            _ => self.own_id(what, name),
        }
    }

    /// An id for what is one within the activity alone.
    fn own_id(&self, what: &str, name: &str) -> String {
        id_of_parts(&["", &self.activity.id, what, &slug(name)])
    }

    /// Whether an id is that of an organization, so that it is no activity wherever it stands.
    pub(super) fn is_body(&self, id: &str) -> bool {
        is_body_everywhere(id) || !self.bodies.is_activity(id) && (id == self.publisher || self.bodies.is_body(id))
    }
}

pub(super) fn of_entry(entry: &'static Entry, span: Span) -> Named {
    let (name, aliases, id) = (String::new(), BTreeSet::new(), String::new());
    Named { kind: entry.kind, entry: Some(entry), id, name, aliases, span }
}

/// Another activity, of which only the id is told.
pub(super) fn project(said: &Placed) -> Outcome<Named> {
    if !is_id(&said.text) {
        return Err(Silent::Wrong(format!("names an activity by what is no id of up to {LONGEST_ID} characters")));
    }
    let (id, span) = (said.text.clone(), said.span);
    Ok(Named { kind: EntityKind::Project, entry: None, id, name: String::new(), aliases: BTreeSet::new(), span })
}

pub(super) fn is_id(text: &str) -> bool {
    text.chars().count() <= LONGEST_ID && !text.chars().any(char::is_control)
}

pub(super) fn is_name(text: &str) -> bool {
    text.chars().count() <= LONGEST_NAME && !text.chars().any(char::is_control)
}

/// Whether a body can be told by a name: a dash stands where there is none.
pub(super) fn is_body_name(text: &str) -> bool {
    is_name(text) && text.chars().any(char::is_alphanumeric)
}

/// The listed organization of an id; channels of the OECD's DAC are written with and without their prefix.
fn listed_body(id: &str) -> Option<&'static Entry> {
    codes::organization(id).or_else(|| match id.strip_prefix("XM-DAC-") {
        Some(channel) => codes::organization(channel),
        None => codes::organization(&format!("XM-DAC-{id}")),
    })
}

/// An id that is one thing everywhere: it is listed, or names the register that gave it, by the two letters of a country or of `XI`, `XM`,
/// `XR`, or is a channel of the OECD's DAC. Others are a publisher's own.
fn global_id(id: &str) -> Option<String> {
    if let Some(channel) = channel(id) {
        return (!codes::is_sort_of_body(channel)).then(|| format!("XM-DAC-{channel}"));
    }
    let is_of_register = id.split_once('-').is_some_and(|(register, number)| {
        register.len() == 2 && register.bytes().all(|byte| byte.is_ascii_uppercase()) && !number.is_empty()
    });
    (is_of_register || listed_body(id).is_some()).then(|| id.to_owned())
}

/// The channel of the OECD's DAC that an id is, with its prefix or without.
fn channel(id: &str) -> Option<&str> {
    let code = id.strip_prefix("XM-DAC-").unwrap_or(id);
    (code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit())).then_some(code)
}

/// Whether an id that names no register can still be one that its publisher gave to a body. Numbers of one or two digits are codes of types,
/// and what has no digit, or none but zeros, stands where an id is missing: `N/A`, `unknown`, `0000`.
pub(super) fn is_own_id(id: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() && byte != b'0';
    id.len() > 2 && id.bytes().any(digit) && channel(id).is_none() && global_id(id).is_none()
}

/// Whether an id is that of an organization by its form: it is listed, a channel of the OECD's DAC, or a number in a register of
/// governments (`US-GOV-11`); those of activities have more behind it.
fn is_body_everywhere(id: &str) -> bool {
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_government = || {
        let mut parts = id.splitn(3, '-');
        let [country, register, number] = [parts.next(), parts.next(), parts.next()].map(Option::unwrap_or_default);
        country.len() == 2 && register == "GOV" && is_number(number)
    };
    listed_body(id).is_some() || id.starts_with("XM-DAC-") && channel(id).is_some() || is_government()
}
