//! What holds whatever is read: evidence is verbatim, and no text makes extraction fail.
//!
//! Every text goes through [`check`], which knows the invariants of annotations and of their record.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use maillage::corpus;
use maillage::export::record;
use maillage::extract::extract;
use maillage::model::{
    Annotations, Document, DocumentId, EntityId, Language, Record, RecordSpan, Section, SectionKind, Span,
};
use maillage::ontology::ontology;
use maillage::resolve::identify;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rayon::prelude::*;

use crate::cases;

pub(crate) fn corpus_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The releases of the corpus.
pub(crate) fn corpus_documents() -> &'static [Document] {
    static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| {
        let found = corpus::find(&[corpus_folder()]);
        found.inputs.iter().flat_map(corpus::read).map(|reading| reading.expect("a document").document).collect()
    });
    &DOCUMENTS
}

/// The corpus and the texts of all cases: every shape of sentence that is known to matter.
pub(crate) fn documents() -> Vec<Document> {
    let cases = cases::all().iter().map(|case| &case.document);
    corpus_documents().iter().chain(cases).cloned().collect()
}

/// Extracts a document, checks all invariants and gives its record.
pub(crate) fn check(document: &Document) -> Record {
    let annotations = extract(document);
    check_annotations(document, &annotations);
    let ids = identify(document, &annotations);
    assert_eq!(ids.len(), annotations.entities.len());
    let record = record(document, &annotations, &ids);
    check_record(&record);
    record
}

fn check_annotations(document: &Document, annotations: &Annotations) {
    let text = document.text.as_str();
    let fits =
        |span: Span| assert!(text.get(span.start..span.end).is_some_and(|t| !t.is_empty()), "{span:?} in {text:?}");
    assert_eq!(annotations.document, document.id);
    for entity in &annotations.entities {
        assert!(!entity.mentions.is_empty() && !entity.name.trim().is_empty(), "{entity:?}");
        assert!(entity.mentions.is_sorted_by_key(|mention| mention.span.start), "{entity:?}");
        assert!(!entity.aliases.contains(&entity.name), "{entity:?}");
        entity.mentions.iter().for_each(|mention| fits(mention.span));
    }
    for relation in &annotations.relations {
        let kind = |end: usize| annotations.entities[end].kind;
        let allowed = ontology().allows(relation.kind, kind(relation.subject), kind(relation.object));
        assert!(allowed && relation.subject != relation.object, "{relation:?}");
        assert!(!relation.evidence.is_empty() && relation.evidence.is_sorted(), "{relation:?}");
        assert!(relation.confidence > 0.0 && relation.confidence <= 1.0, "{relation:?}");
        let qualifiers = &relation.qualifiers;
        assert_eq!(qualifiers.amount.is_some(), qualifiers.currency.is_some(), "{relation:?}");
        assert!(qualifiers.amount.is_none_or(|amount| amount.is_finite() && amount >= 0.0), "{relation:?}");
        let ends = [relation.subject_span, relation.object_span];
        relation.evidence.iter().chain(&ends).chain(&relation.trigger).for_each(|span| fits(*span));
    }
}

fn check_record(record: &Record) {
    let characters: Vec<char> = record.text.chars().collect();
    let verbatim = |span: &RecordSpan| {
        let there: String = characters[span.start..span.end].iter().collect();
        assert_eq!(there, span.text);
        assert!(!there.is_empty());
    };
    let ids: BTreeSet<&EntityId> = record.entities.iter().map(|entity| &entity.id).collect();
    assert_eq!(ids.len(), record.entities.len(), "ids are unique");
    record.entities.iter().flat_map(|entity| &entity.mentions).for_each(verbatim);
    let kind = |id: &EntityId| record.entities.iter().find(|entity| entity.id == *id).map(|entity| entity.kind);
    let mut seen = BTreeSet::new();
    for relation in &record.relations {
        let ends = kind(&relation.subject).zip(kind(&relation.object));
        let allowed = ends.is_some_and(|(subject, object)| ontology().allows(relation.kind, subject, object));
        assert!(allowed && relation.subject != relation.object, "{relation:?}");
        assert!(seen.insert((relation.kind, &relation.subject, &relation.object)), "twice: {relation:?}");
        assert!(
            !relation.evidence.is_empty() && relation.confidence > 0.0 && relation.confidence <= 1.0,
            "{relation:?}"
        );
        relation.evidence.iter().for_each(verbatim);
    }
    let line = serde_json::to_string(record).expect("a record is JSON");
    assert_eq!(serde_json::from_str::<Record>(&line).expect("a record"), *record);
}

#[test]
fn evidence_is_verbatim_and_records_are_whole() {
    let (mut relations, mut seen) = (0, BTreeSet::new());
    for document in documents() {
        let record = check(&document);
        relations += record.relations.len();
        seen.extend(record.relations.iter().map(|relation| relation.kind));
    }
    assert!(relations > 150 && seen.len() == 15, "{relations} relations of {} kinds tell little", seen.len());
}

/// Texts that no writer of press releases would write.
fn strange_texts() -> Vec<String> {
    let corpus: Vec<&str> = corpus_documents().iter().map(|document| document.text.as_str()).collect();
    let whole = corpus.join("\n");
    let mut texts: Vec<String> = vec![
        whole.to_uppercase(),
        whole.to_lowercase(),
        whole.replace(char::is_whitespace, ""),
        whole.replace('\n', " "),
        whole.replace(' ', "\n"),
        whole.replace(char::is_alphabetic, ""),
        whole.replace(|c: char| !c.is_alphabetic(), " "),
        whole.chars().rev().collect(),
        whole.chars().flat_map(|c| [c, '\u{301}']).collect(),
        whole.chars().flat_map(|c| [c, '\u{200b}']).collect(),
        whole.split(' ').flat_map(|word| [word, "👩‍👩‍👧‍👦 "]).collect(),
        whole.split(' ').map(|word| format!("\u{202e}{word}\u{202c} ")).collect(),
        whole.replace(['«', '»', '(', ')'], "«("),
        "(".repeat(10_000),
        format!("{}OIM{}", "(".repeat(10_000), ")".repeat(10_000)),
        "« L'OIM ".repeat(3_000),
        "L'OIM (".repeat(2_000),
        "projet de ".repeat(5_000),
        "le Canada, ".repeat(3_000),
        "Directeur de l'OIM, ".repeat(2_000),
        "a".repeat(200_000),
        format!("L'OIM finance le projet {}.", "Élan".repeat(30_000)),
        "É-".repeat(20_000),
        ".,;:!?…«»—–-()[]{}'’\"%€$&@#*/\\".repeat(300),
        "المنظمة الدولية للهجرة تمول مشروعا في كندا. ".repeat(200),
        "ארגון ההגירה OIM finance le projet Eaux Vives. ".repeat(200),
        "国際移住機関はカナダのプロジェクトに資金を提供する。".repeat(200),
        "🇨🇦 finance 🐟 le projet 🌊 Eaux 🚰 Vives. ".repeat(200),
        "1 000 000 000 000 000 000 000 000 000 euros ".repeat(100),
        format!("Le Canada finance le projet à hauteur de {} euros.", "9".repeat(200)),
        "du 31 février au 45 mars 99999, du 0 au 0 ".repeat(200),
        "\u{0}\u{1}\u{7f}\u{fffd}\u{feff}\r\r\n\u{2028}\u{2029}\u{85}".repeat(100),
        "M. Mme Dr Pr Mgr ".repeat(500),
        "Contact : ".repeat(500),
        "a@b.c ".repeat(2_000),
        "İ ı ſ ß ŉ ǰ ΐ ﬁ ﬀ Å K".repeat(300),
        " ".to_owned(),
        "X".to_owned(),
        "«".to_owned(),
    ];
    texts.extend(["\n", "(", "»", "’", "-", "–", ".", "…", "\u{a0}", "\u{300}", "٠"].map(|c| format!("OIM{c}OIM{c}")));
    texts
}

/// A document of a text as it is: the first lines as title and dateline, the last as contact, when there are enough.
pub(crate) fn document_of(text: String) -> Document {
    let mut sections = Vec::new();
    let mut start = 0;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for (at, line) in lines.iter().enumerate() {
        let kind = match at {
            0 if lines.len() > 1 => SectionKind::Title,
            1 if lines.len() > 3 => SectionKind::Dateline,
            _ if at > 3 && at + 2 > lines.len() => SectionKind::Contact,
            _ => SectionKind::Body,
        };
        let span = Span::new(start, start + line.trim_end_matches('\n').len());
        start += line.len();
        if !span.is_empty() {
            sections.push(Section { kind, span });
        }
    }
    let title = sections.iter().find(|s| s.kind == SectionKind::Title).map(|s| s.span.of(&text).to_owned());
    Document {
        id: DocumentId::of_bytes(text.as_bytes()),
        source: "mangled".to_owned(),
        title,
        url: None,
        language: Language::new("fr"),
        published: None,
        text,
        sections,
        lines: None,
    }
}

/// The same text as a reader of files makes a document of it.
pub(crate) fn document_read(text: &str) -> Option<Document> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("text.txt");
    fs::write(&path, text).expect("a file");
    let found = corpus::find(&[path]);
    let mut document = found.inputs.iter().flat_map(corpus::read).find_map(Result::ok)?.document;
    document.language = Language::new("fr");
    Some(document)
}

#[test]
fn no_strange_text_makes_it_fail() {
    strange_texts().into_par_iter().for_each(|text| {
        document_read(&text).iter().for_each(|document| drop(check(document)));
        check(&document_of(text));
    });
}

#[test]
fn the_language_may_be_any() {
    for tag in ["en", "es", "und", "zh", "fr-CA", "", "x"] {
        for document in corpus_documents() {
            check(&Document { language: Language::new(tag), ..document.clone() });
        }
    }
}

/// All documents' texts one after the other, until the text is as long as asked for.
#[test]
fn a_long_document_ends() {
    let texts: Vec<_> = documents().into_iter().map(|document| document.text).collect();
    let mut text = String::new();
    for one in texts.iter().cycle() {
        if text.len() > 300_000 {
            break;
        }
        text.push_str(one);
        text.push('\n');
    }
    let record = check(&document_of(text));
    assert!(record.entities.len() > 100 && record.relations.len() > 100);
}

/// Something done to a text.
#[derive(Clone, Debug)]
enum Damage {
    /// Only what lies between the two places stays.
    Cut(Index, Index),
    /// The lines in another order.
    Shuffle(Vec<Index>),
    /// Words in another order.
    SwapWords(Vec<(Index, Index)>),
    Insert(Vec<(Index, String)>),
    Uppercase,
    NoSpaces,
    /// One character for another everywhere.
    Replace(Index, char),
}

fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let strange = select(vec![
        " ",
        "\n",
        "\n\n",
        "(",
        ")",
        "«",
        "»",
        "’",
        "'",
        "-",
        "—",
        ".",
        ",",
        ":",
        ";",
        "…",
        "\u{301}",
        "\u{200d}",
        "\u{202e}",
        "\u{a0}",
        "\u{202f}",
        "👩‍👧",
        "ﷺ",
        "م",
        "OIM",
        "(OIM)",
        "le projet ",
        " de ",
        " et ",
        " par ",
        "1",
        "M. ",
        "a été financé par ",
        "intitulé ",
        "Contact : ",
        "le 31 août ",
        "3,5 millions d’euros ",
        "İ",
        "ß",
    ]);
    let inserted = prop_oneof![strange.prop_map(str::to_owned), any::<String>()];
    let damage = prop_oneof![
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Damage::Cut(from, to)),
        prop::collection::vec(any::<Index>(), 1..20).prop_map(Damage::Shuffle),
        prop::collection::vec(any::<(Index, Index)>(), 1..20).prop_map(Damage::SwapWords),
        prop::collection::vec((any::<Index>(), inserted), 1..30).prop_map(Damage::Insert),
        Just(Damage::Uppercase),
        Just(Damage::NoSpaces),
        (any::<Index>(), any::<char>()).prop_map(|(at, c)| Damage::Replace(at, c)),
    ];
    prop::collection::vec(damage, 1..4)
}

fn damaged(mut text: String, damages: &[Damage]) -> String {
    for damage in damages {
        if text.is_empty() {
            break;
        }
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        text = match damage {
            Damage::Cut(from, to) => {
                let (from, to) = (*from.get(&places), *to.get(&places));
                text[from.min(to)..from.max(to)].to_owned()
            }
            Damage::Shuffle(order) => {
                let mut lines: Vec<&str> = text.split('\n').collect();
                order.iter().for_each(|index| {
                    let line = lines.remove(index.index(lines.len()));
                    lines.push(line);
                });
                lines.join("\n")
            }
            Damage::SwapWords(pairs) => {
                let mut words: Vec<&str> = text.split(' ').collect();
                let count = words.len();
                pairs.iter().for_each(|(a, b)| words.swap(a.index(count), b.index(count)));
                words.join(" ")
            }
            Damage::Insert(inserted) => inserted.iter().fold(text.clone(), |mut text, (index, new)| {
                let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                text.insert_str(*index.get(&places), new);
                text
            }),
            Damage::Uppercase => text.to_uppercase(),
            Damage::NoSpaces => text.replace(' ', ""),
            Damage::Replace(index, new) => {
                let old = text[*index.get(&places[..places.len() - 1])..].chars().next().unwrap_or(' ');
                text.replace(old, &new.to_string())
            }
        };
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn mangled_texts_keep_every_invariant(which in any::<Index>(), damages in damages(), read in any::<bool>()) {
        let documents = documents();
        let text = damaged(documents[which.index(documents.len())].text.clone(), &damages);
        let document = if read { document_read(&text) } else { Some(document_of(text)) };
        document.iter().for_each(|document| drop(check(document)));
    }

    #[test]
    fn any_words_in_any_order_keep_every_invariant(words in prop::collection::vec((any::<Index>(), any::<Index>()), 1..120)) {
        let documents = documents();
        let word = |(document, at): &(Index, Index)| {
            let words: Vec<&str> = documents[document.index(documents.len())].text.split(' ').collect();
            at.get(&words).to_string()
        };
        check(&document_of(words.iter().map(word).collect::<Vec<_>>().join(" ")));
    }

    #[test]
    fn a_record_does_not_depend_on_what_was_read_before(first in any::<Index>(), second in any::<Index>()) {
        static RECORDS: LazyLock<Vec<String>> = LazyLock::new(|| documents().iter().map(|d| format!("{:?}", check(d))).collect());
        for index in [second, first, second] {
            let documents = documents();
            let at = index.index(documents.len());
            prop_assert_eq!(&format!("{:?}", check(&documents[at])), &RECORDS[at]);
        }
    }
}

#[test]
fn a_label_may_be_all_there_is_before_its_colon() {
    for text in ["Projet\n\n: Graines de Paix", "Projet\n: Graines de Paix", "Projet\n\n\n\n: Graines de Paix\n\nFin."]
    {
        check(&document_of(text.to_owned()));
    }
}

#[test]
fn the_title_of_a_sheet_may_be_the_first_word_of_a_text() {
    for text in [
        "Puits pour demain\nPays : Niger\nBailleur : Canada\n",
        "Wells\nCountry: Niger\nDonor: Canada\n",
        "A\nPays : Niger",
    ] {
        check(&document_of(text.to_owned()));
    }
}
