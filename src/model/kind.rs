//! The kinds of entities and relations. Their labels, domain and range are data: see [`crate::ontology`].
//!
//! `EntityKind::parse("PERSON")` → `Some(EntityKind::Person)`

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$doc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// All kinds, in the order of the ontology.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The kind's name in records, GraphQL and exports.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The kind of that name.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

kinds! {
    /// What an entity is.
    EntityKind {
        /// A body that can act.
        Organization = "ORGANIZATION",
        /// A named human being.
        Person = "PERSON",
        /// A sovereign state or ISO 3166-1 territory, also when it acts.
        Country = "COUNTRY",
        /// Any other place.
        Place = "PLACE",
        /// A planned undertaking with a goal.
        Project = "PROJECT",
        /// Something that happens at a time.
        Event = "EVENT",
        /// A document or normative text that people produce.
        Publication = "PUBLICATION",
        /// A theme from a controlled vocabulary.
        Topic = "TOPIC",
        /// A group of people concerned, from a controlled vocabulary.
        Population = "POPULATION",
    }
}

kinds! {
    /// What a relation says of its subject and object.
    RelationKind {
        /// Pays for it.
        Funds = "FUNDS",
        /// Carries it out.
        Implements = "IMPLEMENTS",
        /// Holds, hosts, opens or facilitates it.
        Organizes = "ORGANIZES",
        /// Takes part in it.
        ParticipatesIn = "PARTICIPATES_IN",
        /// Backs it without money being named.
        Supports = "SUPPORTS",
        /// Works jointly with (symmetric).
        PartnersWith = "PARTNERS_WITH",
        /// Writes, adopts, presents or issues it.
        Publishes = "PUBLISHES",
        /// Takes place there.
        HeldIn = "HELD_IN",
        /// Works there.
        OperatesIn = "OPERATES_IN",
        /// Lies in.
        LocatedIn = "LOCATED_IN",
        /// Is a part, an output or a step of.
        PartOf = "PART_OF",
        /// Belongs to a group.
        MemberOf = "MEMBER_OF",
        /// Holds a post there.
        WorksFor = "WORKS_FOR",
        /// Has it as theme.
        Addresses = "ADDRESSES",
        /// Is meant for these people.
        Benefits = "BENEFITS",
    }
}
