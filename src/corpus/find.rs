//! From paths to the inputs to read: files, folders, standard input.
//!
//! `find(&["corpus", "b.txt"])` → `b.txt`, `corpus/000.txt`, `corpus/001.txt`, …
//!
//! Invariants: inputs are sorted by source, byte by byte, whatever the order of the arguments; a file that is reached twice
//! is listed once, under the smallest of its names; nothing but a file or folder is opened. Must not read contents.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::Warning;

/// How the bytes of an input are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InputKind {
    /// Plain text, possibly with some markup in it.
    Text,
    /// Markdown.
    Markdown,
    /// An HTML page.
    Html,
    /// One JSON object a line, each a document; packed with gzip or zstd, or not.
    JsonLines,
    /// A web archive (WARC or WET), of which each record may be a document; packed or not.
    Archive,
    /// Parquet, of which each row is a document.
    Parquet,
    /// Standard input: plain text, HTML, JSON Lines or a web archive, packed or not, whichever it looks like.
    StandardInput,
}

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// The path with `/` between its parts, or `-`.
    pub source: String,
    /// Where to read.
    pub path: PathBuf,
    /// How to read it.
    pub kind: InputKind,
}

/// What [`find`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What to read, sorted by source.
    pub inputs: Vec<Input>,
    /// What cannot be read, sorted by path.
    pub warnings: Vec<Warning>,
    /// How many files in folders were left aside because their extension says that they are no documents.
    pub skipped: usize,
}

/// Finds everything to read under the given paths.
///
/// Folders are searched through, hidden entries and readme files excepted; links are followed, and a loop of links ends.
/// In folders only `.txt`, `.md`, `.html`, `.htm`, `.parquet`, `.jsonl`, `.warc` and `.wet` count, these three also with `.gz` or `.zst` behind;
/// a file that is named explicitly is always read.
pub fn find(paths: &[PathBuf]) -> Found {
    let mut search = Search::default();
    for path in paths {
        search.argument(path);
    }
    search.follow_folder_links();
    search.found()
}

#[derive(Default)]
struct Search {
    /// Canonical path → input.
    inputs: BTreeMap<PathBuf, Input>,
    warnings: BTreeSet<Warning>,
    skipped: BTreeSet<PathBuf>,
    /// Canonical folders that were searched: a link back to one of them is not followed.
    folders: BTreeSet<PathBuf>,
    /// Links to folders, followed after all real folders so that the outcome does not depend on the order of arguments.
    links: BTreeSet<PathBuf>,
}

impl Search {
    fn argument(&mut self, path: &Path) {
        if path.as_os_str() == "-" {
            let input = Input { source: "-".into(), path: path.into(), kind: InputKind::StandardInput };
            self.inputs.insert(path.into(), input);
            return;
        }
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => self.folder(path),
            Ok(found) if found.is_file() => self.file(path, kind_of(path).unwrap_or(InputKind::Text)),
            Ok(_) => self.not_a_file(path),
            Err(error) => self.refused(path, &error),
        }
    }

    /// Searches a folder and everything below it; iterative, because folders may be nested deeply.
    fn folder(&mut self, folder: &Path) {
        let mut open = vec![folder.to_path_buf()];
        while let Some(folder) = open.pop() {
            if let Ok(canonical) = folder.canonicalize() {
                self.folders.insert(canonical);
            }
            match fs::read_dir(&folder) {
                Ok(entries) => {
                    for entry in entries {
                        match entry {
                            Ok(entry) => self.entry(&entry.path(), &mut open),
                            Err(error) => self.refused(&folder, &error),
                        }
                    }
                }
                Err(error) => self.refused(&folder, &error),
            }
        }
    }

    fn entry(&mut self, path: &Path, open: &mut Vec<PathBuf>) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            return;
        }
        let link = fs::symlink_metadata(path).is_ok_and(|m| m.is_symlink());
        match fs::metadata(path) {
            Ok(found) if found.is_dir() && link => drop(self.links.insert(path.into())),
            Ok(found) if found.is_dir() => open.push(path.into()),
            _ if is_readme(&name) => {}
            Ok(found) if found.is_file() => match kind_of(path) {
                Some(kind) => self.file(path, kind),
                None => drop(self.skipped.insert(path.into())),
            },
            Ok(_) => self.not_a_file(path),
            Err(error) => self.refused(path, &error),
        }
    }

    fn follow_folder_links(&mut self) {
        while let Some(link) = self.links.pop_first() {
            if link.canonicalize().is_ok_and(|target| !self.folders.contains(&target)) {
                self.folder(&link);
            }
        }
    }

    fn file(&mut self, path: &Path, kind: InputKind) {
        let canonical = match path.canonicalize() {
            Ok(canonical) => canonical,
            Err(error) => return self.refused(path, &error),
        };
        let input = Input { source: source_of(path), path: path.into(), kind };
        let known = self.inputs.entry(canonical).or_insert_with(|| input.clone());
        if input < *known {
            *known = input;
        }
    }

    fn not_a_file(&mut self, path: &Path) {
        let reason = "is neither a file nor a folder but a pipe, socket or device";
        self.warnings.insert(Warning::new(source_of(path), reason, "pipe its content in and give - as the path"));
    }

    fn refused(&mut self, path: &Path, error: &std::io::Error) {
        let dangling = error.kind() == std::io::ErrorKind::NotFound && fs::symlink_metadata(path).is_ok();
        self.warnings.insert(match dangling {
            true => {
                Warning::new(source_of(path), "is a link to something that does not exist", "repair or remove the link")
            }
            false => Warning::io(source_of(path), error),
        });
    }

    fn found(self) -> Found {
        let mut inputs: Vec<_> = self.inputs.into_values().collect();
        inputs.sort();
        tracing::debug!(files = inputs.len(), skipped = self.skipped.len(), "searched the paths");
        Found { inputs, warnings: self.warnings.into_iter().collect(), skipped: self.skipped.len() }
    }
}

fn is_readme(name: &str) -> bool {
    name.split('.').next().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"))
}

fn kind_of(path: &Path) -> Option<InputKind> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let unpacked = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst"));
    let (_, extension) = unpacked.unwrap_or(&name).rsplit_once('.')?;
    match (extension, unpacked) {
        ("txt", None) => Some(InputKind::Text),
        ("md", None) => Some(InputKind::Markdown),
        ("html" | "htm", None) => Some(InputKind::Html),
        ("jsonl", _) => Some(InputKind::JsonLines),
        ("warc" | "wet", _) => Some(InputKind::Archive),
        ("parquet", None) => Some(InputKind::Parquet),
        _ => None,
    }
}

/// The path as given, with `/` between its parts.
fn source_of(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(found: &Found, root: &Path) -> Vec<String> {
        let root = format!("{}/", source_of(root));
        found.inputs.iter().map(|i| i.source.replacen(&root, "", 1)).collect()
    }

    #[test]
    fn order_does_not_depend_on_the_arguments_and_nothing_comes_twice() {
        let dir = tempfile::tempdir().expect("folder");
        let root = dir.path();
        fs::create_dir_all(root.join("b/deep/.hidden")).expect("folder");
        for name in
            ["a.txt", "b/x.MD", "b/deep/y.html", "b/deep/.hidden/z.txt", "b/.w.txt", "b/README.md", "b/data.csv"]
        {
            fs::write(root.join(name), "text").expect("file");
        }
        let paths = [root.join("b"), root.join("a.txt"), root.to_path_buf()];
        let forwards = find(&paths);
        let backwards = find(&paths.iter().rev().cloned().collect::<Vec<_>>());
        assert_eq!(forwards, backwards);
        assert_eq!(sources(&forwards, root), ["a.txt", "b/deep/y.html", "b/x.MD"]);
        assert_eq!(forwards.skipped, 1);
        assert_eq!(find(&[root.join("b/data.csv"), root.join("b/README.md")]).inputs.len(), 2, "named explicitly");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_loops_end() {
        let dir = tempfile::tempdir().expect("folder");
        let root = dir.path();
        fs::create_dir_all(root.join("a/b")).expect("folder");
        fs::write(root.join("a/x.txt"), "text").expect("file");
        std::os::unix::fs::symlink("../..", root.join("a/b/up")).expect("link");
        std::os::unix::fs::symlink("x.txt", root.join("a/w.txt")).expect("link");
        let found = find(&[root.to_path_buf()]);
        assert_eq!(sources(&found, root), ["a/w.txt"]);
        assert!(found.warnings.is_empty(), "{:?}", found.warnings);
    }
}
