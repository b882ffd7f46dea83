//! `maillage train`: makes the model of the statistical tagger from texts in which people marked names.
//!
//! `maillage train news.jsonl --output fr.model` → the model; with `--folds 5`, how well models do on texts they have not seen
//!
//! Must not train anything itself.

use std::fmt::Write as _;
use std::fs;

use super::arguments::TrainArguments;
use super::report::Report;
use super::{Outcome, print};
use crate::error::{Error, Result};
use crate::model::Language;
use crate::tagger::{AnnotatedText, TrainingOptions, cross_validate, parse_annotated, train};

pub(super) fn run(arguments: &TrainArguments, report: &Report) -> Result<Outcome> {
    let mut texts: Vec<AnnotatedText> = Vec::new();
    for path in &arguments.paths {
        let lines = fs::read_to_string(path).map_err(|error| Error::read(path, error))?;
        texts.extend(parse_annotated(&path.display().to_string(), &lines)?);
    }
    let language = Language::new("fr");
    let options = TrainingOptions::default();
    if let Some(folds) = arguments.folds {
        print(&validation(&texts, &language, usize::from(folds), &options))?;
    }
    if let Some(output) = &arguments.output {
        let model = train(&texts, &language, &options);
        fs::write(output, &model).map_err(|error| Error::io(format!("cannot write {}", output.display()), error))?;
        report.written(&format!("{}: {} bytes from {} texts", output.display(), model.len(), texts.len()));
    }
    Ok(Outcome::Complete)
}

/// The table of a cross-validation, spans compared exactly.
fn validation(texts: &[AnnotatedText], language: &Language, folds: usize, options: &TrainingOptions) -> String {
    let validation = cross_validate(texts, language, folds, options);
    let mut table = format!("{folds} folds, {} texts\n  kind              P      R     F1\n", texts.len());
    for score in &validation.scores {
        let (p, r, f1) = (score.precision(), score.recall(), score.f1());
        // Writing to a string cannot fail.
        let _ = writeln!(table, "  {:13} {p:.3}  {r:.3}  {f1:.3}", score.kind.as_str());
    }
    table
}
