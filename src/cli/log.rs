//! What the process says of itself while it runs: the log on standard error, and traces to a collector when somebody wants them.
//!
//! `start(&arguments)` → `tracing` is heard from here on; `--otlp http://localhost:4318` → spans are sent there, too
//!
//! Lines tell events and traces tell spans, each with a filter of its own: where no traces are wanted, spans cost a look at a flag.

use tracing::subscriber::with_default;
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry};

use super::arguments::{Arguments, Command, LogFormat};
use super::progress::Line;
use super::traces::{Traces, endpoint};

type Boxed = Box<dyn Layer<Registry> + Send + Sync>;

/// What the exporter's own words begin with where [`Traces`] say the same, and say it once.
const SAID_ALREADY: [&str; 4] = [
    "Export.Failed",
    "BatchSpanProcessor.ExportError",
    "BatchSpanProcessor.OnEnd.AfterShutdown",
    "BatchSpanProcessor.Shutdown",
];

/// Sets the log up; what it gives sends the traces, when they are wanted.
pub(super) fn start(arguments: &Arguments, line: &Line) -> Option<Traces> {
    // Whatever is wrong with its settings is said before there are traces, so that the log must be heard before, too.
    let traces = with_default(tracing_subscriber::registry().with(lines(arguments, line)), || traces(arguments));
    let layers: Vec<Boxed> = [lines(arguments, line)].into_iter().chain(traces.iter().map(Traces::layer)).collect();
    // A second set-up in one process keeps the first.
    let _ = tracing_subscriber::registry().with(layers).try_init();
    traces
}

/// The log as lines on standard error.
fn lines(arguments: &Arguments, line: &Line) -> Boxed {
    let json = arguments.log_format == LogFormat::Json;
    let level = match (arguments.quiet, arguments.verbose) {
        (true, _) => "error",
        (_, 0) if json => "warn,maillage::server=info,maillage::cli=info",
        (_, 0) => "warn,maillage::server=info,maillage::cli::traces=info",
        (_, 1) => "maillage=info,warn",
        _ => "maillage=debug,info",
    };
    let level = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let events = filter_fn(|metadata| {
        metadata.is_event() && !SAID_ALREADY.iter().any(|beginning| metadata.name().starts_with(beginning))
    });
    let beside = line.clone();
    let lines = tracing_subscriber::fmt::layer().with_writer(move || beside.writer()).with_ansi(line.color);
    match json {
        true => lines.json().flatten_event(true).with_target(true).with_filter(level.and(events)).boxed(),
        false => lines.with_target(false).with_filter(level.and(events)).boxed(),
    }
}

/// Traces, where the command has any and somebody wants them.
fn traces(arguments: &Arguments) -> Option<Traces> {
    let Command::Serve(serve) = &arguments.command else { return None };
    let started =
        endpoint(serve.otlp.as_deref(), |name| std::env::var(name).ok()).and_then(|endpoint| match endpoint {
            Some(endpoint) => Traces::start(endpoint).map(Some),
            None => Ok(None),
        });
    started.unwrap_or_else(|reason| {
        tracing::warn!("no traces are sent: {reason}");
        None
    })
}
