//! The one-way street: which module may use which, and which framework belongs to whom.
//!
//! Read from the sources: every `crate::module` outside tests must point backwards, and a framework's name may stand
//! only in its own module.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every module with the modules it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("model", &["error"]),
    ("ontology", &["error", "model"]),
    ("lexicon", &["error", "model", "ontology"]),
    ("text", &["error", "model"]),
    ("file", &[]),
    ("corpus", &["error", "model", "file"]),
    ("tagger", &["error", "model", "lexicon", "text"]),
    ("extract", &["error", "model", "ontology", "lexicon", "text", "tagger"]),
    ("import", &["error", "model", "ontology", "lexicon", "file"]),
    ("resolve", &["error", "model", "ontology", "lexicon"]),
    ("collection", &[]),
    ("graph", &["error", "collection", "model", "ontology"]),
    ("search", &["error", "collection", "model", "text"]),
    ("snapshot", &["error", "collection", "model", "graph", "search"]),
    ("store", &["error", "model"]),
    ("query", &["error", "model", "ontology", "graph", "search", "snapshot"]),
    (
        "knowledge_base",
        &["error", "model", "corpus", "extract", "import", "resolve", "graph", "search", "snapshot", "store", "query"],
    ),
    ("export", &["error", "model", "ontology", "lexicon", "snapshot", "query"]),
    ("pipe", &["error", "model", "corpus", "extract", "resolve", "export"]),
    ("evaluate", &["error", "model", "ontology"]),
    ("api", &["error", "model", "ontology", "corpus", "snapshot", "query", "knowledge_base"]),
    ("server", &["error", "model", "snapshot", "query", "knowledge_base", "export", "api"]),
    (
        "cli",
        &[
            "error",
            "model",
            "corpus",
            "extract",
            "tagger",
            "import",
            "resolve",
            "snapshot",
            "store",
            "query",
            "knowledge_base",
            "export",
            "pipe",
            "evaluate",
            "api",
            "server",
        ],
    ),
];

/// Frameworks with the modules that may name them.
const BELONGS_TO: &[(&str, &[&str])] = &[
    ("petgraph", &["graph"]),
    ("async_graphql", &["api", "server"]),
    ("async_graphql_axum", &["server"]),
    ("axum", &["server"]),
    ("tower_http", &["server"]),
    ("flate2", &["server", "file"]),
    ("zstd", &["file"]),
    ("hyper", &["server"]),
    ("hyper_util", &["server"]),
    ("metrics", &["server"]),
    ("metrics_exporter_prometheus", &["server"]),
    ("tracing_subscriber", &["cli"]),
    ("opentelemetry", &["server", "cli"]),
    ("tracing_opentelemetry", &["server", "cli"]),
    ("opentelemetry_http", &["cli"]),
    ("opentelemetry_otlp", &["cli"]),
    ("opentelemetry_sdk", &["cli"]),
    ("ureq", &["cli"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("html5ever", &["corpus"]),
    ("quick_xml", &["import", "export"]),
    ("encoding_rs", &["corpus"]),
    ("chardetng", &["corpus"]),
    ("toml", &["ontology", "lexicon", "text", "corpus", "extract", "import", "search", "evaluate"]),
    ("arc_swap", &["knowledge_base"]),
    ("rustc_hash", &["lexicon", "text", "extract", "import", "graph", "search", "query"]),
    ("postcard", &["collection", "store"]),
    ("lz4_flex", &["collection", "store"]),
    ("crc32fast", &["collection", "store"]),
    ("rusqlite", &["store"]),
    ("postgres", &["store"]),
    ("rustls", &["store"]),
    ("tokio_postgres_rustls", &["store"]),
    ("rustls_native_certs", &["store"]),
    ("jiff", &["model", "store", "query", "knowledge_base", "export", "api", "cli"]),
    ("csv", &["export"]),
    ("oxrdf", &["export"]),
    ("oxttl", &["export"]),
    ("parquet", &["export", "file"]),
    ("getrandom", &["knowledge_base", "server"]),
    ("subtle", &["knowledge_base"]),
];

#[test]
fn modules_use_only_what_lies_before_them() {
    let allowed: BTreeMap<_, _> = MAY_USE.iter().copied().collect();
    let mut wrong = Vec::new();
    for (module, file, code) in sources() {
        let may = allowed.get(module.as_str()).unwrap_or_else(|| panic!("{module} is missing in MAY_USE"));
        for used in allowed.keys().filter(|used| **used != module && !may.contains(used)) {
            if names(&code, &format!("crate::{used}")) || grouped(&code, used) {
                wrong.push(format!("{}: {module} must not use {used}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn frameworks_stay_in_their_modules() {
    let mut wrong = Vec::new();
    for (module, file, code) in sources() {
        for (framework, homes) in BELONGS_TO {
            if names(&code, &format!("{framework}::")) && !homes.contains(&module.as_str()) {
                wrong.push(format!("{}: {framework} does not belong to {module}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_names_every_module_once_and_points_backwards() {
    let order: Vec<_> = MAY_USE.iter().map(|(module, _)| *module).collect();
    for (at, (module, uses)) in MAY_USE.iter().enumerate() {
        assert!(uses.iter().all(|used| order[..at].contains(used)), "{module} looks forward");
    }
    let mut folders: Vec<_> = sources().into_iter().map(|(module, ..)| module).collect();
    folders.sort();
    folders.dedup();
    let mut listed: Vec<_> = order.iter().map(ToString::to_string).collect();
    listed.sort();
    assert_eq!(folders, listed);
}

/// All source files of the library with their module and their code, without comments and test modules.
fn sources() -> Vec<(String, PathBuf, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&src, &mut files);
    let mut found = Vec::new();
    for file in files {
        let inside = file.strip_prefix(&src).expect("below src").to_path_buf();
        let first = inside.iter().next().expect("a name").to_string_lossy().trim_end_matches(".rs").to_string();
        if first != "lib" && first != "main" {
            let code = fs::read_to_string(&file).expect("readable source");
            found.push((first, inside, without_comments_and_tests(&code)));
        }
    }
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("readable folder") {
        let path = entry.expect("readable entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

fn without_comments_and_tests(code: &str) -> String {
    let code = code.split("#[cfg(test)]").next().unwrap_or(code);
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Whether the code names a path, as a whole word.
fn names(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + path.len()..].chars().next();
        let part_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !part_of_word(before) && (path.ends_with(':') || !part_of_word(after))
    })
}

/// Whether `use crate::{…}` brings the module in.
fn grouped(code: &str, module: &str) -> bool {
    code.split("use crate::{").skip(1).any(|rest| names(rest.split(';').next().unwrap_or(rest), module))
}
