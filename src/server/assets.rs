//! The files of the web pages, inside the binary: media type, `ETag`, how long they may be kept, and a packed form.
//!
//! `give("assets/index-B3x1.js", …)` → the script in gzip, to be kept for a year, because its name changes with its content
//!
//! Nothing is loaded from elsewhere, and a page may not load anything either. Must not know what a file is for.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{LazyLock, OnceLock};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use super::answer::Refused;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/web/dist");

/// Files below it bear a hash of their content in the name.
const HASHED: &str = "assets/";

/// What saves less is not worth the work of unpacking.
const WORTH_PACKING_BYTES: usize = 1024;

/// A page runs scripts and styles from files of this server, asks this server, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
                      connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// A file as it is served.
struct Asset {
    bytes: &'static [u8],
    media_type: &'static str,
    tag: HeaderValue,
    packed_tag: HeaderValue,
    /// In gzip, once somebody asked for it; empty when that saves nothing.
    packed: OnceLock<Bytes>,
}

static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    let mut assets = BTreeMap::new();
    let mut folders = vec![&FILES];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let name = file.path().to_string_lossy().replace('\\', "/");
            assets.insert(name.clone(), asset(&name, file.contents()));
        }
    }
    assets
});

fn asset(name: &str, bytes: &'static [u8]) -> Asset {
    let digits: String = Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let tag =
        |form: &str| HeaderValue::from_str(&format!("\"{digits}{form}\"")).unwrap_or(HeaderValue::from_static("\"\""));
    Asset { bytes, media_type: media_type(name), tag: tag(""), packed_tag: tag("-gzip"), packed: OnceLock::new() }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The answer with the file of this name in `web/dist`.
pub(super) fn give(name: &str, headers: &HeaderMap) -> Response {
    let Some(asset) = ASSETS.get(name) else {
        let message = format!("the pages have no file {name}");
        return Refused::new(StatusCode::NOT_FOUND, "NOT_FOUND", message).into_response();
    };
    let packed = if takes_gzip(headers) { asset.packed() } else { Bytes::new() };
    let tag = if packed.is_empty() { &asset.tag } else { &asset.packed_tag };
    // A page bears the same name in every version, so a browser asks again and mostly hears that nothing changed.
    let kept = if name.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let head = [
        (header::ETAG, tag.clone()),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if headers.get(header::IF_NONE_MATCH).is_some_and(|tags| names(tags, tag)) {
        return (StatusCode::NOT_MODIFIED, head).into_response();
    }
    match packed.is_empty() {
        true => (head, asset.bytes).into_response(),
        false => (head, [(header::CONTENT_ENCODING, "gzip")], packed).into_response(),
    }
}

impl Asset {
    /// In gzip; empty when that saves nothing.
    fn packed(&self) -> Bytes {
        self.packed.get_or_init(|| if self.is_text() { pack(self.bytes) } else { Bytes::new() }).clone()
    }

    fn is_text(&self) -> bool {
        self.bytes.len() >= WORTH_PACKING_BYTES && !["image/png", "font/woff2"].contains(&self.media_type)
    }
}

fn pack(bytes: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_default();
    if packed.len() < bytes.len() { packed.into() } else { Bytes::new() }
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let codings = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    codings.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        named && !parts.any(|weight| weight.strip_prefix("q=").and_then(|q| q.parse().ok()) == Some(0.0))
    })
}

fn names(tags: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(tags), Ok(tag)) = (tags.to_str(), tag.to_str()) else { return false };
    tags.split(',').map(|t| t.trim().trim_start_matches("W/")).any(|t| t == tag || t == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asking(codings: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(codings))])
    }

    #[test]
    fn gzip_is_for_whoever_takes_it() {
        for yes in ["gzip", "br, GZIP;q=0.5", "deflate,gzip"] {
            assert!(takes_gzip(&asking(yes)), "{yes}");
        }
        for no in ["br", "gzip;q=0", "identity, gzip; q=0.000", "x-gzip"] {
            assert!(!takes_gzip(&asking(no)), "{no}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
