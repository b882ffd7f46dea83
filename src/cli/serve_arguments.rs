//! What may be said of a server on the command line.
//!
//! `maillage serve --store postgres://db.example/press --replica --port 9001` → `ServeArguments`
//!
//! Must not act on anything.

use std::path::PathBuf;

use clap::Args;
use clap::builder::ValueParser;

use super::place::{Address, Place};
use super::store_arguments::SignatureArguments;
use super::traces::collector_address;
use super::wire_arguments::WireArguments;
use crate::error::Result as Outcome;

#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("kept").multiple(false))]
pub(super) struct ServeArguments {
    /// Files, folders, or - for standard input; with --data or --store, what to take in before serving.
    #[arg(required_unless_present_any = ["data", "store"], value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The folder of a store to serve; made when there is none.
    #[arg(short, long, value_name = "DIR", group = "kept")]
    pub(super) data: Option<PathBuf>,
    /// The address of a store on a PostgreSQL server to serve, postgres://USER@HOST/DATABASE; made when there is none. PGPASSWORD may
    /// hold the password.
    #[arg(long, value_name = "URL", group = "kept")]
    pub(super) store: Option<Address>,
    /// Only follow the store, to which another process writes: as many such servers as are wanted answer beside it.
    #[arg(long, requires = "store", conflicts_with_all = ["paths", "watch"])]
    pub(super) replica: bool,
    /// How often a replica looks at the store, in milliseconds.
    #[arg(long, value_name = "MS", default_value_t = 20, requires = "replica", value_parser = clap::value_parser!(u64).range(1..=60_000))]
    pub(super) follow_every: u64,
    /// How far a replica may be behind, in milliseconds, and still be ready: /readyz answers 503 beyond it.
    #[arg(long, value_name = "MS", default_value_t = 5_000, requires = "replica", value_parser = clap::value_parser!(u64).range(1..=86_400_000))]
    pub(super) max_lag: u64,
    /// How long the right to write to a store on a server is kept for a process that is silent, in seconds, before another may have it.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, requires = "store", conflicts_with = "replica", value_parser = clap::value_parser!(u64).range(1..=3_600))]
    pub(super) lease: u64,
    /// A folder or file to look after while serving: what appears or changes there comes in, what goes is withdrawn; may be repeated.
    #[arg(long, value_name = "PATH", requires = "kept")]
    pub(super) watch: Vec<PathBuf>,
    /// How much of a large graph may stay in memory once it was read from the file beside its store, in MB, about; what is beyond it is
    /// forgotten and read again.
    #[arg(long, value_name = "MB", default_value_t = 1_024, requires = "data", value_parser = clap::value_parser!(u64).range(1..=1_048_576))]
    pub(super) graph_memory: u64,
    /// The port to listen on; 0 for any free one.
    #[arg(short, long, default_value_t = 8080)]
    pub(super) port: u16,
    /// The address or name to listen on; 0.0.0.0 for all addresses of this machine.
    #[arg(long, default_value = "127.0.0.1")]
    pub(super) host: String,
    /// An origin whose pages may ask this server, such as https://app.example, or * for all; may be repeated.
    #[arg(long = "cors-origin", value_name = "ORIGIN", value_parser = ValueParser::new(origin), value_delimiter = ',')]
    pub(super) cors_origins: Vec<String>,
    /// Count nothing and answer nothing at /metrics.
    #[arg(long)]
    pub(super) no_metrics: bool,
    /// Send traces of what is asked and written to an OpenTelemetry collector, as OTLP over HTTP, such as http://localhost:4318.
    #[arg(long, value_name = "URL", value_parser = ValueParser::new(collector_address))]
    pub(super) otlp: Option<String>,
    #[command(flatten)]
    pub(super) wire: WireArguments,
    #[command(flatten)]
    pub(super) signature: SignatureArguments,
}

impl ServeArguments {
    /// The store that was given, if any.
    ///
    /// # Errors
    /// It is an address that cannot be used.
    pub(super) fn place(&self) -> Outcome<Option<Place>> {
        Place::of(self.data.as_deref(), self.store.as_ref())
    }
}

/// Scheme, host and perhaps port, as browsers send it.
fn origin(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |host: &str| !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || "-.:[]".contains(c));
    match text == "*" || host.is_some_and(plain) {
        true => Ok(text.to_ascii_lowercase()),
        false => Err("an origin is written https://host or https://host:port, or * for all".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_what_browsers_send() {
        assert_eq!(origin("https://App.example:8443/").as_deref(), Ok("https://app.example:8443"));
        assert!(origin("app.example").is_err() && origin("https://a/b").is_err());
    }
}
