//! What a text adds to a relation: role, date, amount, and whether it is said to be so, planned or proposed.

use serde::{Deserialize, Serialize};

use super::DateRange;

/// How the text presents a relation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Modality {
    /// Stated as a fact.
    #[default]
    Asserted,
    /// Will happen: *s'ouvrira*, *lancera en janvier*.
    Planned,
    /// Suggested or hypothetical: *permettrait*, *a proposé*.
    Proposed,
}

impl Modality {
    /// Its name as data has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "ASSERTED",
            Self::Planned => "PLANNED",
            Self::Proposed => "PROPOSED",
        }
    }
}

/// Qualifiers of a relation; what the text does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Qualifiers {
    /// Asserted, planned or proposed.
    pub modality: Modality,
    /// When, as precise as stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<DateRange>,
    /// The post or part played, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// An amount of money, in units of `currency`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<f64>,
    /// ISO 4217 code of the amount's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

/// All of them, said or not: for formats that do not name what they hold.
pub(super) mod whole {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Qualifiers;

    pub(in crate::model) fn serialize<S: Serializer>(all: &Qualifiers, serializer: S) -> Result<S::Ok, S::Error> {
        let Qualifiers { modality, date, role, amount, currency } = all;
        (modality, date, role, amount, currency).serialize(serializer)
    }

    pub(in crate::model) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Qualifiers, D::Error> {
        let (modality, date, role, amount, currency) = Deserialize::deserialize(deserializer)?;
        Ok(Qualifiers { modality, date, role, amount, currency })
    }
}
