//! What is said over a WebSocket: messages in both directions, and the codes with which a connection is closed.
//!
//! `{"id": "1", "type": "subscribe", "payload": {"query": "{ stats { version } }"}}` → `Heard::Subscribe("1", …)`
//!
//! Exactly what `graphql-transport-ws` says; whatever else is said is an error. Must not know connections.

use async_graphql::{Request, ServerError};
use axum::extract::ws::{CloseFrame, Message};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::server::answer::AnswerBody;
use crate::server::caller::bearer;
use crate::server::incoming::{Asked, Sent};
use crate::server::operation::Happening;

/// The longest reason that a close frame has room for, in bytes.
const LONGEST_REASON: usize = 123;

/// What a client says.
#[derive(Debug)]
pub(super) enum Heard {
    /// It begins, perhaps with an authorization; the secret in it, when there is one.
    Init(Option<Option<String>>),
    /// It wants an answer, with what it says in it.
    Ping(Option<Value>),
    Pong,
    Subscribe(String, Box<Asked>),
    Complete(String),
}

/// Why a connection is closed: a code and a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Close(pub(super) u16, pub(super) String);

impl Close {
    /// The peer is gone, or leaves: nothing is left to say.
    pub(super) fn gone() -> Self {
        Self(1005, String::new())
    }

    /// A message that the protocol does not know.
    pub(super) fn invalid(reason: impl Into<String>) -> Self {
        Self(4400, reason.into())
    }

    pub(super) fn message(&self) -> Message {
        let mut end = self.1.len().min(LONGEST_REASON);
        while !self.1.is_char_boundary(end) {
            end -= 1;
        }
        Message::Close(Some(CloseFrame { code: self.0, reason: self.1[..end].into() }))
    }
}

impl Heard {
    /// Understands a message.
    pub(super) fn parse(text: &str) -> Result<Self, Close> {
        let Ok(Value::Object(mut message)) = serde_json::from_str(text) else {
            return Err(Close::invalid("a message must be a JSON object"));
        };
        let Some(Value::String(said)) = message.remove("type") else {
            return Err(Close::invalid("a message must have a type"));
        };
        match said.as_str() {
            "connection_init" => Ok(Self::Init(payload(&mut message)?.as_ref().and_then(authorization))),
            "ping" => Ok(Self::Ping(payload(&mut message)?.map(Value::Object))),
            "pong" => payload(&mut message).map(|_| Self::Pong),
            "subscribe" => {
                let id = id(&mut message)?;
                let payload = payload(&mut message)?.map(Value::Object).unwrap_or_default();
                Ok(Self::Subscribe(id, Box::new(asked(payload)?)))
            }
            "complete" => id(&mut message).map(Self::Complete),
            _ => Err(Close::invalid("a message of an unknown type")),
        }
    }
}

fn payload(message: &mut Map<String, Value>) -> Result<Option<Map<String, Value>>, Close> {
    match message.remove("payload") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(payload)) => Ok(Some(payload)),
        Some(_) => Err(Close::invalid("a payload must be an object")),
    }
}

fn id(message: &mut Map<String, Value>) -> Result<String, Close> {
    match message.remove("id") {
        Some(Value::String(id)) if !id.is_empty() => Ok(id),
        _ => Err(Close::invalid("the id must be a string that is not empty")),
    }
}

/// What a client says of who it is; browsers cannot say it in a header.
fn authorization(payload: &Map<String, Value>) -> Option<Option<String>> {
    let value = payload.get("authorization").or_else(|| payload.get("Authorization"))?;
    Some(value.as_str().and_then(bearer).map(str::to_owned))
}

fn asked(payload: Value) -> Result<Asked, Close> {
    let shape = || Close::invalid("a payload must have query: string, variables: object, operationName: string");
    let sent: Sent = serde_json::from_value(payload).map_err(|_| shape())?;
    // A query without anything in it is for the parser to refuse.
    if sent.query.as_ref().is_some_and(|query| query.trim().is_empty()) && sent.document_id.is_none() {
        let empty = Asked { request: Request::new(""), document_id: None };
        return Ok(sent.asked().unwrap_or(empty));
    }
    sent.asked().map_err(|_| shape())
}

/// The client may begin.
pub(super) fn acknowledged() -> Message {
    text(&json!({ "type": "connection_ack" }))
}

/// The answer to a ping, with what it said.
pub(super) fn pong(payload: Option<Value>) -> Message {
    match payload {
        Some(payload) => text(&json!({ "type": "pong", "payload": payload })),
        None => text(&json!({ "type": "pong" })),
    }
}

/// What became of an operation.
pub(super) fn told(id: &str, happening: &Happening) -> Message {
    match happening {
        Happening::Next(answer) => text(&Outgoing { id, r#type: "next", payload: Some(AnswerBody::from(answer)) }),
        Happening::Failed(errors) => refused(id, errors),
        Happening::Complete => text(&Outgoing { id, r#type: "complete", payload: None::<()> }),
    }
}

/// An operation is not executed.
pub(super) fn refused(id: &str, errors: &[ServerError]) -> Message {
    text(&Outgoing { id, r#type: "error", payload: Some(errors) })
}

#[derive(Serialize)]
struct Outgoing<'s, P> {
    id: &'s str,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<P>,
}

fn text(message: &impl Serialize) -> Message {
    let written = serde_json::to_string(message).unwrap_or_else(|error| {
        tracing::error!(%error, "a message cannot be written");
        String::new()
    });
    Message::Text(written.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_protocol_says_is_understood_and_nothing_else() {
        let heard = |text: &str| Heard::parse(text).map(|heard| format!("{heard:?}")).map_err(|close| close.0);
        let init = |payload: &str| heard(&format!(r#"{{"type": "connection_init", "payload": {payload}}}"#));
        assert_eq!(heard(r#"{"type": "connection_init"}"#).as_deref(), Ok("Init(None)"));
        assert_eq!(init(r#"{"authorization": "Bearer mlg_a"}"#).as_deref(), Ok(r#"Init(Some(Some("mlg_a")))"#));
        assert_eq!(init(r#"{"Authorization": "bearer mlg_a"}"#).as_deref(), Ok(r#"Init(Some(Some("mlg_a")))"#));
        assert_eq!(init(r#"{"authorization": 7}"#).as_deref(), Ok("Init(Some(None))"));
        assert_eq!(heard(r#"{"type": "ping", "payload": null}"#).as_deref(), Ok("Ping(None)"));
        assert!(heard(r#"{"type": "subscribe", "id": "1", "payload": {"query": "", "variables": null}}"#).is_ok());
        for text in [
            "",
            "{",
            "[]",
            "{}",
            r#"{"type": 1}"#,
            r#"{"type": "next", "id": "1"}"#,
            r#"{"type": "ping", "payload": "x"}"#,
            r#"{"type": "connection_init", "payload": []}"#,
            r#"{"type": "complete"}"#,
            r#"{"type": "complete", "id": ""}"#,
            r#"{"type": "subscribe", "payload": {"query": "{ a }"}}"#,
            r#"{"type": "subscribe", "id": 1, "payload": {"query": "{ a }"}}"#,
            r#"{"type": "subscribe", "id": "1"}"#,
            r#"{"type": "subscribe", "id": "1", "payload": {"query": 1}}"#,
            r#"{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "variables": []}}"#,
            r#"{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "operationName": 1}}"#,
            r#"{"type": "subscribe", "id": "1", "payload": {"query": "{ a }", "extensions": 1}}"#,
        ] {
            assert_eq!(heard(text), Err(4400), "{text}");
        }
    }

    #[test]
    fn a_reason_fits_into_its_frame() {
        let Message::Close(Some(frame)) = Close(4409, "é".repeat(100)).message() else { panic!("no close") };
        assert_eq!(frame.reason.as_str(), "é".repeat(61));
    }
}
