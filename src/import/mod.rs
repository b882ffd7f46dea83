//! Data files with a graph in them: lines become contributions, and what cannot become one is refused with its line and reason.
//!
//! `{"id": "p1", "kind": "PROJECT", "name": "Eau pour tous"}` on line 7 of `nodes.jsonl` → a document of up to 64 KB whose text is that
//! line and its neighbours, with an entity that is mentioned there · `{"kind": "funds", "source": "o1", "target": "p1"}` → a statement
//! whose evidence is the line
//!
//! Reading is one pass over the entities, then one over the relations; of what was read only ids and kinds are kept, so memory does not
//! grow with what the lines say. The same files give the same contributions. Must not know a store or other documents.

mod chunk;
mod fields;
mod follow_the_money;
mod iati;
mod input;
mod kinds;
mod known;
mod mapping;
mod read;
mod rows;
mod table;

use std::borrow::Cow;
use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::Contribution;

pub use iati::LONGEST_ACTIVITY_BYTES;
pub use input::{LONGEST_LINE_BYTES, bytes_of};
pub use mapping::Mapping;
pub use read::read;

/// The version of the reader of lines, as contributions name what made them.
pub const VERSION: &str = "import 1";

/// The longest name of a namespace, in bytes.
const LONGEST_NAMESPACE: usize = 60;

/// What is to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The file of entities; `-` for standard input.
    pub entities: PathBuf,
    /// The file of relations between them, if there is one; `-` for standard input.
    pub relations: Option<PathBuf>,
    /// Whose ids stand in them: equal ids of one namespace are one entity.
    pub namespace: Arc<str>,
    /// What the files are.
    pub form: Form,
}

/// What data files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Entities, and relations between them, in the program's own words.
    Graph,
    /// Activities of the IATI standard.
    Iati,
    /// Entities of FollowTheMoney, which are things and what joins them.
    FollowTheMoney,
    /// A table, with what its columns mean.
    Table(Arc<Mapping>),
}

/// What comes out of reading, in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Some lines, and what they say.
    Lines(Side, Contribution),
    /// A line that was refused.
    Refused(Reject),
    /// A thing with an id of its own was read, an activity or an entity; whether it was taken.
    Record(bool),
    /// What says nothing that a relation means, and how often it was there.
    Passed(Cow<'static, str>, usize),
    /// So many bytes of the files were read.
    Read(u64),
}

/// Which of the two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// That of entities.
    Entities,
    /// That of relations.
    Relations,
    /// There is one file for both.
    Both,
}

/// A line that was refused, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// The file, as it was named.
    pub file: Arc<str>,
    /// The number of the line, from 1.
    pub line: usize,
    /// Why, and what to do about it.
    pub reason: String,
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

impl Files {
    /// The files, with a namespace that is made from the first file's name when none is given.
    ///
    /// # Errors
    /// Both are standard input, or the namespace is none; in words.
    pub fn new(entities: PathBuf, relations: Option<PathBuf>, namespace: Option<&str>) -> Result<Self, String> {
        let is_input = |path: &PathBuf| path.as_os_str() == "-";
        if is_input(&entities) && relations.as_ref().is_some_and(is_input) {
            return Err("only one of the two files can be standard input".to_owned());
        }
        let named = [Some(&entities), relations.as_ref()].into_iter().flatten().find(|path| !is_input(path));
        let namespace = match (namespace, named) {
            (Some(namespace), _) => namespace.trim().to_owned(),
            (None, Some(path)) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let first = name.split('.').find(|part| !part.is_empty());
                first.unwrap_or_default().to_owned()
            }
            (None, None) => {
                return Err("standard input has no name: say whose ids these are with --namespace".to_owned());
            }
        };
        if namespace.is_empty() || namespace.len() > LONGEST_NAMESPACE || namespace.contains(char::is_control) {
            return Err(format!("{namespace:?} is no namespace: give a name of up to {LONGEST_NAMESPACE} bytes"));
        }
        Ok(Self { entities, relations, namespace: namespace.into(), form: Form::Graph })
    }

    /// A file of IATI activities. Their ids mean the same in every file, so they are in the namespace `iati` unless another is given.
    ///
    /// # Errors
    /// The namespace is none; in words.
    pub fn iati(file: PathBuf, namespace: Option<&str>) -> Result<Self, String> {
        let files = Self::new(file, None, Some(namespace.unwrap_or("iati")))?;
        Ok(Self { form: Form::Iati, ..files })
    }

    /// A file of entities of FollowTheMoney, with a namespace that is made from its name when none is given.
    ///
    /// # Errors
    /// The namespace is none; in words.
    pub fn follow_the_money(file: PathBuf, namespace: Option<&str>) -> Result<Self, String> {
        let files = Self::new(file, None, namespace)?;
        Ok(Self { form: Form::FollowTheMoney, ..files })
    }

    /// A table with what its columns mean. The namespace is the one given, or else that of the mapping, or else made from the file's name.
    ///
    /// # Errors
    /// The namespace is none; in words.
    pub fn table(file: PathBuf, mapping: Arc<Mapping>, namespace: Option<&str>) -> Result<Self, String> {
        let files = Self::new(file, None, namespace.or(mapping.namespace.as_deref()))?;
        Ok(Self { form: Form::Table(mapping), ..files })
    }

    /// What a file is by what it begins with; a graph of our own when nothing else is recognised, and for standard input.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn form_of(path: &Path) -> crate::error::Result<Form> {
        let head = || -> std::io::Result<Vec<u8>> {
            let mut input = input::Input::open(path)?;
            let mut head = Vec::new();
            std::io::Read::take(&mut input.reader, 1 << 16).read_to_end(&mut head)?;
            Ok(head)
        };
        if path.as_os_str() == "-" {
            return Ok(Form::Graph);
        }
        let head = head().map_err(|error| crate::error::Error::read(path, error))?;
        Ok(match &head {
            head if iati::is_activities(head) => Form::Iati,
            head if follow_the_money::is_entities(&String::from_utf8_lossy(head)) => Form::FollowTheMoney,
            _ => Form::Graph,
        })
    }

    /// The source of everything that is imported from these files: what to name in order to withdraw it. Files of one standard share a
    /// namespace, so each has its own.
    pub fn source(&self) -> String {
        match self.form {
            Form::Graph | Form::FollowTheMoney | Form::Table(_) => format!("import:{}", self.namespace),
            Form::Iati => {
                let name = self.entities.file_name().unwrap_or(self.entities.as_os_str());
                format!("import:{}:{}", self.namespace, name.to_string_lossy())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_comes_from_the_first_file_that_has_a_name() {
        let namespace = |entities: &str, relations: Option<&str>, given: Option<&str>| {
            Files::new(entities.into(), relations.map(PathBuf::from), given).map(|files| files.namespace.to_string())
        };
        assert_eq!(namespace("a/iati.nodes.jsonl.gz", Some("b.csv"), None), Ok("iati".to_owned()));
        assert_eq!(namespace("-", Some("b/.hidden.csv"), None), Ok("hidden".to_owned()));
        assert_eq!(namespace("-", None, Some(" crm ")), Ok("crm".to_owned()));
        assert!(namespace("-", None, None).is_err_and(|why| why.contains("--namespace")));
        assert!(namespace("-", Some("-"), Some("crm")).is_err());
        assert!(namespace("a", None, Some("\u{7}")).is_err() && namespace("a", None, Some(&"x".repeat(61))).is_err());
    }
}
