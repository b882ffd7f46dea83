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
