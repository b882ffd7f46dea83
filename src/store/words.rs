//! The words that every store keeps for values of ours, and their meaning.
//!
//! `CAUSES`: a withdrawal on request ↔ `REQUEST`; `2026-03-14T09:26:53.589Z` ↔ a moment
//!
//! What is written here stands in stores that exist: a word is never changed. Must not know how a store keeps it.

use jiff::Timestamp;

use crate::model::{EntityId, Judged, Judgement, Modality, RelationKind, SectionKind, Verdict, WithdrawalCause};

pub(super) const SECTIONS: [(SectionKind, &str); 4] = [
    (SectionKind::Title, "TITLE"),
    (SectionKind::Dateline, "DATELINE"),
    (SectionKind::Body, "BODY"),
    (SectionKind::Contact, "CONTACT"),
];
pub(super) const MODALITIES: [(Modality, &str); 3] =
    [(Modality::Asserted, "ASSERTED"), (Modality::Planned, "PLANNED"), (Modality::Proposed, "PROPOSED")];
pub(super) const CAUSES: [(WithdrawalCause, &str); 3] =
    [(WithdrawalCause::Request, "REQUEST"), (WithdrawalCause::Changed, "CHANGED"), (WithdrawalCause::Gone, "GONE")];

/// The word for a value.
pub(super) fn word<T: PartialEq>(words: &'static [(T, &'static str)], value: &T) -> &'static str {
    words.iter().find(|(known, _)| known == value).map_or("", |(_, word)| word)
}

/// The value of a word; what is wrong, when there is none.
pub(super) fn meaning<T: Copy>(words: &[(T, &str)], word: &str) -> Result<T, String> {
    let found = words.iter().find(|(_, known)| *known == word);
    found.map(|(value, _)| *value).ok_or_else(|| unknown("word", word))
}

/// What is wrong with a word that no version of a format writes.
pub(super) fn unknown(what: &str, word: &str) -> String {
    format!("{word:?} is no {what}")
}

/// A number for a count or a place; what is too large for it does not occur in memory.
pub(super) fn number(value: impl TryInto<i64>) -> i64 {
    value.try_into().unwrap_or(i64::MAX)
}

/// Milliseconds when that is exact, so that moments line up; nanoseconds otherwise.
pub(super) fn moment_text(at: Timestamp) -> String {
    if at.subsec_nanosecond() % 1_000_000 == 0 { format!("{at:.3}") } else { format!("{at:.9}") }
}

/// What [`moment_text`] wrote.
pub(super) fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| unknown("moment", text))
}

/// What a judgement says: its subject, the kind of the relation judged, its object.
pub(super) fn judgement_parts(judgement: &Judgement) -> (&str, Option<&'static str>, Option<&str>) {
    match judgement {
        Judgement::Same(a, b) | Judgement::Different(a, b) => (a.as_str(), None, Some(b.as_str())),
        Judgement::Confirmed(Judged::Entity(id)) | Judgement::Rejected(Judged::Entity(id)) => (id.as_str(), None, None),
        Judgement::Confirmed(Judged::Relation(kind, subject, object))
        | Judgement::Rejected(Judged::Relation(kind, subject, object)) => {
            (subject.as_str(), Some(kind.as_str()), Some(object.as_str()))
        }
    }
}

/// What [`judgement_parts`] took apart, with the word for its verdict. An object that is needed and missing is asked for.
pub(super) fn judgement<E: From<String>>(
    verdict: &str,
    subject: String,
    relation: Option<&str>,
    object: impl Fn() -> Result<String, E>,
) -> Result<Judgement, E> {
    let subject = EntityId::from_text(subject);
    let object = || object().map(EntityId::from_text);
    let verdict = Verdict::parse(verdict).ok_or_else(|| unknown("verdict", verdict))?;
    let judged = |subject: EntityId| match relation {
        None => Ok(Judged::Entity(subject)),
        Some(kind) => {
            let kind = RelationKind::parse(kind).ok_or_else(|| unknown("kind of relation", kind))?;
            Ok::<_, E>(Judged::Relation(kind, subject, object()?))
        }
    };
    Ok(match verdict {
        Verdict::Same => Judgement::Same(subject, object()?),
        Verdict::Different => Judgement::Different(subject, object()?),
        Verdict::Confirmed => Judgement::Confirmed(judged(subject)?),
        Verdict::Rejected => Judgement::Rejected(judged(subject)?),
    })
}
