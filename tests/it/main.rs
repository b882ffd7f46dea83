//! All integration tests: one binary, one module per subject.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod api_documents;
mod api_lists;
mod api_paths;
mod api_refusals;
mod api_schema;
mod api_traversal;
mod api_writing;
mod archive;
mod archives;
mod cases;
mod client;
#[cfg(unix)]
mod collector;
mod command_line;
mod corpus_questions;
mod crash;
mod dump;
mod examples;
mod export;
mod extraction;
mod fact_sheets;
#[cfg(target_os = "linux")]
mod faults;
mod filters;
mod fixture;
mod follow_the_money;
#[cfg(target_os = "linux")]
mod full_disk;
#[path = "../../benches/generate.rs"]
mod generate;
mod graph;
mod guarantees;
mod hostile;
mod http;
mod iati;
mod iati_bodies;
mod iati_payments;
mod identity;
mod import;
mod incremental;
mod ingest;
#[cfg(unix)]
mod interrupted;
mod invented;
#[cfg(unix)]
mod kept;
mod killed;
mod layers;
mod live;
mod made_up;
mod metrics;
mod naive;
mod offer;
mod pipe;
mod plans;
#[cfg(unix)]
mod postgres;
mod press;
mod program;
mod quality;
mod questions_chain;
mod questions_corpus;
mod questions_counts;
mod questions_network;
mod questions_partners;
mod questions_paths;
mod questions_subgraph;
mod random_graph;
mod readers;
mod reading;
#[path = "../../benches/knowledge_base/releases.rs"]
mod releases;
#[cfg(unix)]
mod replicas;
mod search;
mod socket;
mod sse;
mod starts;
mod store;
mod store_care;
mod store_commands;
mod store_errors;
mod store_formats;
mod table;
mod traces;
mod websocket;
mod websocket_streams;
