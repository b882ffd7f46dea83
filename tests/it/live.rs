//! A server on a free port, with a graph that can be written, for the tests of what stays open.
//!
//! `let server = live::start(Settings::default()).await; server.add(1)` → version 1, which every subscriber is told

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use maillage::knowledge_base::{KnowledgeBase, new_token};
use maillage::model::{Annotations, Contribution, Signature};
use maillage::server::{Settings, bind, serve};
use maillage::store::{MemoryStore, Write};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::fixture::bare_document;

/// Follows the graph from its beginning: what is told does not depend on when the subscription is opened.
pub(crate) const FOLLOW: &str = "subscription Follow { graphChanged(sinceVersion: 0) { version documentId } }";

pub(crate) struct Server {
    pub(crate) base: Arc<KnowledgeBase>,
    pub(crate) address: SocketAddr,
    /// A token in force, of ana.
    pub(crate) secret: String,
    end: Option<oneshot::Sender<()>>,
    served: JoinHandle<maillage::Result<()>>,
}

pub(crate) async fn start(settings: Settings) -> Server {
    let mut store = MemoryStore::new();
    let secret = new_token(&mut store, "ana", Timestamp::UNIX_EPOCH).expect("a token");
    let base = Arc::new(KnowledgeBase::open(Box::new(store), &|_| {}).expect("a store in memory"));
    let listener = bind("127.0.0.1", 0).expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (end, ended) = oneshot::channel();
    let served = {
        let base = Arc::clone(&base);
        tokio::spawn(async move { serve(listener, base, &settings, async { drop(ended.await) }).await })
    };
    Server { base, address, secret, end: Some(end), served }
}

impl Server {
    /// Adds a document; the version that has it.
    pub(crate) fn add(&self, number: u64) -> u64 {
        self.add_text(number, format!("Texte {number}."))
    }

    pub(crate) fn add_text(&self, number: u64, text: String) -> u64 {
        let document = bare_document(&number.to_string(), text);
        let annotations =
            Arc::new(Annotations { document: document.id.clone(), entities: Vec::new(), relations: Vec::new() });
        let contribution = Contribution { document: Arc::new(document), annotations, extractor: "test".into() };
        let signature = Signature { author: "ana".into(), reason: "a test".into(), at: Timestamp::UNIX_EPOCH };
        let written = self.base.write(&[Write::Add { contribution, input: None }], &signature).expect("written");
        written.snapshot.version()
    }

    /// Tells the server to end.
    pub(crate) fn end(&mut self) {
        drop(self.end.take());
    }

    /// Waits until the server has ended.
    pub(crate) async fn ended(self) {
        in_time(self.served).await.expect("no panic").expect("served");
    }

    /// The whole answer to a request, its head included.
    pub(crate) async fn ask(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.address).await.expect("a connection");
        stream.write_all(request.replace("\r\n", "\n").replace('\n', "\r\n").as_bytes()).await.expect("sent");
        let mut answer = Vec::new();
        in_time(stream.read_to_end(&mut answer)).await.expect("read");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// What is counted under a name with its labels, as `/metrics` has it.
    pub(crate) async fn counted(&self, name: &str) -> Option<f64> {
        let text = self.ask("GET /metrics HTTP/1.1\nHost: here\nConnection: close\n\n").await;
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|number| number.trim().parse().ok())
    }

    /// Waits until what is counted is so much.
    pub(crate) async fn counts(&self, name: &str, expected: f64) {
        let reached = async { while self.counted(name).await != Some(expected) {} };
        in_time(reached).await;
    }
}

/// What must happen, and fails the test when it does not.
pub(crate) async fn in_time<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(60), work).await.expect("it took too long")
}

/// The version of the change in an answer.
pub(crate) fn version(answer: &Value) -> u64 {
    answer["data"]["graphChanged"]["version"].as_u64().unwrap_or_else(|| panic!("no change: {answer}"))
}
