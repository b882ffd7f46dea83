//! A collector of traces on a free port: takes what is sent to it as OTLP over HTTP, or answers whatever a test wants.
//!
//! `let collector = Collector::answering(200)` → `.address()` for the program; `.spans()` once the program has ended

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span as Sent;
use prost::Message;

/// Attributes by name, in text.
pub(crate) type Attributes = BTreeMap<String, String>;

/// A span as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) name: String,
    pub(crate) trace: String,
    pub(crate) id: String,
    /// Empty at the root of a trace.
    pub(crate) parent: String,
    /// The spans that it is linked to.
    pub(crate) links: Vec<String>,
    pub(crate) is_server: bool,
    pub(crate) is_error: bool,
    pub(crate) attributes: Attributes,
}

/// One request to the collector.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    /// The first line and the headers, in lower case.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

pub(crate) struct Collector {
    address: String,
    status: Arc<AtomicU16>,
    taken: Arc<Requests>,
}

/// What came so far, and who waits for more.
#[derive(Debug, Default)]
struct Requests(Mutex<Vec<Taken>>, Condvar);

impl Collector {
    pub(crate) fn answering(status: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let (status, taken) = (Arc::new(AtomicU16::new(status)), Arc::<Requests>::default());
        let collector = Self { address, status: Arc::clone(&status), taken: Arc::clone(&taken) };
        // It ends with the test's process.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (status, taken) = (Arc::clone(&status), Arc::clone(&taken));
                std::thread::spawn(move || serve(stream.expect("a connection"), &status, &taken));
            }
        });
        collector
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What it answers from now on.
    pub(crate) fn answer(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.taken.0.lock().unwrap().clone()
    }

    /// Waits until so many requests have come.
    pub(crate) fn waits_for(&self, requests: usize) {
        let Requests(taken, changed) = &*self.taken;
        let missing = |taken: &mut Vec<Taken>| taken.len() < requests;
        let waited = changed.wait_timeout_while(taken.lock().unwrap(), Duration::from_secs(60), missing).unwrap();
        assert!(!waited.1.timed_out(), "it took too long");
    }

    fn sent(&self) -> Vec<ExportTraceServiceRequest> {
        let decoded = |taken: Taken| ExportTraceServiceRequest::decode(taken.body.as_slice()).expect("protobuf");
        self.taken().into_iter().map(decoded).collect()
    }

    /// What the spans come from.
    pub(crate) fn resource(&self) -> Attributes {
        let sent = self.sent().into_iter().next().expect("a request").resource_spans;
        attributes(&sent[0].resource.as_ref().expect("a resource").attributes)
    }

    /// All spans, in the order in which they came.
    pub(crate) fn spans(&self) -> Vec<Span> {
        let resources = self.sent().into_iter().flat_map(|sent| sent.resource_spans);
        let scopes = resources.flat_map(|resource| resource.scope_spans);
        scopes.flat_map(|scope| scope.spans).map(|span| Span::of(&span)).collect()
    }

    /// The only span of a name.
    pub(crate) fn span(&self, name: &str) -> Span {
        let found: Vec<_> = self.spans().into_iter().filter(|span| span.name == name).collect();
        assert_eq!(found.len(), 1, "{name} in {:#?}", self.spans());
        found.into_iter().next().expect("one")
    }
}

/// Answers requests for as long as the connection lasts.
fn serve(stream: TcpStream, status: &AtomicU16, Requests(taken, changed): &Requests) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head).unwrap_or(0) == 0 {
                return;
            }
        }
        let head = head.to_ascii_lowercase();
        let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse().ok());
        let mut body = vec![0; length.expect("a length")];
        reader.read_exact(&mut body).expect("a body");
        // Before anybody knows that it came: what it is answered is settled then.
        let status = status.load(Ordering::SeqCst);
        taken.lock().unwrap().push(Taken { head, body });
        changed.notify_all();
        if write!(&stream, "HTTP/1.1 {status} So\r\ncontent-length: 0\r\n\r\n").is_err() {
            return;
        }
    }
}

impl Span {
    fn of(span: &Sent) -> Self {
        assert!(span.start_time_unix_nano <= span.end_time_unix_nano, "{span:?}");
        assert_eq!(span.events, [], "what is logged stays in the log");
        Self {
            name: span.name.clone(),
            trace: hex(&span.trace_id),
            id: hex(&span.span_id),
            parent: hex(&span.parent_span_id),
            links: span.links.iter().map(|link| hex(&link.span_id)).collect(),
            is_server: span.kind == 2,
            is_error: span.status.as_ref().is_some_and(|status| status.code == 2),
            attributes: attributes(&span.attributes),
        }
    }

    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).unwrap_or_else(|| panic!("no {name} in {self:#?}"))
    }
}

fn attributes(list: &[KeyValue]) -> Attributes {
    let text = |value: &Value| match value {
        Value::StringValue(text) => text.clone(),
        Value::IntValue(number) => number.to_string(),
        other => panic!("{other:?}"),
    };
    let value = |pair: &KeyValue| text(pair.value.as_ref().and_then(|any| any.value.as_ref()).expect("a value"));
    let named: Attributes = list.iter().map(|pair| (pair.key.clone(), value(pair))).collect();
    assert_eq!(named.len(), list.len(), "an attribute comes twice: {list:?}");
    named
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
