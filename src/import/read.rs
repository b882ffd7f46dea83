//! Reads the two files, line by line: entities first, then the relations between them.
//!
//! `read(&files, &mut |item| …)` → contributions and refused lines, in the order of the lines
//!
//! What makes a line refused is said here, and nowhere else.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::chunk::{Chunk, End};
use super::fields::{Field, Fields, Format, header, is_json};
use super::input::Input;
use super::kinds::{Ends, entity_kind, entity_kinds, relation_kind, relation_kinds};
use super::known::{Ids, Known, listed};
use super::{Files, Form, Item, Reject, Side};
use crate::error::{Error, Result};
use crate::model::{DateRange, EntityKind};
use crate::ontology::ontology;

/// The longest id and the longest name, in characters.
pub(super) const LONGEST_ID: usize = 500;
pub(super) const LONGEST_NAME: usize = 1_000;

/// Reads the files. What comes out is given away one by one; reading ends early when nobody wants more.
///
/// # Errors
/// A file cannot be read at all, or its first line does not say what its columns are.
pub fn read(files: &Files, give: &mut dyn FnMut(Item) -> bool) -> Result<()> {
    match &files.form {
        Form::Graph => graph(files, give),
        Form::Iati => super::iati::read(files, give),
        Form::Table(mapping) => super::table::read(files, mapping, give),
        Form::FollowTheMoney => super::follow_the_money::read(files, give),
    }
}

/// Reads a file of entities and perhaps one of relations between them.
fn graph(files: &Files, give: &mut dyn FnMut(Item) -> bool) -> Result<()> {
    let mut ids = Ids::default();
    let entities = &mut |place: Place<'_>, fields: Fields<'_>| entity(&mut ids, place, fields);
    if !file(files, (&files.entities, Side::Entities), &["id", "kind", "name"], entities, give)? {
        return Ok(());
    }
    let Some(path) = &files.relations else { return Ok(()) };
    let ends = Ends::of(ontology());
    let relations = &mut |place: Place<'_>, fields: Fields<'_>| relation(&mut ids, &ends, place, fields);
    file(files, (path, Side::Relations), &["kind", "source", "target"], relations, give).map(drop)
}

/// A line that is being read, and where it goes.
struct Place<'p> {
    chunk: &'p mut Chunk,
    number: usize,
    line: &'p str,
    give: &'p mut dyn FnMut(Item) -> bool,
    side: Side,
}

impl Place<'_> {
    /// Keeps the line; where it begins. Whoever wants no more says so at the next line.
    fn keep(&mut self) -> usize {
        let (start, full) = self.chunk.line(self.number, self.line);
        if let Some(full) = full {
            (self.give)(Item::Lines(self.side, full));
        }
        start
    }
}

/// What takes a line in, or says why it does not.
type Take<'t> = dyn FnMut(Place<'_>, Fields<'_>) -> std::result::Result<(), String> + 't;

/// Reads one file; whether anybody wants more.
fn file(
    files: &Files,
    (path, side): (&Path, Side),
    needed: &[&str],
    take: &mut Take<'_>,
    give: &mut dyn FnMut(Item) -> bool,
) -> Result<bool> {
    let failed = |error: std::io::Error| Error::read(path, error);
    let mut input = Input::open(path).map_err(failed)?;
    let shown: Arc<str> = if path.as_os_str() == "-" { "-".into() } else { path.to_string_lossy().into() };
    let mut chunk = Chunk::of(files, &input.name, input.digest.as_ref());
    let (mut format, mut read) = (None, 0);
    loop {
        let so_far = input.read();
        if so_far > read && !give(Item::Read(so_far - read)) {
            return Ok(false);
        }
        read = so_far;
        let Some((number, line)) = input.next().map_err(failed)? else { break };
        let taken = match (line, &format) {
            (Ok(line), _) if line.trim().is_empty() => continue,
            (Ok(line), None) if !is_json(path, line) => {
                format = Some(header(line, needed).map_err(|reason| Error::read(path, reason))?);
                continue;
            }
            (Ok(line), _) => {
                let format = format.get_or_insert(Format::Json);
                let place = Place { chunk: &mut chunk, number, line, give, side };
                format.fields(line).and_then(|fields| take(place, fields))
            }
            (Err(reason), _) => Err(reason),
        };
        if let Err(reason) = taken
            && !give(Item::Refused(Reject { file: Arc::clone(&shown), line: number, reason }))
        {
            return Ok(false);
        }
    }
    Ok(chunk.end().is_none_or(|last| give(Item::Lines(side, last))))
}

fn entity(ids: &mut Ids, mut place: Place<'_>, fields: Fields<'_>) -> std::result::Result<(), String> {
    let id = needed("id", fields.id, LONGEST_ID)?;
    let kind = needed("kind", fields.kind, LONGEST_ID)?;
    let name = needed("name", fields.name, LONGEST_NAME)?;
    let kind = entity_kind(&kind.text)
        .ok_or_else(|| format!("kind {:?} is no kind of entity; those are {}", kind.text, entity_kinds()))?;
    let mut aliases = BTreeSet::new();
    for alias in fields.aliases {
        aliases.insert(sound("alias", alias, LONGEST_NAME)?.text.into_owned());
    }
    aliases.remove(name.text.as_ref());
    let known = Known { kind, entry: listed(kind, &name.text).map(|(place, _)| place) };
    if !ids.keep(ids.key(&id.text), known) {
        return Err(format!("id {:?} stands in an earlier line; the first one counts", id.text));
    }
    let start = place.keep();
    place.chunk.entity(start, known, &id.text, (name.text.into_owned(), name.span), aliases);
    Ok(())
}

fn relation(
    ids: &mut Ids,
    allowed: &Ends,
    mut place: Place<'_>,
    fields: Fields<'_>,
) -> std::result::Result<(), String> {
    let kind = needed("kind", fields.kind, LONGEST_ID)?;
    let (source, target) = (needed("source", fields.source, LONGEST_ID)?, needed("target", fields.target, LONGEST_ID)?);
    let id = fields.id.map(|id| sound("id", id, LONGEST_ID)).transpose()?;
    let date = fields.year.map(|year| date(&year.text)).transpose()?;
    for document in fields.documents {
        sound("one of the documents", document, LONGEST_NAME)?;
    }
    let (word, words_at) = (kind.text, kind.span);
    let kind = relation_kind(&word)
        .ok_or_else(|| format!("kind {word:?} is no kind of relation; those are {}", relation_kinds()))?;
    let (subject, object) = (end(ids, "source", &source)?, end(ids, "target", &target)?);
    let kinds: (EntityKind, EntityKind) = (subject.known.kind, object.known.kind);
    if !allowed.allow(kind, kinds.0, kinds.1) {
        return Err(format!("{kind} may not join a {} (source) to a {} (target)", kinds.0, kinds.1));
    }
    let one = kinds.0 == kinds.1 && subject.known.entry.is_some() && subject.known.entry == object.known.entry;
    if one || subject.key == object.key {
        return Err(format!("source {:?} and target {:?} are one entity", source.text, target.text));
    }
    if let Some(id) = id
        && !ids.keep_relation(ids.key(&id.text))
    {
        return Err(format!("id {:?} stands in an earlier line; the first one counts", id.text));
    }
    let start = place.keep();
    place.chunk.relation(start, (kind, words_at), (subject, object), date);
    Ok(())
}

fn end<'f>(ids: &Ids, which: &str, field: &'f Field<'_>) -> std::result::Result<End<'f>, String> {
    let key = ids.key(&field.text);
    let known = ids.find(key).ok_or_else(|| format!("{which} {:?} is the id of no entity", field.text))?;
    Ok(End { key, known, id: &field.text, span: field.span })
}

fn needed<'l>(key: &str, field: Option<Field<'l>>, longest: usize) -> std::result::Result<Field<'l>, String> {
    sound(key, field.ok_or_else(|| format!("{key} is missing"))?, longest)
}

/// What can be shown and compared.
pub(super) fn sound<'l>(key: &str, field: Field<'l>, longest: usize) -> std::result::Result<Field<'l>, String> {
    if field.text.chars().any(char::is_control) {
        return Err(format!("{key} has a line break or another control character"));
    }
    if field.text.len() > longest && field.text.chars().count() > longest {
        return Err(format!("{key} has more than {longest} characters"));
    }
    Ok(field)
}

pub(super) fn date(text: &str) -> std::result::Result<DateRange, String> {
    DateRange::parse(text)
        .filter(|date| date.start.year.is_some())
        .ok_or_else(|| format!("year {text:?} is no year from 1000 to 9999, nor a date such as 2012-08-18"))
}
