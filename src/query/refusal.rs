//! Why a question is not answered: what was asked wrongly, and what to do instead.
//!
//! `Refusal::limit("first", 500, 100, "page with after")` → code LIMIT_EXCEEDED, *first is 500, at most 100 …*

use std::fmt;

/// What sort of refusal it is, as clients may rely on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// An argument makes no sense or is ambiguous.
    BadUserInput,
    /// An id or name that the graph does not know.
    NotFound,
    /// More was asked for than is given at once.
    LimitExceeded,
    /// Writing needs a token in force.
    Unauthenticated,
    /// This server does not do that.
    Forbidden,
    /// It contradicts what holds already.
    Conflict,
    /// The store could not be written or read.
    StoreFailed,
}

impl Code {
    /// The code as clients read it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::NotFound => "NOT_FOUND",
            Self::LimitExceeded => "LIMIT_EXCEEDED",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::Conflict => "CONFLICT",
            Self::StoreFailed => "STORE_FAILED",
        }
    }
}

/// A question that is not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What sort of refusal.
    pub code: Code,
    /// What was wrong and what to do.
    pub message: String,
    /// What the question could mean instead, when it is ambiguous or names nothing: ids.
    pub candidates: Vec<String>,
}

impl Refusal {
    /// A refusal in plain words.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), candidates: Vec::new() }
    }

    /// An argument that makes no sense.
    pub fn bad_input(message: impl Into<String>) -> Self {
        Self { code: Code::BadUserInput, message: message.into(), candidates: Vec::new() }
    }

    /// An unknown id or name.
    pub fn not_found(what: &str, given: impl fmt::Display) -> Self {
        let message = format!("no {what} {:?} in this graph", given.to_string());
        Self { code: Code::NotFound, message, candidates: Vec::new() }
    }

    /// More than the limit, and the way round it.
    pub fn limit(name: &str, given: impl fmt::Display, most: usize, way_round: &str) -> Self {
        let message = format!("{name} is {given}, but at most {most} is allowed; {way_round}");
        Self { code: Code::LimitExceeded, message, candidates: Vec::new() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
