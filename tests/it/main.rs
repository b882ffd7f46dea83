//! All integration tests: one binary, one module per subject.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod api_documents;
mod api_lists;
mod api_paths;
mod api_refusals;
mod api_schema;
mod api_traversal;
mod api_writing;
mod cases;
mod command_line;
mod corpus_questions;
mod crash;
mod dump;
mod extraction;
#[cfg(target_os = "linux")]
mod faults;
mod fixture;
mod graph;
mod guarantees;
mod http;
mod incremental;
mod ingest;
mod layers;
mod live;
mod made_up;
mod metrics;
mod quality;
mod reading;
mod sse;
mod store;
mod store_care;
mod store_commands;
mod store_errors;
mod store_formats;
mod websocket;
