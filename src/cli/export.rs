//! `maillage export`: the graph, or a part of it, for other programs.
//!
//! `maillage export --data store --format graphml --output graph.graphml` → the file, and on standard error what is in it
//!
//! A file is there whole or not at all: it is written beside its place and moved there. Must not know formats.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::Outcome;
use super::arguments::ExportArguments;
use super::report::Report;
use super::source::load;
use crate::api::{self, Limits};
use crate::error::{Error, Result};
use crate::export::{self, Content, Format, Part};
use crate::knowledge_base::KnowledgeBase;
use crate::query::{Budget, Effort, EntityFilter, Refusal, RelationFilter, SelectionQuestion, select};

/// How much is gathered before it is written.
const BUFFER_BYTES: usize = 1 << 16;

pub(super) fn run(arguments: &ExportArguments, report: &Report) -> Result<Outcome> {
    let unknown = || Error::NotExported(format!("the formats are {}", export::names()));
    let format = export::find(&arguments.format).ok_or_else(unknown)?;
    let target = Target::of(format, arguments)?;
    let filters = Filters::of(arguments).map_err(refused)?;
    let (base, outcome) = load(&arguments.source.paths, arguments.source.place()?.as_ref(), report)?;
    let (base, asked) = (Arc::new(base), filters.asked(arguments));
    let snapshot = base.snapshot();
    let (entities, relations) = filters.read(base)?;
    let question =
        SelectionQuestion { entities, relations, around: arguments.around.clone(), max_hops: arguments.max_hops };
    // Whoever waits at a terminal may wait: Ctrl-C ends it.
    let selected = select(&snapshot, &question, &Budget::of(usize::MAX), &mut Effort::of(usize::MAX));
    let selected = selected.map_err(refused)?;
    let (entity_count, relation_count) = (selected.entity_count(), selected.relation_count());
    let content = Content::new(snapshot, selected, asked);
    let Some(place) = target.write(format, &content)? else { return Ok(outcome) };
    report.written(&format!("{entity_count} entities and {relation_count} relations in {}", place.display()));
    Ok(outcome)
}

fn refused(refusal: Refusal) -> Error {
    let or = if refusal.candidates.is_empty() { String::new() } else { format!(": {}", refusal.candidates.join(", ")) };
    Error::NotExported(format!("{}{or}", refusal.message))
}

/// The conditions as input objects.
struct Filters {
    entities: Option<Value>,
    relations: Option<Value>,
}

impl Filters {
    fn of(arguments: &ExportArguments) -> Result<Self, Refusal> {
        let read = |text: &Option<String>| text.as_deref().map(api::written_filter).transpose();
        Ok(Self { entities: read(&arguments.entities)?, relations: read(&arguments.relations)? })
    }

    /// What is asked for, in the same words for the same question.
    fn asked(&self, arguments: &ExportArguments) -> String {
        let given = [("entities", &self.entities), ("relations", &self.relations)];
        let given = given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
        let mut all = Map::from_iter(given);
        if !arguments.around.is_empty() {
            all.insert("around".into(), json!(arguments.around));
            all.insert("maxHops".into(), json!(arguments.max_hops));
        }
        if all.is_empty() { "everything".to_owned() } else { Value::Object(all).to_string() }
    }

    /// The conditions, checked by the schema.
    fn read(self, base: Arc<KnowledgeBase>) -> Result<(Option<EntityFilter>, Option<RelationFilter>)> {
        if self.entities.is_none() && self.relations.is_none() {
            return Ok((None, None));
        }
        let schema = api::schema(base, &Limits::default());
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let runtime = runtime.map_err(|error| Error::io("cannot start", error))?;
        runtime.block_on(api::export_filters(&schema, self.entities, self.relations)).map_err(refused)
    }
}

/// Where what is written goes.
enum Target<'a> {
    /// One part, to standard output.
    Stream(&'static Part),
    /// One part, to a file.
    File(&'static Part, &'a Path),
    /// All parts, to a folder.
    Folder(&'a Path),
}

impl<'a> Target<'a> {
    fn of(format: &dyn Format, arguments: &'a ExportArguments) -> Result<Self> {
        let (name, parts) = (format.name(), format.parts());
        let known = export::part_names(format);
        let asked = match &arguments.part {
            Some(part) => {
                let unknown = || Error::NotExported(format!("{name} has no part {part:?}; it has {known}"));
                Some(export::find_part(format, part).ok_or_else(unknown)?)
            }
            None => parts.first().filter(|_| parts.len() == 1),
        };
        let output = arguments.output.as_deref().filter(|output| *output != Path::new("-"));
        match (asked, output) {
            (Some(part), None) => Ok(Self::Stream(part)),
            (Some(part), Some(file)) => Ok(Self::File(part, file)),
            (None, Some(folder)) if folder.is_file() => {
                let message =
                    format!("{} is a file; name a folder, or one part with --part: {known}", folder.display());
                Err(Error::NotExported(message))
            }
            (None, Some(folder)) => Ok(Self::Folder(folder)),
            (None, None) => {
                let message =
                    format!("{name} is several files; name a folder with --output, or one part with --part: {known}");
                Err(Error::NotExported(message))
            }
        }
    }

    /// Writes everything; the place where it is, unless that is standard output.
    fn write(&self, format: &dyn Format, content: &Content) -> Result<Option<&Path>> {
        match self {
            Self::Stream(part) => {
                let mut out = BufWriter::with_capacity(BUFFER_BYTES, io::stdout());
                match format.write(content, part, &mut out).and_then(|()| out.flush()) {
                    // A reader that has seen enough (`| head`).
                    Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(None),
                    written => {
                        written.map(|()| None).map_err(|error| Error::io("cannot write to standard output", error))
                    }
                }
            }
            Self::File(part, file) => write_file(format, part, content, file).map(|()| Some(*file)),
            Self::Folder(folder) => {
                fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
                for part in format.parts() {
                    write_file(format, part, content, &folder.join(part.file))?;
                }
                Ok(Some(folder))
            }
        }
    }
}

/// Writes a file beside its place, and moves it there when it is whole.
fn write_file(format: &dyn Format, part: &Part, content: &Content, place: &Path) -> Result<()> {
    let mut beside = place.to_owned().into_os_string();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = PathBuf::from(beside);
    let write = || {
        let mut out = BufWriter::with_capacity(BUFFER_BYTES, File::create(&beside)?);
        format.write(content, part, &mut out)?;
        out.into_inner()?.sync_all()?;
        fs::rename(&beside, place)
    };
    write().map_err(|error| {
        // There may be none.
        drop(fs::remove_file(&beside));
        failed(place, error)
    })
}

fn failed(place: &Path, error: io::Error) -> Error {
    Error::io(format!("cannot write {}", place.display()), error)
}
