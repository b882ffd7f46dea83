//! Which kinds are scored, and how strictly their names are compared.
//!
//! `is_scored(Topic)` → `false`; `is_loose(Event)` → `true`: events seldom have one exact name
//!
//! Must not look at names.

use crate::model::{EntityKind, RelationKind};

/// Whether entities of this kind count. Topics and populations come from a closed vocabulary and have no gold.
pub(super) fn is_scored(kind: EntityKind) -> bool {
    !matches!(kind, EntityKind::Topic | EntityKind::Population)
}

/// Whether a name of this kind matches when enough of its words do.
pub(super) fn is_loose(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Project | EntityKind::Event | EntityKind::Publication)
}

/// Whether relations of this kind count: all but those to topics and populations.
pub(super) fn is_scored_relation(kind: RelationKind) -> bool {
    !matches!(kind, RelationKind::Addresses | RelationKind::Benefits)
}

/// Whether a country that is the subject of this relation stands for its government or its people, not for its ground.
pub(super) fn is_action(kind: RelationKind) -> bool {
    use RelationKind::{Funds, Implements, Organizes, ParticipatesIn, PartnersWith, Publishes, Supports};
    matches!(kind, Funds | Implements | Organizes | ParticipatesIn | Supports | Publishes | PartnersWith)
}
