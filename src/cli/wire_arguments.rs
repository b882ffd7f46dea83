//! How `maillage serve` answers: what it offers to whom, and what it bears.
//!
//! `--max-depth 12 --timeout 5 --no-introspection` → [`Settings`] with these, and the rest as it always is

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::api::{Limits, Offer};
use crate::error::Result;
use crate::server::{HttpProfile, Settings, Trusted};

#[derive(Args, Debug)]
#[command(next_help_heading = "What is offered")]
pub(super) struct WireArguments {
    /// Serve no pages: neither the explorer at / nor the playground at /graphiql.
    #[arg(long)]
    no_playground: bool,
    /// Do not tell the schema to whoever asks for it.
    #[arg(long)]
    no_introspection: bool,
    /// Queries need a token too, as writing does (see maillage token).
    #[arg(long, requires = "kept")]
    read_tokens: bool,
    /// Execute only the operations in this file, or in the *.json files of this folder: a map from ids to texts, as relay-compiler
    /// and graphql-codegen write it, or Apollo's manifest.
    #[arg(long, value_name = "FILE|DIR")]
    trusted: Option<PathBuf>,
    /// Be a subgraph of a federated graph (version 2): _service and _entities.
    #[arg(long)]
    federation: bool,
    /// Which edition of GraphQL over HTTP says what status answers have.
    #[arg(long, value_enum, default_value_t = Profile::Audited, value_name = "EDITION")]
    http_profile: Profile,

    /// The largest request body, in bytes.
    #[arg(long, default_value_t = 1 << 20, value_name = "BYTES", help_heading = "Limits")]
    max_body_bytes: usize,
    /// The longest query, in bytes.
    #[arg(long, default_value_t = Limits::default().query_bytes, value_name = "BYTES", help_heading = "Limits")]
    max_query_bytes: usize,
    /// The most names, numbers, strings and punctuation marks of a query.
    #[arg(long, default_value_t = Limits::default().tokens, value_name = "N", help_heading = "Limits")]
    max_tokens: usize,
    /// The most fields inside fields; GraphiQL needs 15.
    #[arg(long, default_value_t = Limits::default().depth, value_name = "N", help_heading = "Limits")]
    max_depth: usize,
    /// The most fields of an answer if every page were full.
    #[arg(long, default_value_t = Limits::default().complexity, value_name = "N", help_heading = "Limits")]
    max_complexity: usize,
    /// The most aliases of a query.
    #[arg(long, default_value_t = Limits::default().aliases, value_name = "N", help_heading = "Limits")]
    max_aliases: usize,
    /// The most fields of the operation itself.
    #[arg(long, default_value_t = Limits::default().root_fields, value_name = "N", help_heading = "Limits")]
    max_root_fields: usize,
    /// The most fields as they are written, with those of fragments each time.
    #[arg(long, default_value_t = Limits::default().fields, value_name = "N", help_heading = "Limits")]
    max_fields: usize,
    /// The most directives of a query.
    #[arg(long, default_value_t = Limits::default().directives, value_name = "N", help_heading = "Limits")]
    max_directives: usize,
    /// The most values in the variables of a request.
    #[arg(long, default_value_t = Limits::default().variable_values, value_name = "N", help_heading = "Limits")]
    max_variable_values: usize,
    /// The most exports that are written at a time; 0 for none at all.
    #[arg(long, default_value_t = Limits::default().exports_at_once, value_name = "N", help_heading = "Limits")]
    max_exports: usize,
    /// How long a request may be executed, in seconds; also how long an export waits for its reader.
    #[arg(long, default_value_t = 30, value_name = "SECONDS", value_parser = seconds(), help_heading = "Limits")]
    timeout: u64,
    /// How long the head of a request may take to arrive, and again its body, in seconds.
    #[arg(long, default_value_t = 10, value_name = "SECONDS", value_parser = seconds(), help_heading = "Limits")]
    read_timeout: u64,
    /// The most connections at a time, WebSockets and streams among them.
    #[arg(long, default_value_t = 1024, value_name = "N", help_heading = "Limits")]
    max_connections: usize,
}

fn seconds() -> clap::builder::RangedU64ValueParser<u64> {
    clap::value_parser!(u64).range(1..=86_400)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Profile {
    /// What clients and the audit of graphql-http expect.
    Audited,
    /// September 2026: 294 for partial success, 422 for what can be read but not executed.
    #[value(name = "2026-09")]
    September2026,
}

impl WireArguments {
    /// The settings that these arguments ask for, of a server that writes or not.
    ///
    /// # Errors
    /// The trusted operations cannot be read.
    pub(super) fn settings(&self, writes: bool) -> Result<Settings> {
        let limits = Limits {
            depth: self.max_depth,
            complexity: self.max_complexity,
            aliases: self.max_aliases,
            root_fields: self.max_root_fields,
            fields: self.max_fields,
            directives: self.max_directives,
            variable_values: self.max_variable_values,
            query_bytes: self.max_query_bytes,
            tokens: self.max_tokens,
            exports_at_once: self.max_exports,
            ..Limits::default()
        };
        Ok(Settings {
            limits,
            largest_body_bytes: self.max_body_bytes,
            read_timeout: Duration::from_secs(self.read_timeout),
            request_timeout: Duration::from_secs(self.timeout),
            most_connections: self.max_connections,
            playground: !self.no_playground,
            read_tokens: self.read_tokens,
            trusted: self.trusted.as_deref().map(Trusted::load).transpose()?.map(Arc::new),
            offer: Offer { mutations: writes, introspection: !self.no_introspection, federation: self.federation },
            http_profile: match self.http_profile {
                Profile::Audited => HttpProfile::Audited,
                Profile::September2026 => HttpProfile::September2026,
            },
            ..Settings::default()
        })
    }
}
