//! Automatic persisted queries: a client sends the SHA-256 of a query, and its text only when the server does not know it.
//!
//! `extensions: {persistedQuery: {version: 1, sha256Hash: "ecf4…"}}` → PERSISTED_QUERY_NOT_FOUND; the same with the query → kept, executed
//!
//! After Apollo's protocol, which many clients speak. What is kept is bounded: what was not asked for goes first. Must not know limits.

use std::sync::Arc;

use async_graphql::{Request, Value};
use axum::http::StatusCode;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};

use super::answer::Refused;

/// About how many queries are kept, and how many bytes at most.
const QUERIES: usize = 1_000;
const BYTES: u64 = 8 << 20;

#[derive(Clone)]
struct Length;

impl Weighter<String, Arc<str>> for Length {
    fn weight(&self, key: &String, text: &Arc<str>) -> u64 {
        (key.len() + text.len()) as u64
    }
}

/// The queries that clients have sent with their hash.
pub(super) struct Persisted(Cache<String, Arc<str>, Length>);

impl Default for Persisted {
    fn default() -> Self {
        Self(Cache::with_weighter(QUERIES, BYTES, Length))
    }
}

impl Persisted {
    /// Puts the text of a known query into a request that names it by its hash; gives the hash under which to keep a new one.
    pub(super) fn resolve(&self, request: &mut Request) -> Result<Option<String>, Refused> {
        let Some(hash) = named(request)? else { return Ok(None) };
        if request.query.trim().is_empty() {
            let Some(text) = self.0.get(&hash) else {
                // The words, the code and the status are those that clients wait for.
                return Err(Refused::new(StatusCode::OK, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound"));
            };
            request.query = text.to_string();
            return Ok(None);
        }
        if digest(&request.query) != hash {
            let message = "provided sha does not match query";
            return Err(Refused::new(StatusCode::BAD_REQUEST, "PERSISTED_QUERY_HASH_MISMATCH", message));
        }
        Ok(Some(hash))
    }

    /// Keeps a query.
    pub(super) fn keep(&self, hash: String, text: &str) {
        self.0.insert(hash, text.into());
    }
}

/// The hash that a request names its query by.
pub(super) fn named(request: &Request) -> Result<Option<String>, Refused> {
    let bad = |message: &str| Refused::new(StatusCode::BAD_REQUEST, "PERSISTED_QUERY_NOT_SUPPORTED", message);
    let query = match request.extensions.get("persistedQuery") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Object(query)) => query,
        Some(_) => return Err(bad("persistedQuery must be an object with version: 1 and sha256Hash: string")),
    };
    match (query.get("version"), query.get("sha256Hash")) {
        (Some(Value::Number(version)), Some(Value::String(hash))) if version.as_u64() == Some(1) => {
            Ok(Some(hash.clone()))
        }
        (Some(Value::Number(version)), _) if version.as_u64() != Some(1) => {
            Err(bad("only version 1 of persisted queries is known here"))
        }
        _ => Err(bad("persistedQuery must be an object with version: 1 and sha256Hash: string")),
    }
}

/// The SHA-256 of a text in hexadecimal digits.
pub(super) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
