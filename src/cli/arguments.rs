//! What may be said on the command line, with examples for every command.
//!
//! `maillage query corpus '{ stats { entityCount } }'` → `Command::Query`
//!
//! Must not act on anything.

use std::path::PathBuf;

use clap::builder::ValueParser;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use serde_json::Value;

use super::place::{Address, Place};
use super::serve_arguments::ServeArguments;
use super::store_arguments::{
    BackupArguments, DataArguments, DecideArguments, ImportArguments, IngestArguments, LogArguments, TokenArguments,
    UndoArguments, WithdrawArguments,
};
use crate::error::Result as Outcome;
use crate::export::{self, Format};
use crate::model::{EntityKind, RelationKind};

const STATUS: &str = "Exit status:
  0  everything was read
  1  an error, as the message says
  2  the command line cannot be understood
  3  done, but something was not read: a warning names each file
  130  interrupted: what was under way is written, and the same command goes on";

/// Reads documents, extracts the entities and relations they state, and serves them as a knowledge graph.
///
/// Every relation cites the sentence it rests on. Documents are .txt, .md, .html, .htm, .jsonl and .parquet files and web archives
/// (.warc, .wet), folders of them, or standard input (-).
#[derive(Debug, Parser)]
#[command(name = "maillage", version, after_help = STATUS, after_long_help = format!("Examples:
  maillage serve corpus
  maillage extract corpus > records.jsonl
  maillage query corpus '{{ stats {{ entityCount relationCount }} }}'
  maillage ingest --data store corpus && maillage serve --data store

{STATUS}"))]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Say nothing on standard error but errors.
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Say more on standard error; twice for details. RUST_LOG chooses what exactly.
    #[arg(short, long, global = true, action = ArgAction::Count, conflicts_with = "quiet")]
    pub(super) verbose: u8,
    /// How standard error is written.
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Text, value_name = "FORMAT")]
    pub(super) log_format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line, for whoever collects logs.
    Json,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve the graph over GraphQL, with GraphiQL to explore it.
    #[command(after_help = "Examples:
  maillage serve corpus
  maillage serve --data store
  maillage serve --data store press/ --watch press/ --port 9000
  maillage serve --store postgres://maillage@db.example/press
  maillage serve --store postgres://maillage@db.example/press --replica --port 9001
  maillage serve corpus --host 0.0.0.0 --cors-origin https://app.example
  maillage serve corpus --otlp http://localhost:4318

Warnings do not keep it from serving. SIGINT or SIGTERM ends it; requests under way may finish.

Instead of --otlp, OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT may say where traces go. OTEL_SERVICE_NAME, \
OTEL_TRACES_SAMPLER, OTEL_EXPORTER_OTLP_HEADERS and the other standard variables are heeded; OTEL_SDK_DISABLED=true sends none.")]
    Serve(Box<ServeArguments>),
    /// Write what each document mentions and states, one JSON object a line.
    #[command(after_help = format!("Examples:
  maillage extract corpus > records.jsonl
  maillage extract news.jsonl | jq -r '.entities[].name'
  curl -s https://news.example/release.html | maillage extract -
  maillage extract crawl.warc.gz > records.jsonl
  zcat news.jsonl.gz | maillage extract --pipe | gzip > records.jsonl.gz

Records come in the order of the sources' names. Standard output has nothing but records.

With --pipe, every line of standard input that is not blank gives one line, in the order of the lines: a record, or
  {{\"reject\": {{\"id\": \"document:…\", \"source\": …, \"line\": 12, \"reason\": \"…\"}}}}
for a line that is no JSON, has no text, is not UTF-8 or is too long; the others go on. An answer depends on its line alone, but for
the number of the line. It is written without waiting for more lines. No lines at all are no error.

{STATUS}"))]
    Extract(ExtractArguments),
    /// Ask the graph one GraphQL question, without a server.
    #[command(after_help = format!("Examples:
  maillage query corpus '{{ stats {{ entityCount relationCount }} }}'
  maillage query --data store '{{ entities(first: 5) {{ nodes {{ name }} }} }}'
  maillage query corpus 'query($n: Int) {{ entities(first: $n) {{ nodes {{ name }} }} }}' --variables '{{\"n\": 5}}'

The last argument is the query. Exit status 1 when the answer has errors.

{STATUS}"))]
    Query(QueryArguments),
    /// Write the graph, or a part of it, for other programs.
    #[command(after_help = format!("Examples:
  maillage export corpus --format graphml --output graph.graphml
  maillage export --data store --format csv --output tables/
  maillage export --data store --format csv --part relations > relations.csv
  maillage export --data store --format turtle --relations '{{ kind: [FUNDS], confidence: {{ gte: 0.8 }} }}'
  maillage export --data store --format gexf --entities '{{\"kind\": [\"PROJECT\", \"ORGANIZATION\"]}}'
  maillage export --data store --format dot --around country:SN --max-hops 2 | dot -Tsvg > senegal.svg

Formats:
{}
Conditions are the filters EntityFilter and RelationFilter of the API (maillage schema), as in a query or in JSON. Of the relations those are
written of which both ends are; when only relations have a condition, their ends are written. Every relation comes with the sentence that it
rests on and the document; turtle, jsonld, csv and parquet have all sentences. Each file says from which version of the graph it is, what
was asked for, and how much of it there is. The same graph gives the same bytes. A server writes the same at /export.

{STATUS}", formats()))]
    Export(ExportArguments),
    /// Print the GraphQL schema.
    #[command(after_help = "Examples:
  maillage schema > schema.graphql")]
    Schema,
    /// Take documents into a store: what is new or has changed is extracted, the rest is left as it is.
    #[command(after_help = format!("Examples:
  maillage ingest --data store corpus
  maillage ingest --data store press/ --prune

Each file's content counts: the same documents twice change nothing, a changed file replaces what it said before. Ctrl-C finishes
what is under way and ends; a second one ends at once. Interrupted at any moment, the same command goes on where it was.

{STATUS}"))]
    Ingest(IngestArguments),
    /// Take a graph that others made into a store: entities and relations from data files.
    #[command(after_help = format!("Examples:
  maillage import --data store --nodes projects.nodes.jsonl --edges projects.edges.jsonl
  maillage import --data store --nodes nodes.csv --edges edges.csv.gz --namespace iati --rejects rejects.jsonl
  maillage import --data store activities.xml entities.ftm.json
  maillage import --data store --mapping projects.toml projects.csv
  zcat dump.gz | maillage import --data store --nodes nodes.csv --edges - --strict
  maillage withdraw --data store import:iati

A line of the nodes is an entity, a line of the edges a relation between two of them:
  {{\"id\": \"p1\", \"kind\": \"PROJECT\", \"name\": \"Eau pour tous\", \"aliases\": [\"EPT\"]}}
  {{\"id\": \"r1\", \"kind\": \"FUNDS\", \"source\": \"o7\", \"target\": \"p1\", \"year\": 2019, \"documents\": [\"report-12\"]}}
Of a node id, kind and name are needed, of an edge kind, source and target. CSV has the same names in its first line, and lists as a|b|c.
Other keys and columns are kept in the line, and mean nothing here. Files may be packed with gzip.

Two kinds of files of others are recognised by what they begin with: activities of the IATI standard, version 2 (XML), and entities of
FollowTheMoney (JSON Lines). A table with columns of its own needs a mapping; the README shows one.

Kinds of nodes: {}.
Kinds of edges: {}; a label such as \"finance\" will do. `maillage schema` says what they mean.

An id is one entity everywhere in its namespace, whatever its name; a name that the bundled lists have is what they list. What a line says
rests on that line: it is the evidence. Lines that make no sense are refused, each with its number and the reason, and the rest comes in,
all at once or, when anything fails, not at all. The same files again change nothing; changed files replace what they said before.

Exit status 3 when lines were refused.", names(EntityKind::ALL), names(RelationKind::ALL)))]
    Import(ImportArguments),
    /// Withdraw documents from a store, as if they had never been read.
    #[command(after_help = format!("Examples:
  maillage withdraw --data store document:8c7dd922ad47494f --reason 'taken down by its publisher'
  maillage withdraw --data store press/2012-08-18.html
  maillage withdraw --data store import:iati

Their texts are erased. Reading their files again does not bring them back, unless with --include-withdrawn.

{STATUS}"))]
    Withdraw(WithdrawArguments),
    /// Decide what rules cannot know: two entities are the same or different, something is right or wrong.
    #[command(after_help = "Examples:
  maillage decide --data store same organization:rncom organization:reseau-regional --reason 'its own acronym'
  maillage decide --data store rejected relation:funds-4be1c3a96c2f0d11 --reason 'the text says that it did not'
  maillage log --data store
  maillage undo --data store decision:1f2e3d4c5b6a7988

Decisions outlive a newer extraction of the same documents, and can be undone as if they had never been made.")]
    Decide(DecideArguments),
    /// List pairs of entities that look the same and were not joined, the likeliest to be one first.
    #[command(after_help = "Examples:
  maillage review --data store
  maillage review corpus --kind PERSON --first 50 --json | jq .reason
  maillage decide --data store different person:awa-diop-iom person:awa-diop-un-unhcr --reason 'two people'

A decision that two are the same, or different, takes the pair off the list.")]
    Review(ReviewArguments),
    /// Undo a decision, as if it had never been made.
    Undo(UndoArguments),
    /// Show what was written to a store, by whom, when and why.
    #[command(after_help = "Examples:
  maillage log --data store
  maillage log --data store --after 120 --json | jq .event")]
    Log(LogArguments),
    /// Copy a store, also while it is served.
    #[command(after_help = "Examples:
  maillage backup --data store store-2026-11-22.db
  maillage stats --data store-2026-11-22.db
  mkdir again && cp store-2026-11-22.db again/maillage.db && maillage serve --data again")]
    Backup(BackupArguments),
    /// Compare what texts say with what data files say: per kind of relation what only one of them has, and what both have.
    #[command(after_help = "Examples:
  maillage compare --data store
  maillage compare --data store --kind FUNDS --examples 10
  maillage compare --data store --json | jq '.kinds[] | select(.both > 0)'

Two say the same when they state one relation between the same two entities. Projects of texts seldom bear the name of a registry, so
the last row asks for less: who pays for some work in which country or place, whatever the work is called.")]
    Compare(CompareArguments),
    /// Verify a store: that it is whole, that every quotation stands in its text, that the graph holds what it promises.
    #[command(after_help = "Examples:
  maillage check --data store

Exit status 1 when something is wrong; every finding is named.")]
    Check(DataArguments),
    /// Give out, list or take back the right to write over the API.
    #[command(after_help = "Examples:
  maillage token new --data store ana
  maillage token list --data store
  maillage token revoke --data store ana

A token is shown once and kept only as a digest. Whoever has it writes under its name: curl -H 'Authorization: Bearer mlg_…'
A server that runs on the store knows of a new token, or of one taken back, at once.")]
    Token(TokenArguments),
    /// Count what the graph holds.
    #[command(after_help = format!("Examples:
  maillage stats corpus
  maillage stats --data store
  maillage stats corpus --json | jq .entitiesByKind

{STATUS}"))]
    Stats(StatsArguments),
    /// Show why each mention and relation was found, and which readings lost.
    #[command(after_help = format!("Examples:
  maillage explain corpus/000_00632b965ebe82c2.txt
  echo \"L'OIM n'a pas financé l'atelier de Dakar.\" | maillage explain - | less

Sentence by sentence: mentions with their kind, name and rule; relations with their ends, confidence, rule and an example of what the
rule reads; and, marked with x, the readings that lost and why.

{STATUS}"))]
    Explain(PathArguments),
    /// Measure extraction against gold annotations.
    #[command(after_help = format!("Examples:
  maillage eval tests/gold/corpus --documents corpus
  maillage eval tests/gold/corpus tests/gold/fr tests/gold/fr-aside --documents corpus --speed --format markdown > SCORECARD.md
  maillage eval tests/gold/fr --records records.jsonl --errors
  maillage eval tests/gold/identity --identity tests/gold/identity/checked.toml --errors

A document is looked for beside its gold file, under the name that the gold gives it, then under --documents. What has no
document or record counts as missed.

{STATUS}"))]
    Eval(EvalArguments),
    /// Train the model of the statistical tagger on texts in which people marked names.
    #[command(after_help = "Examples:
  maillage train news.jsonl --folds 5
  maillage train news.jsonl --output src/tagger/fr.model

A line is a JSON object: {\"id\", \"text\", \"entities\": [{\"start\", \"end\", \"kind\"}]} with offsets in code points and the kinds
PERSON, ORGANIZATION and LOCATION; other kinds are passed over. The same texts give the same model. The model that comes with the
program is read when it is compiled.")]
    Train(TrainArguments),
}

/// The formats of exports with what reads them, and their parts.
fn formats() -> String {
    let parts = |format: &dyn Format| match format.parts() {
        [_] => String::new(),
        _ => format!(" (parts: {})", export::part_names(format)),
    };
    let line = |format: &&dyn Format| format!("  {:9}{}{}\n", format.name(), format.readers(), parts(*format));
    export::FORMATS.iter().map(line).collect()
}

fn names(kinds: &[impl ToString]) -> String {
    kinds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[derive(Args, Debug)]
pub(super) struct PathArguments {
    /// Files, folders, or - for standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct ExtractArguments {
    /// Files, folders, or - for standard input.
    #[arg(required_unless_present = "pipe", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Be a stage of a pipe: JSON Lines on standard input, for each line one line out, in their order and as soon as it is there.
    #[arg(long, conflicts_with = "paths")]
    pub(super) pipe: bool,
    /// Write the lines that are refused to a file, instead of among the records.
    // clap does not ask for --pipe where something is present that --pipe conflicts with.
    #[arg(long, value_name = "FILE", requires = "pipe", conflicts_with = "paths")]
    pub(super) rejects: Option<PathBuf>,
    /// The longest line of standard input that is read, in MiB; longer ones are refused [default: 16].
    #[arg(long, value_name = "MIB", requires = "pipe", conflicts_with = "paths", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(super) longest_line: Option<u16>,
    /// How many documents to extract at a time; as many as there are cores when absent.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
}

/// Where the graph comes from.
#[derive(Args, Debug)]
pub(super) struct SourceArguments {
    /// Files, folders, or - for standard input.
    #[arg(required_unless_present_any = ["data", "store"], value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The folder of a store, instead of documents.
    #[arg(short, long, value_name = "DIR", conflicts_with = "paths")]
    pub(super) data: Option<PathBuf>,
    /// The address of a store on a PostgreSQL server, postgres://USER@HOST/DATABASE, instead of documents; PGPASSWORD may hold the password.
    #[arg(long, value_name = "URL", conflicts_with_all = ["paths", "data"])]
    pub(super) store: Option<Address>,
}

impl SourceArguments {
    /// The store that was given, if any.
    ///
    /// # Errors
    /// It is an address that cannot be used.
    pub(super) fn place(&self) -> Outcome<Option<Place>> {
        Place::of(self.data.as_deref(), self.store.as_ref())
    }
}

#[derive(Args, Debug)]
pub(super) struct QueryArguments {
    /// Files, folders, or - for standard input, unless there is --data or --store; then the GraphQL query.
    #[arg(required = true, num_args = 1.., value_names = ["PATH", "QUERY"])]
    pub(super) paths_and_query: Vec<String>,
    /// The folder of a store, instead of documents.
    #[arg(short, long, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    /// The address of a store on a PostgreSQL server, postgres://USER@HOST/DATABASE, instead of documents; PGPASSWORD may hold the password.
    #[arg(long, value_name = "URL", conflicts_with = "data")]
    pub(super) store: Option<Address>,
    /// The query's variables, as a JSON object.
    #[arg(long, value_name = "JSON", value_parser = ValueParser::new(object))]
    pub(super) variables: Option<Value>,
    /// The operation to execute, when the query has several.
    #[arg(long, value_name = "NAME")]
    pub(super) operation: Option<String>,
}

impl QueryArguments {
    /// The store that was given, if any.
    ///
    /// # Errors
    /// It is an address that cannot be used.
    pub(super) fn place(&self) -> Outcome<Option<Place>> {
        Place::of(self.data.as_deref(), self.store.as_ref())
    }
}

#[derive(Args, Debug)]
pub(super) struct ReviewArguments {
    #[command(flatten)]
    pub(super) source: SourceArguments,
    /// Only entities of this kind, such as PERSON; may be repeated.
    #[arg(long = "kind", value_name = "KIND", value_parser = ValueParser::new(kind))]
    pub(super) kinds: Vec<EntityKind>,
    /// How many pairs.
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pub(super) first: u16,
    /// A JSON object for each pair instead of text.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct ExportArguments {
    #[command(flatten)]
    pub(super) source: SourceArguments,
    /// How to write it: graphml, gexf, csv, parquet, jsonld, turtle, ftm, cypher or dot.
    #[arg(short, long, value_name = "FORMAT", value_parser = ValueParser::new(format))]
    pub(super) format: String,
    /// Which entities, as an EntityFilter of the API.
    #[arg(long, visible_alias = "filter", value_name = "FILTER")]
    pub(super) entities: Option<String>,
    /// Which relations, as a RelationFilter of the API.
    #[arg(long, value_name = "FILTER")]
    pub(super) relations: Option<String>,
    /// Only what lies around this entity, by id or unique name; may be repeated.
    #[arg(long, value_name = "ENTITY")]
    pub(super) around: Vec<String>,
    /// How many hops around it.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(i32).range(0..=6))]
    pub(super) max_hops: i32,
    /// Only this file of a format that has several.
    #[arg(long, value_name = "PART")]
    pub(super) part: Option<String>,
    /// The file to write, or the folder of a format with several files; standard output when absent or -.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(super) struct StatsArguments {
    #[command(flatten)]
    pub(super) source: SourceArguments,
    /// As one JSON object instead of a table.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct CompareArguments {
    #[command(flatten)]
    pub(super) store: DataArguments,
    /// Only relations of this kind, such as FUNDS; may be repeated.
    #[arg(long = "kind", value_name = "KIND", value_parser = ValueParser::new(relation_kind))]
    pub(super) kinds: Vec<RelationKind>,
    /// How many examples of each sort.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(0..=1000))]
    pub(super) examples: u16,
    /// As one JSON object instead of text.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct EvalArguments {
    /// Folders of gold files (*.json); each is a set of its own, named after the folder.
    #[arg(required = true, value_name = "GOLD-FOLDER")]
    pub(super) folders: Vec<PathBuf>,
    /// A file or folder with documents that do not lie beside their gold; may be repeated.
    #[arg(long, value_name = "PATH", conflicts_with = "records")]
    pub(super) documents: Vec<PathBuf>,
    /// Measure these extraction records (JSON Lines) instead of extracting.
    #[arg(long, value_name = "FILE")]
    pub(super) records: Option<PathBuf>,
    /// Put all documents into one graph and measure instead which of their entities are one, with this list of names that were
    /// checked by hand (TOML).
    #[arg(long, value_name = "FILE", conflicts_with = "speed")]
    pub(super) identity: Option<PathBuf>,
    /// List every mistake.
    #[arg(long)]
    pub(super) errors: bool,
    /// Also measure how many words a second are extracted on one core.
    #[arg(long, conflicts_with = "records")]
    pub(super) speed: bool,
    /// How to write the numbers.
    #[arg(long, value_enum, default_value_t = EvalFormat::Text, value_name = "FORMAT")]
    pub(super) format: EvalFormat,
}

#[derive(Args, Debug)]
pub(super) struct TrainArguments {
    /// Files of annotated texts (JSON Lines).
    #[arg(required = true, value_name = "FILE")]
    pub(super) paths: Vec<PathBuf>,
    /// Where to write the model.
    #[arg(short, long, value_name = "FILE", required_unless_present = "folds")]
    pub(super) output: Option<PathBuf>,
    /// Show how well models do on texts they have not seen: train on all parts but one, in turn.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=100))]
    pub(super) folds: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum EvalFormat {
    /// Tables for a terminal.
    Text,
    /// Tables for a scorecard.
    Markdown,
    /// One JSON object, numbers not rounded.
    Json,
}

fn format(text: &str) -> Result<String, String> {
    let known = export::find(text).map(|format| format.name().to_owned());
    known.ok_or_else(|| format!("the formats are {}", export::names()))
}

fn kind(text: &str) -> Result<EntityKind, String> {
    let known = || EntityKind::ALL.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    EntityKind::parse(&text.to_uppercase()).ok_or_else(|| format!("the kinds are {}", known()))
}

fn relation_kind(text: &str) -> Result<RelationKind, String> {
    let known = || RelationKind::ALL.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    RelationKind::parse(&text.to_uppercase()).ok_or_else(|| format!("the kinds are {}", known()))
}

fn object(text: &str) -> Result<Value, String> {
    match serde_json::from_str(text) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err("variables are a JSON object, such as {\"n\": 5}".into()),
        Err(error) => Err(format!("no JSON: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Arguments::command().debug_assert();
    }
}
