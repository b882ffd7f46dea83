//! `/`: the explorer, a web application over the API, from files inside the binary.
//!
//! `GET /explore/entity/organization:iom` → the application, which reads from its address what to show
//!
//! Must not know the application's views, nor how it is built.

use axum::Router;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::routing::get;

use super::assets::give;

/// The explorer's routes, and the files that its pages and the playground share.
pub(super) fn routes() -> Router {
    let page = |headers: HeaderMap| async move { give("index.html", &headers) };
    let file = |name: &'static str| get(move |headers: HeaderMap| async move { give(name, &headers) });
    Router::new()
        .route("/", get(page))
        .route("/explore", get(page))
        .route("/explore/", get(page))
        .route("/explore/{*view}", get(page))
        .route("/favicon.svg", file("favicon.svg"))
        .route("/licenses.txt", file("THIRD-PARTY-LICENSES.txt"))
        .route(
            "/assets/{*file}",
            get(
                |Path(file): Path<String>, headers: HeaderMap| async move { give(&format!("assets/{file}"), &headers) },
            ),
        )
}
