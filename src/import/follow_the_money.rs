//! Entities of FollowTheMoney, one JSON object a line.
//!
//! `{"id": "a", "schema": "Employment", "properties": {"employee": ["p"], "employer": ["o"], "role": ["chief"]}}` → *p* WORKS_FOR *o*, whose
//! evidence is the line
//!
//! Things may stand behind what names them, so the file is read twice: first which ids there are and of which kind, then what lines say. A
//! schema that no kind or relation means is counted, not bent. Must not know a store.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::chunk::{Chunk, Thing};
use super::fields::{Field, list, scalar};
use super::input::Input;
use super::kinds::Ends;
use super::known::{Ids, Known, country, listed};
use super::read::{LONGEST_ID, LONGEST_NAME, date, sound};
use super::{Files, Item, Reject, Side};
use crate::error::{Error, Result};
use crate::model::{DateRange, EntityKind, Qualifiers, RelationKind, Span};
use crate::ontology::ontology;

/// What a line may have; unknown keys are passed over.
#[derive(Deserialize)]
struct Line<'l> {
    id: Cow<'l, str>,
    schema: Cow<'l, str>,
    #[serde(borrow, default)]
    properties: BTreeMap<Cow<'l, str>, &'l RawValue>,
}

/// What a schema is here.
enum Meaning {
    Entity(EntityKind),
    /// A relation between what two properties name.
    Relation(&'static str, &'static str, Tells),
    /// Nothing: how it is counted.
    Nothing(&'static str),
}

/// Which relation a line tells.
#[derive(Clone, Copy)]
enum Tells {
    This(RelationKind),
    /// What the role of a participant says.
    Role,
    /// Who pays for a project.
    Payment,
}

fn meaning(schema: &str) -> Meaning {
    use EntityKind::{Event, Organization, Person, Project, Publication};
    match schema {
        "Person" => Meaning::Entity(Person),
        "Organization" | "Company" | "PublicBody" | "LegalEntity" => Meaning::Entity(Organization),
        "Project" => Meaning::Entity(Project),
        "Event" => Meaning::Entity(Event),
        "Document" | "Article" | "Pages" | "HyperText" | "PlainText" => Meaning::Entity(Publication),
        "Membership" => Meaning::Relation("member", "organization", Tells::This(RelationKind::MemberOf)),
        "Employment" => Meaning::Relation("employee", "employer", Tells::This(RelationKind::WorksFor)),
        "Directorship" => Meaning::Relation("director", "organization", Tells::This(RelationKind::WorksFor)),
        "ProjectParticipant" => Meaning::Relation("participant", "project", Tells::Role),
        "Payment" => Meaning::Relation("payer", "project", Tells::Payment),
        "Ownership" => Meaning::Nothing("Ownership (no relation says who owns)"),
        "Representation" | "Associate" | "Family" | "Succession" | "UnknownLink" | "Occupancy" => {
            Meaning::Nothing("link between people or bodies that no relation means")
        }
        _ => Meaning::Nothing("schema that is no kind of entity or relation here"),
    }
}

/// Words of roles by which participants pay for a project, or carry it out.
const PAYS: [&str; 6] = ["funder", "donor", "financier", "funding", "bailleur", "financiador"];
const CARRIES_OUT: [&str; 6] = ["implementer", "implementing", "executing", "contractor", "maître d'œuvre", "ejecutor"];

/// Whether a text begins as lines of FollowTheMoney do.
pub(super) fn is_entities(head: &str) -> bool {
    let line = head.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let found = serde_json::from_str::<Line<'_>>(line);
    found.is_ok_and(|found| !found.schema.is_empty() && line.contains("\"properties\""))
}

/// Reads a file of entities.
///
/// # Errors
/// The file cannot be read at all, or is standard input, which cannot be read twice.
pub(super) fn read(files: &Files, give: &mut dyn FnMut(Item) -> bool) -> Result<()> {
    let path = &files.entities;
    let failed = |error: std::io::Error| Error::read(path, error);
    if path.as_os_str() == "-" {
        return Err(Error::read(path, "lines may name what stands further on, so it is read twice: give a file"));
    }
    let mut ids = Ids::default();
    let mut input = Input::open(path).map_err(failed)?;
    while let Some((_, line)) = input.next().map_err(failed)? {
        // What is wrong with a line is told when it is read again.
        let Ok(line) = line else { continue };
        let Ok(found) = parsed(line) else { continue };
        if let Meaning::Entity(kind) = meaning(&found.schema) {
            let names = names(&found, line).unwrap_or_default();
            let name = names.first().map_or("", |name| &name.text);
            ids.keep(ids.key(&found.id), Known { kind, entry: listed(kind, name).map(|(place, _)| place) });
        }
    }
    let mut input = Input::open(path).map_err(failed)?;
    let mut reading = Reading {
        chunk: Chunk::of(files, &input.name.clone(), input.digest.as_ref()),
        ends: Ends::of(ontology()),
        passed: BTreeMap::new(),
        ids,
    };
    let (shown, mut read): (Arc<str>, u64) = (path.to_string_lossy().into(), 0);
    loop {
        let so_far = input.read();
        if so_far > read && !give(Item::Read(so_far - read)) {
            return Ok(());
        }
        read = so_far;
        let Some((number, line)) = input.next().map_err(failed)? else { break };
        let taken =
            line.and_then(|line| if line.trim().is_empty() { Ok(None) } else { reading.line(number, line, give) });
        let wanted = match taken {
            Ok(None) => true,
            Ok(Some(is_entity)) => !is_entity || give(Item::Record(true)),
            Err(reason) => give(Item::Refused(Reject { file: Arc::clone(&shown), line: number, reason })),
        };
        if !wanted {
            return Ok(());
        }
    }
    if let Some(last) = reading.chunk.end()
        && !give(Item::Lines(Side::Both, last))
    {
        return Ok(());
    }
    for (what, times) in reading.passed {
        give(Item::Passed(what.into(), times));
    }
    Ok(())
}

/// A file that is being read for the second time.
struct Reading {
    chunk: Chunk,
    ends: Ends,
    passed: BTreeMap<&'static str, usize>,
    ids: Ids,
}

/// An entity that a line names by its id.
struct Other {
    known: Known,
    id: String,
    span: Span,
}

impl Reading {
    /// Takes a line in; whether it is an entity, nothing when it says nothing that is known here.
    fn line(
        &mut self,
        number: usize,
        line: &str,
        give: &mut dyn FnMut(Item) -> bool,
    ) -> std::result::Result<Option<bool>, String> {
        let found = parsed(line)?;
        if found.id.trim().is_empty() || found.id.chars().count() > LONGEST_ID || found.id.chars().any(char::is_control)
        {
            return Err(format!("id is no id of up to {LONGEST_ID} characters"));
        }
        match meaning(&found.schema) {
            Meaning::Nothing(what) => {
                self.pass(what);
                Ok(None)
            }
            Meaning::Entity(kind) => self.entity(number, line, &found, kind, give).map(|()| Some(true)),
            Meaning::Relation(subject, object, tells) => {
                self.relation(number, line, &found, (subject, object, tells), give).map(|said| said.then_some(false))
            }
        }
    }

    fn entity(
        &mut self,
        number: usize,
        line: &str,
        found: &Line<'_>,
        kind: EntityKind,
        give: &mut dyn FnMut(Item) -> bool,
    ) -> std::result::Result<(), String> {
        let known = self.ids.find(self.ids.key(&found.id)).unwrap_or(Known { kind, entry: None });
        if known.kind != kind {
            return Err(format!(
                "id {:?} stands in an earlier line as a {}; the first one counts",
                found.id, known.kind
            ));
        }
        let mut names = names(found, line)?.into_iter();
        let name = names.next().ok_or("has no name; properties need a name or a title")?;
        let aliases = names.map(|name| name.text.into_owned()).collect();
        let countries = found.values("country", line)?;
        let home = countries.iter().chain(&found.values("jurisdiction", line)?).find_map(|code| {
            country(&code.text).and_then(|known| known.entry).map(|entry| super::known::entry(entry).key.to_string())
        });
        let others: Vec<(RelationKind, bool, Other)> = match kind {
            EntityKind::Project => self.places(RelationKind::OperatesIn, &countries),
            EntityKind::Event => {
                let mut others = self.places(RelationKind::HeldIn, &countries);
                others.extend(self.others(RelationKind::Organizes, false, found.values("organizer", line)?));
                others.extend(self.others(RelationKind::ParticipatesIn, false, found.values("involved", line)?));
                others
            }
            EntityKind::Organization => self.others(RelationKind::PartOf, true, found.values("parent", line)?),
            _ => Vec::new(),
        };
        let start = self.keep(number, line, give);
        let country = home.filter(|_| kind == EntityKind::Organization);
        let (id, span) = (&*found.id, name.span);
        let thing = Thing { known, id, name: Some(name.text.into_owned()), aliases, country, span };
        let this = self.chunk.thing(start, thing);
        for (relation, forwards, other) in others {
            let kinds = if forwards { (kind, other.known.kind) } else { (other.known.kind, kind) };
            if !self.ends.allow(relation, kinds.0, kinds.1) || other.id == found.id {
                self.pass("property that joins what its relation may not join");
                continue;
            }
            let that = self.other(start, &other);
            let (this, that) = ((this, span), (that, other.span));
            let ends = if forwards { (this, that) } else { (that, this) };
            self.chunk.statement(start, (relation, None), ends, Qualifiers::default());
        }
        Ok(())
    }

    /// Takes a line in that joins two entities; whether it says what a relation means.
    fn relation(
        &mut self,
        number: usize,
        line: &str,
        found: &Line<'_>,
        (subject, object, tells): (&'static str, &'static str, Tells),
        give: &mut dyn FnMut(Item) -> bool,
    ) -> std::result::Result<bool, String> {
        let role = found.values("role", line)?.into_iter().next();
        let kind = match tells {
            Tells::This(kind) => kind,
            Tells::Payment if !found.properties.contains_key("project") => {
                self.pass("Payment that names no project (to pay a bill is not to fund)");
                return Ok(false);
            }
            Tells::Payment => RelationKind::Funds,
            Tells::Role => {
                let said = role.as_ref().map(|role| role.text.to_lowercase()).unwrap_or_default();
                let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
                if says(&PAYS) {
                    RelationKind::Funds
                } else if says(&CARRIES_OUT) {
                    RelationKind::Implements
                } else {
                    self.pass("ProjectParticipant whose role is neither to pay nor to carry out");
                    return Ok(false);
                }
            }
        };
        let end = |name: &str| -> std::result::Result<Vec<Other>, String> {
            let ids = found.values(name, line)?;
            if ids.is_empty() {
                return Err(format!("has no {name}"));
            }
            let known = |id: &Field<'_>| self.ids.find(self.ids.key(&id.text));
            let other = |id: Field<'_>| {
                let known =
                    known(&id).ok_or_else(|| format!("{name} {:?} is the id of no entity in the file", id.text))?;
                Ok(Other { known, id: id.text.into_owned(), span: id.span })
            };
            ids.into_iter().map(other).collect()
        };
        let (subjects, objects) = (end(subject)?, end(object)?);
        let qualifiers = qualifiers(found, line, role)?;
        let mut pairs = Vec::new();
        for (one, other) in subjects.iter().flat_map(|one| objects.iter().map(move |other| (one, other))) {
            if !self.ends.allow(kind, one.known.kind, other.known.kind) {
                return Err(format!(
                    "{kind} may not join a {} ({subject}) to a {} ({object})",
                    one.known.kind, other.known.kind
                ));
            }
            if one.id == other.id {
                return Err(format!("{subject} and {object} are one entity"));
            }
            pairs.push((one, other));
        }
        let start = self.keep(number, line, give);
        for (one, other) in pairs {
            let ends = ((self.other(start, one), one.span), (self.other(start, other), other.span));
            self.chunk.statement(start, (kind, None), ends, qualifiers.clone());
        }
        Ok(true)
    }

    fn places(&self, kind: RelationKind, codes: &[Field<'_>]) -> Vec<(RelationKind, bool, Other)> {
        let place = |code: &Field<'_>| {
            Some((kind, true, Other { known: country(&code.text)?, id: code.text.to_lowercase(), span: code.span }))
        };
        codes.iter().filter_map(place).collect()
    }

    fn others(&mut self, kind: RelationKind, forwards: bool, ids: Vec<Field<'_>>) -> Vec<(RelationKind, bool, Other)> {
        let mut others = Vec::new();
        for id in ids {
            match self.ids.find(self.ids.key(&id.text)) {
                Some(known) => others.push((kind, forwards, Other { known, id: id.text.into_owned(), span: id.span })),
                None => self.pass("property that names what is not in the file"),
            }
        }
        others
    }

    /// The place of an entity of which the line tells the id alone.
    fn other(&mut self, start: usize, other: &Other) -> usize {
        let (name, aliases, country) = (None, BTreeSet::new(), None);
        self.chunk.thing(start, Thing { known: other.known, id: &other.id, name, aliases, country, span: other.span })
    }

    fn keep(&mut self, number: usize, line: &str, give: &mut dyn FnMut(Item) -> bool) -> usize {
        let (start, full) = self.chunk.line(number, line);
        if let Some(full) = full {
            give(Item::Lines(Side::Both, full));
        }
        start
    }

    fn pass(&mut self, what: &'static str) {
        *self.passed.entry(what).or_insert(0) += 1;
    }
}

impl<'l> Line<'l> {
    /// What a property says: one value, or several.
    fn values(&self, name: &str, line: &str) -> std::result::Result<Vec<Field<'l>>, String> {
        let Some(raw) = self.properties.get(name).copied() else { return Ok(Vec::new()) };
        let found = match raw.get().starts_with('[') {
            true => list(line, raw),
            false if raw.get() == "null" => Ok(Vec::new()),
            false => scalar(line, raw).map(|value| value.into_iter().collect()),
        };
        let found = found.map_err(|why| format!("{name} {why}"))?;
        found.into_iter().map(|value| sound(name, value, LONGEST_NAME)).collect()
    }
}

fn parsed(line: &str) -> std::result::Result<Line<'_>, String> {
    serde_json::from_str(line).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        format!(
            "is no entity of FollowTheMoney ({reason}); write one object a line: {{\"id\", \"schema\", \"properties\"}}"
        )
    })
}

/// The names of an entity, the one to show first.
fn names<'l>(found: &Line<'l>, line: &str) -> std::result::Result<Vec<Field<'l>>, String> {
    let mut names = found.values("name", line)?;
    for other in ["title", "fileName", "alias", "weakAlias", "previousName", "abbreviation"] {
        let is_only = matches!(other, "title" | "fileName");
        if !is_only || names.is_empty() {
            names.extend(found.values(other, line)?);
        }
    }
    Ok(names)
}

fn qualifiers(found: &Line<'_>, line: &str, role: Option<Field<'_>>) -> std::result::Result<Qualifiers, String> {
    let first = |name: &str| Ok::<_, String>(found.values(name, line)?.into_iter().next());
    let day = |name: &str| first(name)?.map(|said| date(&said.text)).transpose();
    let (from, to) = (day("startDate")?.map_or_else(|| day("date"), |from| Ok(Some(from)))?, day("endDate")?);
    let end = to.map(|to| to.start).filter(|to| from.is_some_and(|from| *to > from.start));
    let amount = first("amount")?.map(|said| {
        let amount = said.text.parse::<f64>().ok().filter(|amount| amount.is_finite());
        amount.ok_or_else(|| format!("amount {:?} is no number", said.text))
    });
    Ok(Qualifiers {
        date: from.map(|from| DateRange { start: from.start, end }),
        role: role.map(|role| role.text.into_owned()),
        amount: amount.transpose()?,
        currency: first("currency")?.map(|said| said.text.to_uppercase()),
        ..Qualifiers::default()
    })
}
