//! A client of `graphql-transport-ws` that says what a test wants said.
//!
//! `let mut client = Client::ready(server.address).await; client.subscribe("1", FOLLOW).await; client.change("1").await` → 1

use std::net::SocketAddr;

use async_graphql::futures_util::{SinkExt, StreamExt};
use maillage::server::{Settings, Streams};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::live::{in_time, version};

/// A client that says what a test wants said.
pub(crate) struct Client(pub(crate) WebSocketStream<TcpStream>);

impl Client {
    pub(crate) async fn open(address: SocketAddr, headers: &[(&'static str, &str)]) -> Self {
        let mut request = format!("ws://{address}/graphql").into_client_request().expect("a request");
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_str(value).expect("a value"));
        }
        let stream = TcpStream::connect(address).await.expect("a connection");
        Self(in_time(client_async(request, stream)).await.expect("an upgrade").0)
    }

    pub(crate) async fn new(address: SocketAddr) -> Self {
        Self::open(address, &[("sec-websocket-protocol", "graphql-transport-ws")]).await
    }

    /// One that has been acknowledged.
    pub(crate) async fn ready(address: SocketAddr) -> Self {
        let mut client = Self::new(address).await;
        client.init(Value::Null).await;
        client
    }

    pub(crate) async fn init(&mut self, payload: Value) {
        self.say(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(self.hear().await, json!({ "type": "connection_ack" }));
    }

    pub(crate) async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
    }

    pub(crate) async fn send(&mut self, message: Message) {
        in_time(self.0.send(message)).await.expect("sent");
    }

    pub(crate) async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(json!({ "id": id, "type": "subscribe", "payload": { "query": query } })).await;
    }

    pub(crate) async fn complete(&mut self, id: &str) {
        self.say(json!({ "id": id, "type": "complete" })).await;
    }

    pub(crate) async fn hear(&mut self) -> Value {
        loop {
            match in_time(self.0.next()).await.expect("open").expect("whole") {
                Message::Text(text) => return serde_json::from_str(&text).expect("JSON"),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// The version of the next change.
    pub(crate) async fn change(&mut self, id: &str) -> u64 {
        let message = self.hear().await;
        assert_eq!((&message["id"], &message["type"]), (&json!(id), &json!("next")), "{message}");
        version(&message["payload"])
    }

    /// Everything that was under way is done: what was said before is answered before this.
    pub(crate) async fn pong(&mut self) {
        self.say(json!({ "type": "ping", "payload": { "at": 7 } })).await;
        assert_eq!(self.hear().await, json!({ "type": "pong", "payload": { "at": 7 } }));
    }

    pub(crate) async fn closed(mut self) -> (u16, String) {
        loop {
            match in_time(self.0.next()).await {
                Some(Ok(Message::Close(Some(frame)))) => return (frame.code.into(), frame.reason.to_string()),
                Some(Ok(_)) => {}
                other => panic!("no close: {other:?}"),
            }
        }
    }

    pub(crate) async fn code(self) -> u16 {
        self.closed().await.0
    }
}

/// A connection whose client does not look at the protocol that was agreed on.
pub(crate) async fn raw(address: SocketAddr, headers: &[(&str, &str)]) -> WebSocketStream<TcpStream> {
    let stream = shaken(address, headers).await;
    WebSocketStream::from_raw_socket(stream, Role::Client, None).await
}

/// A stream that was upgraded; what is said over it is for the caller to say.
pub(crate) async fn shaken(address: SocketAddr, headers: &[(&str, &str)]) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let request = format!(
        "GET /graphql HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n"
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(in_time(stream.read_u8()).await.expect("a head"));
    }
    assert!(head.starts_with(b"HTTP/1.1 101"), "{}", String::from_utf8_lossy(&head));
    stream
}

/// Settings that differ in how streams behave.
pub(crate) fn streams(change: impl FnOnce(&mut Streams)) -> Settings {
    let mut settings = Settings::default();
    change(&mut settings.streams);
    settings
}
