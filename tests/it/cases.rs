//! Extraction cases as text files: `tests/cases/<language>/*.txt`, described in `tests/cases/README.md`.
//!
//! `# a name`, a text, `---`, `FUNDS: Canada -> projet régional` → a [`Case`] with its [`Document`] and one [`Expectation`]
//!
//! Reads and understands case files, and says which expectations a document's annotations do not meet; knows no test.

use std::fmt::{self, Write as _};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use maillage::corpus;
use maillage::model::{Annotations, Document, EntityKind, LocalEntity, Modality, RelationKind, RelationMention};
use maillage::ontology::ontology;
use serde_json::json;

/// One text with what must, and must not, be found in it.
pub(crate) struct Case {
    pub(crate) name: String,
    /// `funds.txt:12`
    pub(crate) place: String,
    pub(crate) document: Document,
    pub(crate) expectations: Vec<Expectation>,
}

/// One line below a case's text.
pub(crate) struct Expectation {
    /// `!`: must not be found.
    pub(crate) forbidden: bool,
    pub(crate) what: What,
    line: String,
}

/// What is to be found, or not to be found.
pub(crate) enum What {
    /// One entity with all these forms; no kind stands for any.
    Entity { kind: Option<EntityKind>, forms: Vec<String> },
    /// A relation between entities with these forms; no kind stands for any.
    Relation { kind: Option<RelationKind>, subject: String, object: String, qualifiers: Vec<(String, String)> },
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}

/// All cases of all languages, in the order of the files.
pub(crate) fn all() -> &'static [Case] {
    static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
        let mut languages = children(&folder);
        languages.retain(|path| path.is_dir());
        let read = |path: PathBuf| {
            let language = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            parse(&fs::read_to_string(&path).expect("a case file in UTF-8"), &file, &language)
        };
        languages.iter().flat_map(|folder| children(folder)).flat_map(read).collect()
    });
    &CASES
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// Reads the cases of one file. Panics with the place of the first mistake.
pub(crate) fn parse(text: &str, file: &str, language: &str) -> Vec<Case> {
    let mut drafts: Vec<Draft> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let place = format!("{file}:{}", number + 1);
        if let Some(name) = line.strip_prefix("# ") {
            drafts.push(Draft { name: name.trim().to_owned(), place, ..Draft::default() });
            continue;
        }
        match drafts.last_mut() {
            Some(draft) => draft.read(line, &place),
            None => assert!(line.trim().is_empty(), "{place}: a case begins with «# its name»"),
        }
    }
    let documents = documents(&drafts, language);
    drafts.into_iter().zip(documents).map(|(draft, document)| draft.finish(document)).collect()
}

#[derive(Default)]
struct Draft {
    name: String,
    place: String,
    title: Option<String>,
    date: Option<String>,
    text: String,
    expectations: Vec<Expectation>,
    below: bool,
}

impl Draft {
    fn read(&mut self, line: &str, place: &str) {
        if self.below {
            self.expectations.extend((!line.trim().is_empty()).then(|| expectation(line.trim(), place)));
        } else if line.trim() == "---" {
            self.below = true;
        } else if let Some(title) = line.strip_prefix("title:").filter(|_| self.text.is_empty()) {
            self.title = Some(title.trim().to_owned());
        } else if let Some(date) = line.strip_prefix("date:").filter(|_| self.text.is_empty()) {
            self.date = Some(date.trim().to_owned());
        } else {
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    fn finish(self, document: Document) -> Case {
        let Self { name, place, expectations, .. } = self;
        assert!(
            !expectations.is_empty(),
            "{place}: the case «{name}» expects nothing; add a line --- and what must be found"
        );
        Case { name, place, document, expectations }
    }
}

/// The texts as documents, through the door that documents come in by: JSON Lines, whose language is not guessed.
fn documents(drafts: &[Draft], language: &str) -> Vec<Document> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("cases.jsonl");
    let line = |draft: &Draft| {
        let Draft { place, title, date, text, .. } = draft;
        json!({ "id": place, "text": text, "title": title, "published": date, "language": language }).to_string()
    };
    fs::write(&path, drafts.iter().map(line).collect::<Vec<_>>().join("\n")).expect("a written file");
    let found = corpus::find(&[path]);
    let read = |result: Result<corpus::Reading, corpus::Warning>| {
        let reading = result.unwrap_or_else(|warning| panic!("{warning}"));
        assert!(reading.notes.is_empty(), "{}: {:?}", reading.document.source, reading.notes);
        reading.document
    };
    found.inputs.iter().flat_map(corpus::read).map(read).collect()
}

fn expectation(line: &str, place: &str) -> Expectation {
    let (forbidden, rest) = line.strip_prefix('!').map_or((false, line), |rest| (true, rest.trim()));
    let what = relation(rest, forbidden, place).unwrap_or_else(|| entity(rest, place));
    Expectation { forbidden, what, line: line.to_owned() }
}

/// `FUNDS: Canada -> projet régional {amount=5000}`; without a modality, what must be found is stated as a fact.
fn relation(line: &str, forbidden: bool, place: &str) -> Option<What> {
    let (kind, rest) = line.split_once(": ").filter(|(kind, _)| !kind.contains(' '))?;
    let (rest, qualifiers) = rest.split_once('{').unwrap_or((rest, ""));
    let (subject, object) =
        rest.split_once("->").unwrap_or_else(|| panic!("{place}: a relation is written «KIND: subject -> object»"));
    let qualifiers = qualifiers.trim_end().trim_end_matches('}').split(';').filter(|q| !q.trim().is_empty());
    let pair = |qualifier: &str| {
        let (key, value) =
            qualifier.split_once('=').unwrap_or_else(|| panic!("{place}: a qualifier is written «key=value»"));
        let key = key.trim().to_owned();
        assert!(
            ["modality", "date", "role", "amount", "currency"].contains(&key.as_str()),
            "{place}: no qualifier {key}"
        );
        (key, value.trim().to_owned())
    };
    let mut qualifiers: Vec<_> = qualifiers.map(pair).collect();
    if !forbidden && qualifiers.iter().all(|(key, _)| key != "modality") {
        qualifiers.push(("modality".to_owned(), "ASSERTED".to_owned()));
    }
    Some(What::Relation {
        kind: named(kind, RelationKind::parse, place),
        subject: plain(subject),
        object: plain(object),
        qualifiers,
    })
}

/// `ORGANIZATION Organisation internationale pour les migrations | OIM`
fn entity(line: &str, place: &str) -> What {
    let (kind, forms) = line.split_once(' ').unwrap_or_else(|| panic!("{place}: an entity is written «KIND a name»"));
    What::Entity { kind: named(kind, EntityKind::parse, place), forms: forms.split('|').map(plain).collect() }
}

fn named<K>(kind: &str, parse: impl Fn(&str) -> Option<K>, place: &str) -> Option<K> {
    (kind != "ANY").then(|| parse(kind).unwrap_or_else(|| panic!("{place}: no kind is called {kind}")))
}

/// A form as it is compared: lower case, plain apostrophes, one space between words.
fn plain(form: &str) -> String {
    form.replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The expectations that the annotations do not meet.
pub(crate) fn unmet<'c>(case: &'c Case, annotations: &Annotations) -> Vec<&'c Expectation> {
    let met = |e: &&Expectation| is_found(&e.what, &case.document, annotations) != e.forbidden;
    case.expectations.iter().filter(|e| !met(e)).collect()
}

fn is_found(what: &What, document: &Document, annotations: &Annotations) -> bool {
    match what {
        What::Entity { kind, forms } => annotations.entities.iter().any(|entity| {
            kind.is_none_or(|kind| kind == entity.kind) && forms.iter().all(|form| is_called(entity, document, form))
        }),
        What::Relation { .. } => stated(what, document, annotations).next().is_some(),
    }
}

/// The relations that an expectation means.
pub(crate) fn stated<'a>(
    what: &'a What,
    document: &'a Document,
    annotations: &'a Annotations,
) -> impl Iterator<Item = &'a RelationMention> {
    annotations.relations.iter().filter(move |relation| {
        let What::Relation { kind, subject, object, qualifiers } = what else { return false };
        let is = |end: usize, form: &str| is_called(&annotations.entities[end], document, form);
        let ends = is(relation.subject, subject) && is(relation.object, object);
        let turned =
            || ontology().is_symmetric(relation.kind) && is(relation.subject, object) && is(relation.object, subject);
        kind.is_none_or(|kind| kind == relation.kind) && (ends || turned()) && qualifies(relation, qualifiers)
    })
}

/// Whether a name, an alias or a mention of the entity is this; `*` is any, and `projet …` what begins so.
fn is_called(entity: &LocalEntity, document: &Document, form: &str) -> bool {
    let mentions = entity.mentions.iter().map(|mention| mention.span.of(&document.text));
    let mut forms = mentions.chain([entity.name.as_str()]).chain(entity.aliases.iter().map(String::as_str));
    form == "*"
        || match form.strip_suffix('…') {
            Some(head) => forms.any(|own| plain(own).starts_with(head.trim_end())),
            None => forms.any(|own| plain(own) == form),
        }
}

fn qualifies(relation: &RelationMention, expected: &[(String, String)]) -> bool {
    let own = |key: &str| qualifier(relation, key);
    expected.iter().all(|(key, value)| match (key.as_str(), own(key)) {
        ("amount", Some(own)) => own.parse::<f64>().ok() == value.parse().ok(),
        (_, Some(own)) => plain(&own) == plain(value),
        (_, None) => value == "-",
    })
}

fn qualifier(relation: &RelationMention, key: &str) -> Option<String> {
    let qualifiers = &relation.qualifiers;
    match key {
        "modality" => Some(modality(qualifiers.modality).to_owned()),
        "date" => qualifiers.date.map(|date| date.to_string()),
        "role" => qualifiers.role.clone(),
        "amount" => qualifiers.amount.map(|amount| amount.to_string()),
        _ => qualifiers.currency.clone(),
    }
}

fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "ASSERTED",
        Modality::Planned => "PLANNED",
        Modality::Proposed => "PROPOSED",
    }
}

/// What was found, written as expectations are.
pub(crate) fn found(document: &Document, annotations: &Annotations) -> String {
    let mut shown = String::new();
    for entity in &annotations.entities {
        let mut forms = vec![entity.name.clone()];
        let mentions = entity.mentions.iter().map(|mention| mention.span.of(&document.text).to_owned());
        for form in entity.aliases.iter().cloned().chain(mentions) {
            if !forms.iter().any(|known| plain(known) == plain(&form)) {
                forms.push(form);
            }
        }
        writeln!(shown, "    {} {}", entity.kind, forms.join(" | ")).expect("a string");
    }
    for relation in &annotations.relations {
        let name = |end: usize| &annotations.entities[end].name;
        write!(shown, "    {}: {} -> {}", relation.kind, name(relation.subject), name(relation.object))
            .expect("a string");
        let qualifiers = ["modality", "date", "role", "amount", "currency"];
        let stated = qualifiers.iter().filter_map(|key| Some(format!("{key}={}", qualifier(relation, key)?)));
        writeln!(shown, " {{{}}} ({})", stated.collect::<Vec<_>>().join("; "), relation.rule).expect("a string");
    }
    shown
}
