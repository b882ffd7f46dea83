//! Rows of a table whose columns a mapping explains.
//!
//! `Fondation des Marées;Eau pour Ngor;1 500 000` under `bailleur;projet;montant` → the foundation FUNDS the project with that amount, and the
//! evidence is the row
//!
//! A row that names only some of what the mapping knows says only that. Must not know a store or other rows.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::chunk::{Chunk, Thing};
use super::fields::{Field, present, separator_of, split};
use super::input::Input;
use super::known::{Known, country, listed};
use super::mapping::{EntityColumns, Mapping, RelationColumns, is_currency};
use super::read::{LONGEST_ID, LONGEST_NAME, date, sound};
use super::{Files, Item, Reject, Side};
use crate::error::{Error, Result};
use crate::model::{DateRange, EntityKind, Qualifiers, Span, slug};

/// Reads a table.
///
/// # Errors
/// It cannot be read at all, or its first line lacks a column that the mapping names.
pub(super) fn read(files: &Files, mapping: &Mapping, give: &mut dyn FnMut(Item) -> bool) -> Result<()> {
    let path = &files.entities;
    let failed = |error: std::io::Error| Error::read(path, error);
    let mut input = Input::open(path).map_err(failed)?;
    let shown: Arc<str> = if path.as_os_str() == "-" { "-".into() } else { path.to_string_lossy().into() };
    let mut chunk = Chunk::of(files, &input.name.clone(), input.digest.as_ref());
    let (mut columns, mut read): (Option<Columns>, u64) = (None, 0);
    loop {
        let so_far = input.read();
        if so_far > read && !give(Item::Read(so_far - read)) {
            return Ok(());
        }
        read = so_far;
        let Some((number, line)) = input.next().map_err(failed)? else { break };
        let said = match (line, &columns) {
            (Ok(line), _) if line.trim().is_empty() => continue,
            (Ok(line), None) => {
                columns = Some(Columns::of(line, mapping).map_err(|why| Error::read(path, why))?);
                continue;
            }
            (Ok(line), Some(columns)) => columns.row(line, mapping).map(|row| (line, row)),
            (Err(why), _) => Err(why),
        };
        let wanted = match said {
            Err(reason) => give(Item::Refused(Reject { file: Arc::clone(&shown), line: number, reason })),
            Ok((line, row)) => {
                let (start, full) = chunk.line(number, line);
                let wanted = full.is_none_or(|full| give(Item::Lines(Side::Both, full)));
                row.put(&mut chunk, start, mapping);
                wanted && give(Item::Record(true))
            }
        };
        if !wanted {
            return Ok(());
        }
    }
    if let Some(last) = chunk.end() {
        give(Item::Lines(Side::Both, last));
    }
    Ok(())
}

/// The columns of a table by their names.
struct Columns {
    separator: char,
    places: BTreeMap<String, usize>,
    count: usize,
}

/// What a row says.
struct Row<'l> {
    /// For each entity of the mapping those that the row names.
    entities: Vec<Vec<Named<'l>>>,
    /// For each relation of the mapping what qualifies it.
    qualifiers: Vec<Qualifiers>,
}

/// An entity that a row names.
struct Named<'l> {
    known: Known,
    id: Cow<'l, str>,
    name: Option<String>,
    aliases: BTreeSet<String>,
    span: Span,
}

impl Columns {
    fn of(line: &str, mapping: &Mapping) -> std::result::Result<Self, String> {
        let separator = mapping.separator.unwrap_or_else(|| separator_of(line));
        let names: Vec<String> = split(line, separator)?.iter().map(|name| name.text.trim().to_owned()).collect();
        let mut places = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            if places.insert(name.clone(), at).is_some() && mapping.columns().contains(name.as_str()) {
                return Err(format!("its first line names the column {name:?} twice"));
            }
        }
        let missing = mapping.columns().into_iter().find(|name| !places.contains_key(*name));
        match missing {
            Some(name) => Err(format!(
                "its first line has no column {name:?}, which the mapping names; its columns are {}",
                names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
            )),
            None => Ok(Self { separator, places, count: names.len() }),
        }
    }

    fn row<'l>(&self, line: &'l str, mapping: &Mapping) -> std::result::Result<Row<'l>, String> {
        let values = split(line, self.separator)?;
        if values.len() != self.count {
            return Err(format!(
                "has {} values where the first line of the file names {} columns",
                values.len(),
                self.count
            ));
        }
        let values: Vec<Option<Field<'l>>> = values.into_iter().map(present).collect();
        let value = |column: &str| self.places.get(column).and_then(|at| values.get(*at)?.clone());
        let entities: Vec<Vec<Named<'l>>> =
            mapping.entities.iter().map(|entity| named(entity, &value)).collect::<std::result::Result<_, _>>()?;
        if entities.iter().all(Vec::is_empty) {
            let all: Vec<_> = mapping.entities.iter().map(|entity| entity.called.as_str()).collect();
            return Err(format!("names nothing: all of {} are empty", all.join(", ")));
        }
        let qualifiers = mapping
            .relations
            .iter()
            .map(|relation| qualifiers(relation, mapping.decimal_comma, &value))
            .collect::<std::result::Result<_, _>>()?;
        Ok(Row { entities, qualifiers })
    }
}

fn named<'l>(
    entity: &EntityColumns,
    value: &dyn Fn(&str) -> Option<Field<'l>>,
) -> std::result::Result<Vec<Named<'l>>, String> {
    let called = &entity.called;
    let of = |column: &Option<String>, longest| {
        column.as_deref().and_then(value).map(|field| sound(called, field, longest)).transpose()
    };
    let (id, name) = (of(&entity.id, LONGEST_ID)?, of(&entity.name, LONGEST_NAME)?);
    let Some(first) = name.as_ref().or(id.as_ref()) else { return Ok(Vec::new()) };
    let span = first.span;
    let mut aliases = BTreeSet::new();
    for alias in entity.aliases.iter().filter_map(|column| value(column)) {
        aliases.insert(sound(called, alias, LONGEST_NAME)?.text.into_owned());
    }
    let one = |id: Option<Cow<'l, str>>, name: Option<String>, aliases| {
        let by_code = id.as_deref().filter(|_| entity.kind == EntityKind::Country).and_then(country);
        let by_name = || Some(listed(entity.kind, name.as_deref()?)?.0);
        let known = by_code.unwrap_or_else(|| Known { kind: entity.kind, entry: by_name() });
        let id = id.unwrap_or_else(|| Cow::Owned(format!("name/{}", slug(name.as_deref().unwrap_or_default()))));
        Named { known, id, name, aliases, span }
    };
    match (&entity.split, name) {
        (Some(mark), Some(names)) => {
            let parts = names.text.split(mark.as_str()).map(str::trim).filter(|part| !part.is_empty());
            Ok(parts.map(|part| one(None, Some(part.to_owned()), BTreeSet::new())).collect())
        }
        (_, name) => Ok(vec![one(id.map(|id| id.text), name.map(|name| name.text.into_owned()), aliases)]),
    }
}

fn qualifiers<'l>(
    relation: &RelationColumns,
    decimal_comma: bool,
    value: &dyn Fn(&str) -> Option<Field<'l>>,
) -> std::result::Result<Qualifiers, String> {
    let text = |column: &Option<String>| column.as_deref().and_then(value).map(|field| field.text.into_owned());
    let start = text(&relation.date).map(|said| date(&said)).transpose()?;
    let end = text(&relation.end).map(|said| date(&said)).transpose()?.map(|end| end.start);
    let amount = text(&relation.amount).map(|said| amount(&said, decimal_comma)).transpose()?;
    let currency = text(&relation.currency).or_else(|| relation.currency_code.clone()).filter(|_| amount.is_some());
    match &currency {
        None if amount.is_some() => return Err("has an amount without a currency".to_owned()),
        Some(code) if !is_currency(code) => {
            return Err(format!("has the currency {code:?}; write a code of ISO 4217 such as EUR"));
        }
        _ => {}
    }
    let date = start.map(|start| DateRange { start: start.start, end: end.filter(|end| *end > start.start) });
    Ok(Qualifiers { date, role: text(&relation.role), amount, currency, ..Qualifiers::default() })
}

/// An amount as tables write it: `1 250.50`, or with a decimal comma `1.250,50`.
fn amount(said: &str, decimal_comma: bool) -> std::result::Result<f64, String> {
    let mut plain: String =
        said.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\'')).collect();
    if decimal_comma {
        plain = plain.replace('.', "").replace(',', ".");
    }
    plain.parse::<f64>().ok().filter(|amount| amount.is_finite()).ok_or_else(|| {
        let remedy = if decimal_comma { "1250,50" } else { "1250.50, or decimal = \",\" in the mapping" };
        format!("has the amount {said:?}; write {remedy}")
    })
}

impl Row<'_> {
    fn put(self, chunk: &mut Chunk, start: usize, mapping: &Mapping) {
        let mut places: Vec<Vec<(usize, Span)>> = Vec::new();
        for named in self.entities {
            let put = |Named { known, id, name, aliases, span }: Named<'_>| {
                let thing = Thing { known, id: &id, name, aliases, country: None, span };
                (chunk.thing(start, thing), span)
            };
            places.push(named.into_iter().map(put).collect());
        }
        for (relation, qualifiers) in mapping.relations.iter().zip(self.qualifiers) {
            let (subjects, objects) = (&places[relation.ends.0], &places[relation.ends.1]);
            for (subject, object) in subjects.iter().flat_map(|one| objects.iter().map(move |other| (*one, *other))) {
                if subject.0 != object.0 {
                    chunk.statement(start, (relation.kind, None), (subject, object), qualifiers.clone());
                }
            }
        }
    }
}
