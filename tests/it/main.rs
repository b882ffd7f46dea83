//! All integration tests: one binary, one module per subject.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod api_documents;
mod api_lists;
mod api_paths;
mod api_refusals;
mod api_schema;
mod api_traversal;
mod cases;
mod command_line;
mod corpus_questions;
mod extraction;
mod fixture;
mod graph;
mod guarantees;
mod http;
mod layers;
mod quality;
mod reading;
