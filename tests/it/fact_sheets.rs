//! Fact sheets put together at random, from the labels that a language has and the words of all documents: none makes extraction fail.

use std::sync::LazyLock;

use maillage::model::{Document, Language};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::guarantees::{check, document_of, document_read, documents};

/// A language, and what its sheets are made of.
struct Labels {
    tag: &'static str,
    sheets: Vec<String>,
    labels: Vec<String>,
}

static LANGUAGES: LazyLock<Vec<Labels>> = LazyLock::new(|| {
    let files = [
        ("fr", include_str!("../../src/languages/fr/labels.toml")),
        ("en", include_str!("../../src/languages/en/labels.toml")),
        ("es", include_str!("../../src/languages/es/labels.toml")),
    ];
    let texts = |value: &toml::Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let read = |(tag, file): (&'static str, &str)| {
        let file: toml::Table = file.parse().expect("a language file");
        let mut labels = texts(&file["titles"]);
        labels.extend(file["label"].as_array().into_iter().flatten().flat_map(|label| texts(&label["words"])));
        Labels { tag, sheets: texts(&file["sheets"]), labels }
    };
    files.into_iter().map(read).collect()
});

static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let words = |document: Document| document.text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    documents().into_iter().flat_map(words).collect()
});

/// A piece of a sheet.
#[derive(Clone, Debug)]
enum Piece {
    Announced(Index),
    Label(Index, bool),
    Words(Vec<Index>),
    Between(&'static str),
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    const BETWEEN: &[&str] = &[
        ":", " : ", ": ", "\n", "\n\n", "\n- ", "\n• ", "\n1. ", ", ", " ; ", " – ", "\t", " | ", " (", ") ", "« ",
        " »", ". ", " et ", " and ", " y ",
    ];
    let piece = prop_oneof![
        1 => any::<Index>().prop_map(Piece::Announced),
        4 => (any::<Index>(), any::<bool>()).prop_map(|(which, large)| Piece::Label(which, large)),
        4 => prop::collection::vec(any::<Index>(), 1..4).prop_map(Piece::Words),
        6 => select(BETWEEN).prop_map(Piece::Between),
    ];
    prop::collection::vec(piece, 1..60)
}

fn written(labels: &Labels, pieces: &[Piece]) -> String {
    let large = |text: &String| {
        let mut letters = text.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    let piece = |piece: &Piece| match piece {
        Piece::Announced(which) => large(which.get(&labels.sheets)),
        Piece::Label(which, true) => large(which.get(&labels.labels)),
        Piece::Label(which, false) => which.get(&labels.labels).clone(),
        Piece::Words(words) => words.iter().map(|word| word.get(&WORDS).as_str()).collect::<Vec<_>>().join(" "),
        Piece::Between(text) => (*text).to_owned(),
    };
    pieces.iter().map(piece).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn any_sheet_keeps_every_invariant(language in any::<Index>(), pieces in pieces(), read in any::<bool>()) {
        let labels = language.get(&LANGUAGES);
        let text = written(labels, &pieces);
        let document = if read { document_read(&text) } else { Some(document_of(text)) };
        if let Some(document) = document {
            check(&Document { language: Language::new(labels.tag), ..document });
        }
    }
}
