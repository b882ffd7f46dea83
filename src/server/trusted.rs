//! Trusted operations: the only ones that a server with such a list executes.
//!
//! `{"9d2c…": "query Funders($id: ID!) { … }"}` in a file → `documentId: "9d2c…"`, its SHA-256 or its very text is let through
//!
//! Reads what Relay's compiler and GraphQL Code Generator write (a map from id to text), and Apollo's manifests. Must not know requests.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::persisted::digest;
use crate::error::{Error, Result};

/// Operations by what they are known by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trusted {
    /// By the id that the tool gave them and by the SHA-256 of their text.
    texts: HashMap<String, Arc<str>>,
}

/// A file of operations.
#[derive(Deserialize)]
#[serde(untagged)]
enum File {
    Manifest { operations: Vec<Entry> },
    Map(HashMap<String, String>),
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    body: String,
}

impl Trusted {
    /// Reads a file, or all files of a folder whose names end in `.json`.
    ///
    /// # Errors
    /// It cannot be read, is no such list, or holds no operation; nobody should run a server that refuses everything by mistake.
    pub fn load(path: &Path) -> Result<Self> {
        let unreadable =
            |path: &Path, error| Error::io(format!("cannot read the trusted operations in {}", path.display()), error);
        let mut trusted = Self::default();
        for file in files(path).map_err(|error| unreadable(path, error))? {
            let text = fs::read_to_string(&file).map_err(|error| unreadable(&file, error))?;
            let read: File = serde_json::from_str(&text).map_err(|error| {
                let meant = "expected a JSON object from ids to the texts of operations, as relay-compiler and graphql-codegen write it";
                unreadable(&file, std::io::Error::new(std::io::ErrorKind::InvalidData, format!("{meant} ({error})")))
            })?;
            match read {
                File::Map(map) => map.into_iter().for_each(|(id, text)| trusted.add(id, text)),
                File::Manifest { operations } => operations.into_iter().for_each(|it| trusted.add(it.id, it.body)),
            }
        }
        if trusted.texts.is_empty() {
            let none =
                std::io::Error::new(std::io::ErrorKind::InvalidData, "there is none; every request would be refused");
            return Err(unreadable(path, none));
        }
        Ok(trusted)
    }

    fn add(&mut self, id: String, text: String) {
        let text: Arc<str> = text.into();
        self.texts.insert(digest(&text), Arc::clone(&text));
        self.texts.insert(id, text);
    }

    /// The operation with this id or SHA-256, which may be written `sha256:…`.
    pub(super) fn find(&self, id: &str) -> Option<&Arc<str>> {
        self.texts.get(id).or_else(|| self.texts.get(id.strip_prefix("sha256:")?))
    }

    /// Whether an operation with exactly this text is trusted.
    pub(super) fn has(&self, text: &str) -> bool {
        self.texts.contains_key(&digest(text))
    }
}

fn files(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path)? {
        let file = entry?.path();
        if file.extension().is_some_and(|end| end == "json") {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sorts_of_lists_are_read_and_others_are_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
        write("map.json", r#"{"a1": "{ stats { version } }"}"#);
        write(
            "manifest.json",
            r#"{"format": "x", "version": 1, "operations": [{"id": "b2", "name": "B", "type": "query", "body": "query B { __typename }"}]}"#,
        );
        write("notes.txt", "no list");
        let trusted = Trusted::load(folder.path()).expect("read");
        let text = "{ stats { version } }";
        for id in ["a1", &digest(text), &format!("sha256:{}", digest(text))] {
            assert_eq!(trusted.find(id).map(|found| &**found), Some(text), "{id}");
        }
        assert!(trusted.has("query B { __typename }") && !trusted.has("query B { __typename  }"));
        assert_eq!(trusted.find("sha256:a2"), None);
        for wrong in ["[]", "{}", "{", r#"{"a": 1}"#] {
            write("wrong.json", wrong);
            assert!(Trusted::load(&folder.path().join("wrong.json")).is_err(), "{wrong}");
        }
    }
}
