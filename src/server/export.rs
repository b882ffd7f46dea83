//! `/export`: the graph, or a part of it, as a file.
//!
//! `GET /export?format=graphml&relations={"kind":["FUNDS"]}` → the file, as it is written; `?format=xls` → 400 with the formats that there are
//!
//! What is asked for is found first, on a thread that may take its time; then that thread writes, as fast as the client reads and no
//! faster. When the client goes, or takes nothing for as long as a request may last, it ends. What breaks off says so by its end: the
//! last chunk is missing. Must not know formats.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_graphql::futures_util::stream;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, Request as HttpRequest, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::Digest;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use super::accept::takes;
use super::answer::Refused;
use super::caller::{caller, secret_in};
use super::graphql::Endpoint;
use super::incoming::json_body;
use crate::api;
use crate::export::{self, Content, Format, Part};
use crate::query::{Budget, Code, HEAVY_STEPS_MAX, Refusal, SelectionQuestion, select};
use crate::snapshot::Snapshot;

/// How much is sent at once, and how much may wait for the client.
const CHUNK_BYTES: usize = 64 << 10;
const CHUNKS_WAITING: usize = 4;

pub(super) fn routes(endpoint: Arc<Endpoint>) -> Router {
    let other = || async { Refused::method("GET, HEAD, POST", "exports are asked for with GET or POST") };
    Router::new().route("/export", get(ask).post(tell).fallback(other)).with_state(endpoint)
}

/// What is to be exported, and how.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Asked {
    format: Option<String>,
    part: Option<String>,
    entities: Option<Value>,
    relations: Option<Value>,
    around: Vec<String>,
    max_hops: Option<i32>,
}

impl Asked {
    fn from_url(query: &str) -> Result<Self, Refused> {
        let pairs: Vec<(String, String)> =
            serde_urlencoded::from_str(query).map_err(|_| Refused::bad("the URL's parameters cannot be read"))?;
        let mut asked = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "format" => asked.format = Some(value),
                "part" => asked.part = Some(value),
                "entities" => asked.entities = Some(api::written_filter(&value).map_err(|r| refused(&r))?),
                "relations" => asked.relations = Some(api::written_filter(&value).map_err(|r| refused(&r))?),
                "around" => asked.around.push(value),
                "maxHops" => {
                    let hops = value.parse().map_err(|_| Refused::bad("maxHops is a number, such as 1"))?;
                    asked.max_hops = Some(hops);
                }
                _ => {
                    let known = "format, part, entities, relations, around and maxHops";
                    return Err(Refused::bad(format!("there is no parameter {name:?} here; those known are {known}")));
                }
            }
        }
        Ok(asked)
    }

    /// The format and the part of it: those named, or the first that the client takes.
    fn format(&self, accept: &str) -> Result<(&'static dyn Format, &'static Part), Refused> {
        let format = match &self.format {
            Some(name) => export::find(name)
                .ok_or_else(|| Refused::bad(format!("no format {name:?}; those known are {}", export::names())))?,
            None => {
                let specific = accept.split(',').any(|range| !range.contains('*') && !range.trim().is_empty());
                let fits = |format: &&&dyn Format| specific && takes(accept, format.parts()[0].media_type);
                let found = export::FORMATS.iter().find(fits);
                let message = || format!("give format=, one of {}", export::names());
                *found.ok_or_else(|| Refused::bad(message()))?
            }
        };
        let part = match &self.part {
            None => &format.parts()[0],
            Some(name) => export::find_part(format, name).ok_or_else(|| {
                let known = export::part_names(format);
                Refused::bad(format!("{} has no part {name:?}; it has {known}", format.name()))
            })?,
        };
        if takes(accept, part.media_type) {
            return Ok((format, part));
        }
        let message = format!("{} is {}, which the request does not accept", format.name(), part.media_type);
        Err(Refused::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message))
    }

    /// What is asked for, in the same words for the same question.
    fn selection(&self) -> String {
        let given = [("entities", &self.entities), ("relations", &self.relations)];
        let given = given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
        let mut all = Map::from_iter(given.filter(|(_, value)| !value.is_null()));
        if !self.around.is_empty() {
            all.insert("around".into(), json!(self.around));
            all.insert("maxHops".into(), json!(self.max_hops.unwrap_or(1)));
        }
        if all.is_empty() { "everything".to_owned() } else { Value::Object(all).to_string() }
    }
}

async fn ask(State(endpoint): State<Arc<Endpoint>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let asked = Asked::from_url(query.as_deref().unwrap_or_default());
    answered(endpoint.export(asked, &headers).await)
}

async fn tell(State(endpoint): State<Arc<Endpoint>>, request: HttpRequest<Body>) -> Response {
    let (head, body) = request.into_parts();
    let read = |bytes: Bytes| {
        serde_json::from_slice(&bytes).map_err(|error| {
            Refused::bad(format!(
                "the body is no JSON object of format, part, entities, relations, around, maxHops: {error}"
            ))
        })
    };
    let asked = json_body(&head.headers, body, &endpoint.settings).await.and_then(read);
    answered(endpoint.export(asked, &head.headers).await)
}

fn answered(answer: Result<Response, Refused>) -> Response {
    answer.unwrap_or_else(IntoResponse::into_response)
}

fn refused(refusal: &Refusal) -> Refused {
    let status = match refusal.code {
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Forbidden => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    };
    let or =
        if refusal.candidates.is_empty() { String::new() } else { format!(" ({})", refusal.candidates.join(", ")) };
    Refused::new(status, refusal.code.as_str(), format!("{}{or}", refusal.message))
}

impl Endpoint {
    async fn export(&self, asked: Result<Asked, Refused>, headers: &HeaderMap) -> Result<Response, Refused> {
        if self.settings.trusted.is_some() {
            let message = "only operations that this server was given are executed here, and no exports are written";
            return Err(Refused::new(StatusCode::FORBIDDEN, "FORBIDDEN", message));
        }
        if self.settings.read_tokens && caller(&self.knowledge_base, true, secret_in(headers)).await.0.is_none() {
            return Err(Refused::unknown_caller());
        }
        let asked = asked?;
        let accept: Vec<_> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
        let (format, part) = asked.format(&accept.join(","))?;
        let (snapshot, selection) = (self.knowledge_base.snapshot(), asked.selection());
        let tag = {
            let (snapshot, selection) = (Arc::clone(&snapshot), selection.clone());
            // It looks at all documents, once for a snapshot.
            tokio::task::spawn_blocking(move || tag(&snapshot, format, part, &selection)).await.map_err(broke)?
        };
        if headers.get(header::IF_NONE_MATCH).is_some_and(|known| has_tag(known, &tag)) {
            return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
        }
        let (entities, relations) = api::export_filters(&self.schema, asked.entities, asked.relations)
            .await
            .map_err(|refusal| refused(&refusal))?;
        let question =
            SelectionQuestion { entities, relations, around: asked.around, max_hops: asked.max_hops.unwrap_or(1) };
        let mut place = api::export_place(&self.schema).map_err(|refusal| match refusal.code {
            Code::LimitExceeded => Refused::busy(refusal.message),
            _ => refused(&refusal),
        })?;
        let left = Left(Arc::new(AtomicBool::new(false)));
        place.effort = place.effort.unless(Arc::clone(&left.0));
        let (found, finds) = oneshot::channel();
        let (send, chunks) = mpsc::channel(CHUNKS_WAITING);
        let patience = self.settings.request_timeout;
        let version = snapshot.version();
        let work = move || {
            let selected = select(&snapshot, &question, &Budget::of(HEAVY_STEPS_MAX), &mut place.effort);
            let content = selected.map(|selected| Content::new(snapshot, selected, selection));
            let cut = content.as_ref().map(Content::cut).map_err(Clone::clone);
            if let (Ok(()), Ok(content)) = (found.send(cut), content) {
                write(format, part, &content, Chunks::to(send, patience));
            }
            drop(place);
        };
        tokio::task::spawn_blocking(work);
        let cut = finds.await.map_err(broke)?.map_err(|refusal| refused(&refusal))?;
        let mut response = Body::from_stream(stream::unfold(Some(chunks), next)).into_response();
        let name = match format.parts() {
            [_] => format!("maillage-{version}.{}", part.file),
            _ => part.file.to_owned(),
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(part.media_type));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("accept"));
        if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
            headers.insert(header::CONTENT_DISPOSITION, value);
        }
        // What time cut is another thing each time.
        match (cut, HeaderValue::from_str(&tag)) {
            (None, Ok(tag)) => drop(headers.insert(header::ETAG, tag)),
            (Some(cut), _) => drop(headers.insert("x-maillage-truncated-by", HeaderValue::from_static(cut))),
            _ => {}
        }
        Ok(response)
    }
}

fn broke(_: impl std::error::Error) -> Refused {
    Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", "the export was ended")
}

/// What tells one export from another: equal bytes have equal tags.
fn tag(snapshot: &Snapshot, format: &dyn Format, part: &Part, selection: &str) -> String {
    let mut digest = export::fingerprint(snapshot);
    for word in [format.name(), part.name, selection] {
        digest.update(word);
        digest.update([0]);
    }
    let digits: String = digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}

fn has_tag(known: &HeaderValue, tag: &str) -> bool {
    let known = known.to_str().unwrap_or_default().split(',').map(|known| known.trim().trim_start_matches("W/"));
    known.into_iter().any(|known| known == tag || known == "*")
}

/// Says that nobody waits any more when it is dropped.
struct Left(Arc<AtomicBool>);

impl Drop for Left {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What goes to the client.
enum Piece {
    Bytes(Bytes),
    /// All of it was written.
    End,
}

/// The next chunk. What ends without an end, since its writer failed, breaks the connection, so that nobody takes it for the whole.
async fn next(chunks: Option<mpsc::Receiver<Piece>>) -> Option<(io::Result<Bytes>, Option<mpsc::Receiver<Piece>>)> {
    let mut chunks = chunks?;
    match chunks.recv().await {
        Some(Piece::Bytes(bytes)) => Some((Ok(bytes), Some(chunks))),
        Some(Piece::End) => None,
        None => Some((Err(io::Error::other("the export was ended")), None)),
    }
}

fn write(format: &dyn Format, part: &Part, content: &Content, mut chunks: Chunks) {
    let written = format.write(content, part, &mut chunks).and_then(|()| chunks.end());
    if let Err(error) = written {
        tracing::info!(%error, format = format.name(), "an export was ended");
    }
}

/// Gathers what is written into chunks, and waits until the client has taken those before.
struct Chunks {
    buffer: Vec<u8>,
    send: mpsc::Sender<Piece>,
    patience: Duration,
    runtime: Handle,
}

impl Chunks {
    fn to(send: mpsc::Sender<Piece>, patience: Duration) -> Self {
        Self { buffer: Vec::with_capacity(CHUNK_BYTES), send, patience, runtime: Handle::current() }
    }

    fn send(&self, piece: Piece) -> io::Result<()> {
        let gone = || io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads it any more");
        let slow = || io::Error::new(io::ErrorKind::TimedOut, "nothing of it was taken for too long");
        let sent = self.runtime.block_on(async { tokio::time::timeout(self.patience, self.send.send(piece)).await });
        sent.map_err(|_| slow())?.map_err(|_| gone())
    }

    fn send_gathered(&mut self) -> io::Result<()> {
        let gathered = std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK_BYTES));
        self.send(Piece::Bytes(gathered.into()))
    }

    fn end(&mut self) -> io::Result<()> {
        if !self.buffer.is_empty() {
            self.send_gathered()?;
        }
        self.send(Piece::End)
    }
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK_BYTES {
            self.send_gathered()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
