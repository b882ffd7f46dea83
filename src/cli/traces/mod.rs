//! Traces: spans of the program go to an OpenTelemetry collector, as OTLP over HTTP.
//!
//! `Traces::start("http://localhost:4318/v1/traces")` → `.layer()` takes spans, a thread sends them, `.end()` sends the last
//!
//! What the standard variables say of samplers, headers, batches and resources is heeded by the exporter. A span that cannot be sent
//! is dropped: nothing here waits for a collector but the end, and that not for long. Must not know what spans there are.

mod collector;
mod settings;

use std::time::Duration;

use opentelemetry::trace::TracerProvider;
use opentelemetry::{InstrumentationScope, Key, KeyValue, global};
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::Level;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::{Layer, Registry};

use collector::Collector;

pub(super) use settings::{collector_address, endpoint};

/// How long the end waits for the last spans to be sent, and how long when the collector did not take the ones before.
const PATIENCE: Duration = Duration::from_secs(5);
const PATIENCE_AWAY: Duration = Duration::from_millis(500);

const SERVICE: &str = "maillage";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Sends spans until it is ended.
#[derive(Debug)]
pub(super) struct Traces {
    provider: SdkTracerProvider,
    collector: Collector,
}

impl Traces {
    /// Prepares to send to an address; nothing is sent before there are spans.
    ///
    /// # Errors
    /// What is wrong with the settings.
    pub(super) fn start(endpoint: String) -> Result<Self, String> {
        let timeout = settings::timeout(|name| std::env::var(name).ok());
        let collector = Collector::new(endpoint.clone(), timeout);
        let exporter = SpanExporter::builder().with_http().with_http_client(collector.clone()).with_endpoint(endpoint);
        let exporter = exporter.build().map_err(|error| error.to_string())?;
        let provider = SdkTracerProvider::builder().with_resource(resource()).with_batch_exporter(exporter).build();
        // Whose request it is, is read from `traceparent`.
        global::set_text_map_propagator(TraceContextPropagator::new());
        Ok(Self { provider, collector })
    }

    /// Takes the spans of this program, and no events: those are the log's.
    pub(super) fn layer(&self) -> Box<dyn Layer<Registry> + Send + Sync> {
        let scope = InstrumentationScope::builder(SERVICE).with_version(VERSION).build();
        let ours = filter_fn(|metadata| {
            metadata.is_span() && *metadata.level() <= Level::INFO && metadata.target().starts_with(SERVICE)
        });
        tracing_opentelemetry::layer()
            .with_tracer(self.provider.tracer_with_scope(scope))
            // Where in the source and on which thread is nothing to whom the service matters.
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_tracked_inactivity(false)
            .with_context_activation(false)
            .with_filter(ours.with_max_level_hint(LevelFilter::INFO))
            .boxed()
    }

    /// Where they go.
    pub(super) fn endpoint(&self) -> &str {
        self.collector.endpoint()
    }

    /// Sends what is left, for a short while.
    pub(super) fn end(&self) {
        let away = self.collector.is_away();
        let patience = if away { PATIENCE_AWAY } else { PATIENCE };
        if self.provider.shutdown_with_timeout(patience).is_err() && !away {
            tracing::warn!("the last traces were not taken within {} s", patience.as_secs());
        }
    }
}

/// What the service is called, unless a variable says so.
fn resource() -> Resource {
    let found = Resource::builder().build();
    let said = |name: &'static str| found.get(&Key::from_static_str(name)).map(|value| value.to_string());
    let mut resource = Resource::builder();
    if said("service.name").is_none_or(|name| name.starts_with("unknown_service")) {
        resource = resource.with_service_name(SERVICE);
    }
    if said("service.version").is_none() {
        resource = resource.with_attribute(KeyValue::new("service.version", VERSION));
    }
    resource.build()
}
