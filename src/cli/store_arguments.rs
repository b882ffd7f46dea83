//! What may be said of a store on the command line.
//!
//! `maillage withdraw --data store press/a.html --reason 'taken down'` → `WithdrawArguments`
//!
//! Must not act on anything.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::arguments::PathArguments;
use super::place::{Address, Place};
use crate::error::{Error, Result};

/// A store that is there.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct DataArguments {
    /// The folder of the store.
    #[arg(short, long, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    /// The address of the store on a PostgreSQL server, postgres://USER@HOST/DATABASE, instead of a folder; PGPASSWORD may hold the password.
    #[arg(long, value_name = "URL")]
    pub(super) store: Option<Address>,
}

impl DataArguments {
    /// Where it is.
    ///
    /// # Errors
    /// It is an address that cannot be used.
    pub(super) fn place(&self) -> Result<Place> {
        given(Place::of(self.data.as_deref(), self.store.as_ref())?)
    }
}

/// A store that is made when there is none.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct TargetArguments {
    /// The folder of the store; made when there is none.
    #[arg(short, long, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    /// The address of the store on a PostgreSQL server, postgres://USER@HOST/DATABASE, instead of a folder; PGPASSWORD may hold the password.
    #[arg(long, value_name = "URL")]
    pub(super) store: Option<Address>,
}

impl TargetArguments {
    /// Where it is.
    ///
    /// # Errors
    /// It is an address that cannot be used.
    pub(super) fn place(&self) -> Result<Place> {
        given(Place::of(self.data.as_deref(), self.store.as_ref())?)
    }
}

/// The command line has seen to it that there is one.
fn given(place: Option<Place>) -> Result<Place> {
    place.ok_or_else(|| Error::StoreAddress("there is none".to_owned()))
}

/// Who writes, and why.
#[derive(Args, Debug)]
pub(super) struct SignatureArguments {
    /// Who writes; the name of the user when absent.
    #[arg(long, value_name = "NAME")]
    pub(super) author: Option<String>,
    /// Why, for whoever reads the log.
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub(super) reason: String,
}

#[derive(Args, Debug)]
pub(super) struct IngestArguments {
    #[command(flatten)]
    pub(super) store: TargetArguments,
    #[command(flatten)]
    pub(super) input: PathArguments,
    /// Withdraw documents whose files are gone from these paths.
    #[arg(long)]
    pub(super) prune: bool,
    /// Take in also what was withdrawn on request.
    #[arg(long)]
    pub(super) include_withdrawn: bool,
    /// Extract again what is there already.
    #[arg(long)]
    pub(super) again: bool,
    #[command(flatten)]
    pub(super) signature: SignatureArguments,
}

#[derive(Args, Debug)]
pub(super) struct ImportArguments {
    #[command(flatten)]
    pub(super) store: TargetArguments,
    /// Files of IATI activities (XML) or of FollowTheMoney (JSON Lines), recognised by their content; each comes in whole or not at all.
    #[arg(value_name = "FILE", required_unless_present = "nodes", conflicts_with_all = ["nodes", "edges"])]
    pub(super) files: Vec<PathBuf>,
    /// What FILE is, when its content is not to decide; needed for standard input (-).
    #[arg(long, value_enum, default_value_t = ImportFormat::Auto, value_name = "FORMAT", conflicts_with_all = ["nodes", "edges"])]
    pub(super) format: ImportFormat,
    /// What the columns of FILE mean, when it is a table (CSV): a file of TOML.
    #[arg(long, value_name = "MAPPING", conflicts_with_all = ["nodes", "edges"])]
    pub(super) mapping: Option<PathBuf>,
    /// The entities: a file of JSON Lines, CSV or Parquet, a folder of Parquet, or - for standard input.
    #[arg(long, value_name = "FILE")]
    pub(super) nodes: Option<PathBuf>,
    /// The relations between them: a file of JSON Lines, CSV or Parquet, a folder of Parquet, or - for standard input.
    #[arg(long, value_name = "FILE", requires = "nodes")]
    pub(super) edges: Option<PathBuf>,
    /// Whose ids stand in the files; the name of the first file up to its first full stop when absent.
    #[arg(long, value_name = "NAME")]
    pub(super) namespace: Option<String>,
    /// Import nothing when a line is refused.
    #[arg(long)]
    pub(super) strict: bool,
    /// Write all refused lines to a file, one JSON object a line: file, line, reason.
    #[arg(long, value_name = "FILE")]
    pub(super) rejects: Option<PathBuf>,
    /// How many refused lines to name on the terminal.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(super) show_rejects: usize,
    /// Take in also what was withdrawn on request.
    #[arg(long)]
    pub(super) include_withdrawn: bool,
    #[command(flatten)]
    pub(super) signature: SignatureArguments,
}

/// What a file to import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ImportFormat {
    /// What its content says.
    Auto,
    /// Activities of the IATI standard, version 2, as XML.
    Iati,
    /// Entities of FollowTheMoney, one JSON object a line.
    Ftm,
}

#[derive(Args, Debug)]
pub(super) struct WithdrawArguments {
    #[command(flatten)]
    pub(super) store: DataArguments,
    /// Ids of documents, or their sources as the graph shows them.
    #[arg(required = true, value_name = "DOCUMENT")]
    pub(super) documents: Vec<String>,
    #[command(flatten)]
    pub(super) signature: SignatureArguments,
}

#[derive(Args, Debug)]
pub(super) struct DecideArguments {
    #[command(flatten)]
    pub(super) store: DataArguments,
    /// What is decided: two entities are the same or different; one entity or relation is confirmed or rejected.
    #[arg(value_name = "VERDICT", value_parser = ["same", "different", "confirmed", "rejected"])]
    pub(super) verdict: String,
    /// Ids: of two entities, or of one entity or relation.
    #[arg(required = true, num_args = 1..=2, value_name = "ID")]
    pub(super) ids: Vec<String>,
    #[command(flatten)]
    pub(super) signature: SignatureArguments,
}

#[derive(Args, Debug)]
pub(super) struct UndoArguments {
    #[command(flatten)]
    pub(super) store: DataArguments,
    /// The id of the decision, as the log shows it.
    #[arg(value_name = "DECISION")]
    pub(super) decision: String,
    #[command(flatten)]
    pub(super) signature: SignatureArguments,
}

#[derive(Args, Debug)]
pub(super) struct LogArguments {
    #[command(flatten)]
    pub(super) store: DataArguments,
    /// Only what was written after this version.
    #[arg(long, default_value_t = 0, value_name = "VERSION")]
    pub(super) after: u64,
    /// One JSON object a line.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args, Debug)]
pub(super) struct BackupArguments {
    #[command(flatten)]
    pub(super) store: DataArguments,
    /// The file of the copy; it must not exist yet.
    #[arg(value_name = "TO")]
    pub(super) to: PathBuf,
}

#[derive(Args, Debug)]
pub(super) struct TokenArguments {
    #[command(subcommand)]
    pub(super) command: TokenCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum TokenCommand {
    /// Make a token and show it, once.
    New(NamedToken),
    /// Show whose tokens there are.
    List(DataArguments),
    /// Take a token out of force.
    Revoke(NamedToken),
}

#[derive(Args, Debug)]
pub(super) struct NamedToken {
    #[command(flatten)]
    pub(super) store: DataArguments,
    /// Whose it is: the author of what is written with it.
    #[arg(value_name = "NAME")]
    pub(super) name: String,
}
