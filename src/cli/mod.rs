//! The command line: `maillage serve | ingest | withdraw | decide | undo | log | check | backup | token | extract | …`.
//!
//! `maillage serve corpus` → reads the folder, prints where GraphiQL is, serves until it is told to end
//!
//! The only place that knows clap and indicatif. Data goes to standard output and nothing else does; everything else goes to
//! standard error. Must not contain what a user of the library would miss.

mod arguments;
mod compare;
mod curate;
mod eval;
mod explain;
mod export;
mod extract;
mod history;
mod import;
mod ingest;
mod interrupt;
mod log;
mod place;
mod progress;
mod query;
mod replica;
mod report;
mod review;
mod serve;
mod serve_arguments;
mod source;
mod stats;
mod store_arguments;
mod traces;
mod train;
mod watch;
mod wire_arguments;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::api;
use crate::error::{Error, Result};
use arguments::{Arguments, Command};
use progress::Line;
use report::Report;
use traces::Traces;

/// How a command ended when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Everything was read.
    Complete,
    /// Something was not read, as warnings said.
    Skipped,
    /// It stopped because it was told to.
    Interrupted,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let line = Line::new(&arguments);
    let traces = log::start(&arguments, &line);
    let report = Report::new(arguments.quiet, arguments.log_format, line);
    let status = match command(arguments.command, &report, traces.as_ref()) {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::Skipped) => ExitCode::from(3),
        Ok(Outcome::Interrupted) => ExitCode::from(interrupt::STATUS),
        Err(error) => {
            report.error(&error);
            ExitCode::FAILURE
        }
    };
    traces.iter().for_each(Traces::end);
    status
}

fn command(command: Command, report: &Report, traces: Option<&Traces>) -> Result<Outcome> {
    match command {
        Command::Serve(arguments) => serve::run(&arguments, report, traces.map(Traces::endpoint)),
        Command::Extract(arguments) => extract::run(&arguments, report),
        Command::Query(arguments) => query::run(&arguments, report),
        Command::Export(arguments) => export::run(&arguments, report),
        Command::Stats(arguments) => stats::run(&arguments, report),
        Command::Ingest(arguments) => ingest::run(&arguments, report),
        Command::Import(arguments) => import::run(&arguments, report),
        Command::Withdraw(arguments) => curate::withdraw(&arguments),
        Command::Decide(arguments) => curate::decide(&arguments, report),
        Command::Review(arguments) => review::run(&arguments, report),
        Command::Undo(arguments) => curate::undo(&arguments, report),
        Command::Log(arguments) => history::log(&arguments),
        Command::Compare(arguments) => compare::run(&arguments, report),
        Command::Check(arguments) => history::check(&arguments, report),
        Command::Backup(arguments) => history::backup(&arguments, report),
        Command::Token(arguments) => history::token(&arguments),
        Command::Explain(arguments) => explain::run(&arguments.paths, report),
        Command::Eval(arguments) => eval::run(&arguments, report),
        Command::Train(arguments) => train::run(&arguments, report),
        Command::Schema => print(&api::sdl()).map(|()| Outcome::Complete),
    }
}

/// Writes to standard output. A reader that has seen enough (`| head`) is no error.
fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    tolerate_closed(out.write_all(text.as_bytes()).and_then(|()| out.flush())).map(drop)
}

/// Whether the output is still open; any failure but a closed pipe is an error.
fn tolerate_closed(written: io::Result<()>) -> Result<bool> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Error::io("cannot write to standard output", error)),
    }
}
