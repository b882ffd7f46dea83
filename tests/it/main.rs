//! All integration tests: one binary, one module per subject.
mod command_line;
mod http;
mod layers;
mod reading;
