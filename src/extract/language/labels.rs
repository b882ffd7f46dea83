//! The labels of fact sheets, programmes and short notes: «Bailleurs : A ; B», «Where: Quito», «Socios locales» over a list.
//!
//! `labels.toml` says which words are labels, of what kind the names behind them are, and what a label says of them. How sheets are read is in
//! `sheet`, what becomes of it in `relations::labels`.

use std::collections::HashMap;

use serde::Deserialize;

use super::relations::{Direction, Reader};
use super::{NameWords, Phrases, VerbWords};
use crate::error::{Error, Result};
use crate::model::{EntityKind, RelationKind};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    /// Words between a label and its colon that belong to it: *principal*, *technique*.
    qualifiers: Vec<String>,
    /// What a line says that announces a sheet about one project: *fiche de projet*.
    sheets: Vec<String>,
    /// Labels of its title: *intitulé*.
    titles: Vec<String>,
    label: Vec<LabelSource>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelSource {
    name: String,
    kind: RelationKind,
    words: Vec<String>,
    kinds: Vec<String>,
    on: Vec<String>,
    direction: Direction,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    needs_amount: bool,
    #[serde(default)]
    leader: bool,
    #[serde(default = "usual")]
    confidence: f32,
    example: String,
}

fn usual() -> f32 {
    0.7
}

/// What a label says of the names behind it.
#[derive(Debug)]
pub(in crate::extract) struct Label {
    pub(in crate::extract) name: String,
    pub(in crate::extract) kind: RelationKind,
    pub(in crate::extract) words: Phrases,
    /// Kinds of the names.
    pub(in crate::extract) kinds: Vec<EntityKind>,
    /// Kinds of what the label says something of.
    pub(in crate::extract) on: Vec<EntityKind>,
    /// Whether the names are the subject (`to`) or the object (`from`).
    pub(in crate::extract) direction: Direction,
    /// Whether a name may stand right behind it: *exécution GIZ*.
    pub(in crate::extract) bare: bool,
    /// Whether only names with an amount count: *Budget*.
    pub(in crate::extract) needs_amount: bool,
    /// Whether it says something of the body that leads the project: *Partners: …*.
    pub(in crate::extract) leader: bool,
    pub(in crate::extract) confidence: f32,
}

/// The labels of a language.
#[derive(Debug, Default)]
pub(in crate::extract) struct Labels {
    /// The words of all, to pass over most tokens at once.
    pub(in crate::extract) phrases: Phrases,
    pub(in crate::extract) qualifiers: Phrases,
    pub(in crate::extract) sheets: Phrases,
    pub(in crate::extract) titles: Phrases,
    pub(in crate::extract) labels: Vec<Label>,
    /// An example of each, by its name.
    pub(in crate::extract) examples: HashMap<String, String>,
}

impl Labels {
    /// Reads the labels; an unknown kind, or kinds that the ontology forbids throughout, are an error.
    pub(super) fn parse(tag: &str, text: &str, names: &NameWords, verbs: &VerbWords) -> Result<Self> {
        let file = format!("{tag}/labels.toml");
        let source: Source = toml::from_str(text).map_err(|e| Error::data(&file, e))?;
        let reader = Reader { file: &file, tag, names, verbs };
        let list = |words: &Vec<String>| Phrases::new(words, &names.contractions);
        let label = |source: &LabelSource| {
            let (subjects, objects) = match source.direction {
                Direction::From => (&source.on, &source.kinds),
                _ => (&source.kinds, &source.on),
            };
            let (subjects, objects) = reader.ends(&source.name, source.kind, subjects, objects, &source.example)?;
            let (kinds, on) = match source.direction {
                Direction::From => (objects, subjects),
                _ => (subjects, objects),
            };
            Ok(Label {
                name: format!("{tag}/{}", source.name),
                kind: source.kind,
                words: list(&source.words),
                kinds,
                on,
                direction: source.direction,
                bare: source.bare,
                needs_amount: source.needs_amount,
                leader: source.leader,
                confidence: source.confidence,
            })
        };
        Ok(Self {
            phrases: Phrases::new(source.label.iter().flat_map(|l| &l.words), &names.contractions),
            qualifiers: list(&source.qualifiers),
            sheets: list(&source.sheets),
            titles: list(&source.titles),
            labels: source.label.iter().map(label).collect::<Result<_>>()?,
            examples: source.label.iter().map(|l| (format!("{tag}/{}", l.name), l.example.clone())).collect(),
        })
    }
}
