//! What people decided of entities and relations, against or beside what extraction and resolution say.
//!
//! *organization:oim and organization:iom are the same, says ana, because …* → a [`Decision`] that can be undone
//!
//! Decisions speak of ids, which are made from content: they outlive a newer extraction of the same documents.

use std::fmt;

use jiff::Timestamp;

use super::{DecisionId, EntityId, RelationId, RelationKind};

/// What a person says of one thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Judged {
    /// An entity.
    Entity(EntityId),
    /// A relation, by what it says: its id follows from that.
    Relation(RelationKind, EntityId, EntityId),
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Judgement {
    /// Two entities are one thing.
    Same(EntityId, EntityId),
    /// Two entities are two things, whatever the rules of resolution find.
    Different(EntityId, EntityId),
    /// It is as the graph says.
    Confirmed(Judged),
    /// It is not: the graph leaves it out.
    Rejected(Judged),
}

/// The word for a judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Two entities are one.
    Same,
    /// Two entities are two.
    Different,
    /// Right.
    Confirmed,
    /// Wrong.
    Rejected,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Same, Self::Different, Self::Confirmed, Self::Rejected];

    /// Its name, as written in the store: `SAME`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "SAME",
            Self::Different => "DIFFERENT",
            Self::Confirmed => "CONFIRMED",
            Self::Rejected => "REJECTED",
        }
    }

    /// The verdict of that name, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str().eq_ignore_ascii_case(text))
    }
}

impl Judgement {
    /// The word for it.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Same(..) => Verdict::Same,
            Self::Different(..) => Verdict::Different,
            Self::Confirmed(_) => Verdict::Confirmed,
            Self::Rejected(_) => Verdict::Rejected,
        }
    }
}

impl fmt::Display for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entity(id) => write!(f, "{id}"),
            Self::Relation(kind, subject, object) => write!(f, "{subject} {kind} {object}"),
        }
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same(a, b) => write!(f, "{a} is the same as {b}"),
            Self::Different(a, b) => write!(f, "{a} is different from {b}"),
            Self::Confirmed(judged) => write!(f, "{judged} is confirmed"),
            Self::Rejected(judged) => write!(f, "{judged} is rejected"),
        }
    }
}

impl Judged {
    /// The id of the relation that is judged, when it is one.
    pub fn relation_id(&self) -> Option<RelationId> {
        match self {
            Self::Entity(_) => None,
            Self::Relation(kind, subject, object) => Some(RelationId::new(*kind, subject, object)),
        }
    }
}

/// A judgement with who made it, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Made from all the rest.
    pub id: DecisionId,
    /// What was decided.
    pub judgement: Judgement,
    /// Who decided.
    pub author: String,
    /// Why; may be empty.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

impl Decision {
    /// A decision; the same one made twice at the same moment is one.
    pub fn new(judgement: Judgement, author: &str, reason: &str, at: Timestamp) -> Self {
        let id = DecisionId::of_text(&format!("{judgement}\0{author}\0{reason}\0{}", at.as_millisecond()));
        Self { id, judgement, author: author.to_owned(), reason: reason.to_owned(), at }
    }
}
