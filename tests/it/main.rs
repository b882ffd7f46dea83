//! All integration tests: one binary, one module per subject.
mod layers;
mod reading;
