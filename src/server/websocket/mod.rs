//! WebSockets at `/graphql`, after the protocol `graphql-transport-ws`.
//!
//! `GET /graphql` with `Upgrade: websocket` → a session of messages; a page of a strange origin → 403
//!
//! `message` is what is said, `session` who says what when. Must not know what a query means.

mod message;
mod session;

use std::sync::Arc;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::answer::Refused;
use super::caller::secret_in;
use super::graphql::Endpoint;
use super::listen::Place;
use super::{origin, trace};
use session::Session;

/// The one protocol that is spoken.
const PROTOCOL: &str = "graphql-transport-ws";

/// Whether a request asks for a WebSocket.
pub(super) fn is_asked_for(headers: &HeaderMap) -> bool {
    let upgrade = headers.get(header::UPGRADE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    upgrade.split(',').any(|protocol| protocol.trim().eq_ignore_ascii_case("websocket"))
}

/// Opens a WebSocket, or says why not.
pub(super) fn open(
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    endpoint: Arc<Endpoint>,
    headers: &HeaderMap,
    place: Option<Place>,
) -> Response {
    if !origin::is_welcome(headers, &endpoint.settings.cors_origins) {
        let message = "pages of this origin may not open a WebSocket here; allow it with --cors-origin";
        return Refused::new(StatusCode::FORBIDDEN, "FORBIDDEN", message).into_response();
    }
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade.protocols([PROTOCOL]),
        Err(refused) => return Refused::new(refused.status(), "BAD_REQUEST", refused.body_text()).into_response(),
    };
    let understood = upgrade.selected_protocol().is_some();
    let secret = secret_in(headers).map(str::to_owned);
    // What is a little too large is read and refused in words; the rest breaks the connection.
    let most = endpoint.settings.largest_body_bytes.saturating_mul(2);
    let opened_by = trace::current();
    upgrade.max_message_size(most).max_frame_size(most).on_upgrade(async move |socket| {
        Session::new(socket, endpoint, secret, opened_by).run(understood).await;
        // It was one of the connections that there may be.
        drop(place);
    })
}
