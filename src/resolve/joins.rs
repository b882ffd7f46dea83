//! Joins beyond equal ids: an acronym or a bare name joins the one entity it can belong to.
//!
//! *RNCOM* alone in one document, *Réseau régional … (RNCOM)* in another → one · *San José* without a country, *San José* in Costa Rica → one;
//! with a second San José, in the United States → refused

use super::base::Base;
use crate::model::{EntityKind, ResolutionRule, fold};

/// What an id that may join another finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Join<T> {
    /// Nothing that it might be.
    #[default]
    None,
    /// The one thing that it can be.
    To(T),
    /// Several things that it might be: it stays alone.
    Refused(Vec<T>),
}

/// Registry entities stay; so does what is only known from a description, people, who share names too often, and whatever its document
/// says too little of.
pub(super) fn may_move(base: &Base) -> bool {
    let kind = matches!(base.kind, EntityKind::Organization | EntityKind::Place | EntityKind::Project);
    // A name that many have, without anything that tells which, joins nothing; what its source tells from everything else by an id
    // stays what it is.
    let told = !matches!(base.rule(), ResolutionRule::Document | ResolutionRule::SourceId);
    kind && told && base.is_there() && base.is_named() && base.entry().is_none()
}

/// What a base joins, among those that have its shown name too.
pub(super) fn join<'b, T>(base: &Base, others: impl Iterator<Item = (T, &'b Base)>) -> Join<T> {
    let name = fold(base.name());
    let fits = others.filter(|(_, other)| other.is_there() && other.is_named() && other.id != base.id);
    let mut fuller: Vec<T> =
        fits.filter(|(_, other)| is_fuller(base, other, &name)).map(|(number, _)| number).collect();
    match fuller.len() {
        0 => Join::None,
        1 => fuller.pop().map_or(Join::None, Join::To),
        _ => Join::Refused(fuller),
    }
}

/// Whether `other` says more of itself under the same name: it is listed, or has a country where `base` has none, or a longer name.
/// Whatever is fuller than what is fuller is fuller: no chain of joins closes.
fn is_fuller(base: &Base, other: &Base, name: &str) -> bool {
    let countries = match (base.country(), other.country()) {
        (Some(a), Some(b)) => a == b,
        // An acronym of a country means a body of which documents about that country speak.
        (Some(a), None) => base.is_short_acronym() && other.is_at_home_in(a),
        _ => true,
    };
    let more_country = base.country().is_none() && other.country().is_some();
    let longer = fold(other.name()).len() > name.len();
    countries && (other.entry().is_some() || more_country || longer && base.kind != EntityKind::Place)
}
