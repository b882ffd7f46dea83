//! CSV, for spreadsheets, R and pandas: a file a table, and a Data Package that says what they are.
//!
//! `relations.csv` → `id,kind,label,subject,…`, one line a relation; `datapackage.json` → from which snapshot, which columns, which tables join
//!
//! As RFC 4180 has it, in UTF-8. Texts stand as they are, also those that begin like a formula: whoever opens a table in a spreadsheet
//! takes its columns as text.

use std::io;

use serde_json::{Map, Value, json};

use super::content::Content;
use super::tables::{Cell, Sort, TABLES, Table};
use super::{Format, Out, Part};

pub(super) struct Csv;

const CSV: &str = "text/csv; charset=utf-8; header=present";
const PARTS: [Part; 5] = [
    Part { name: "relations", file: "relations.csv", media_type: CSV },
    Part { name: "entities", file: "entities.csv", media_type: CSV },
    Part { name: "evidence", file: "evidence.csv", media_type: CSV },
    Part { name: "documents", file: "documents.csv", media_type: CSV },
    Part { name: "about", file: "datapackage.json", media_type: "application/json" },
];

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn readers(&self) -> &'static str {
        "spreadsheets, R, pandas"
    }

    fn parts(&self) -> &'static [Part] {
        &PARTS
    }

    fn write(&self, content: &Content, part: &Part, out: Out<'_>) -> io::Result<()> {
        let Some(table) = TABLES.iter().find(|table| table.name == part.name) else { return about(content, out) };
        let ends = csv::Terminator::CRLF;
        let mut writer = csv::WriterBuilder::new().terminator(ends).from_writer(out);
        writer.write_record(table.columns.iter().map(|(name, _)| name))?;
        (table.rows)(content, &mut |cells| {
            cells.iter().try_for_each(|cell| match cell {
                Cell::Text(text) => writer.write_field(text.as_ref()),
                Cell::Whole(number) => writer.write_field(number.to_string()),
                Cell::Real(number) => writer.write_field(number.to_string()),
                Cell::Truth(truth) => writer.write_field(truth.to_string()),
                Cell::Empty => writer.write_field(""),
            })?;
            Ok(writer.write_record(None::<&[u8]>)?)
        })?;
        writer.flush()
    }
}

/// The description of all tables, as Data Packages have it.
fn about(content: &Content, out: Out<'_>) -> io::Result<()> {
    let sort = |sort: Sort| match sort {
        Sort::Text => "string",
        Sort::Whole => "integer",
        Sort::Real => "number",
        Sort::Truth => "boolean",
    };
    let resource = |table: &Table| {
        let fields: Vec<_> =
            table.columns.iter().map(|(name, of)| json!({ "name": name, "type": sort(*of) })).collect();
        json!({
            "name": table.name,
            "path": format!("{}.csv", table.name),
            "encoding": "utf-8",
            "mediatype": "text/csv",
            "schema": { "fields": fields },
        })
    };
    let mut package = Map::new();
    package.insert("name".into(), json!("maillage"));
    package.insert("created".into(), json!(content.date().map(|date| date.to_string())));
    package.insert("version".into(), json!(content.version().to_string()));
    package
        .insert("maillage".into(), content.about().into_iter().map(|(n, v)| (n.to_owned(), Value::from(v))).collect());
    package.insert("resources".into(), TABLES.iter().map(resource).collect());
    serde_json::to_writer_pretty(&mut *out, &package)?;
    out.write_all(b"\n")
}
