//! The right to write: secrets that are given out once and kept only as digests.
//!
//! `new_token("ana", …)` → `mlg_…`, to be kept by ana; the store keeps its SHA-256
//!
//! A secret has 256 random bits, so a plain digest cannot be searched back. Digests are compared in constant time.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::KnowledgeBase;
use crate::error::{Error, Result};
use crate::store::{Store, Token};

const PREFIX: &str = "mlg_";

/// Makes a token for somebody and keeps its digest. The secret is not kept: whoever loses it needs a new one.
///
/// # Errors
/// There is a token of that name, or the store cannot take it.
pub fn new_token(store: &mut dyn Store, name: &str, at: Timestamp) -> Result<String> {
    if store.tokens()?.iter().any(|token| token.name == name) {
        return Err(Error::data(format!("token {name}"), "there is one of that name; revoke it first"));
    }
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| Error::io("cannot make a token", std::io::Error::other(error)))?;
    let secret = format!("{PREFIX}{}", hex(&random));
    store.add_token(&Token { name: name.to_owned(), digest: digest(&secret), created_at: at })?;
    Ok(secret)
}

/// Takes a token out of force; whether there was one of that name.
///
/// # Errors
/// The store cannot be written.
pub fn revoke_token(store: &mut dyn Store, name: &str) -> Result<bool> {
    store.revoke_token(name)
}

/// Whose secret it is, among tokens.
pub fn token_owner<'t>(tokens: &'t [Token], secret: &str) -> Option<&'t str> {
    let given = digest(secret);
    let mut owner = None;
    // All of them, whichever fits: how long it takes says nothing.
    for token in tokens {
        if bool::from(token.digest.as_bytes().ct_eq(given.as_bytes())) {
            owner = Some(token.name.as_str());
        }
    }
    owner
}

impl KnowledgeBase {
    /// Whose secret it is; `None` when no token in force has it.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn owner_of(&self, secret: &str) -> Result<Option<String>> {
        let tokens = self.writer()?.store.tokens()?;
        Ok(token_owner(&tokens, secret).map(str::to_owned))
    }
}

fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
