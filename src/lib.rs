//! Reads documents, extracts the entities and relations they state, keeps them as a knowledge graph in which every
//! relation cites its sentence, and serves that graph through GraphQL.
//!
//! The way of a document: bytes → [`model::Document`] → [`model::Annotations`] → entities and relations → snapshot → GraphQL.
//! ARCHITECTURE.md says which module may use which; a test enforces it.

pub mod api;
pub mod cli;
pub mod collection;
pub mod corpus;
pub mod error;
pub mod evaluate;
pub mod export;
pub mod extract;
pub mod file;
pub mod graph;
pub mod import;
pub mod knowledge_base;
pub mod lexicon;
pub mod model;
pub mod ontology;
pub mod pipe;
pub mod query;
pub mod resolve;
pub mod search;
pub mod server;
pub mod snapshot;
pub mod store;
pub mod tagger;
pub mod text;

pub use error::{Error, Result};
