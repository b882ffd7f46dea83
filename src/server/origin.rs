//! Whether a page may open a WebSocket here.
//!
//! Host `127.0.0.1:8080`: `Origin: http://127.0.0.1:8080` → yes; `Origin: https://elsewhere.example` → no; no origin → yes
//!
//! Browsers open WebSockets to anywhere without asking the server first, so a page that somebody happens to visit could read
//! a server on their own machine. Who sends no origin is no browser. Must not know GraphQL.

use axum::http::{HeaderMap, header};

/// Whether the origin of a request is this host, or one of those allowed.
pub(super) fn is_welcome(headers: &HeaderMap, allowed: &[String]) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let listed = |allowed: &String| allowed == "*" || allowed.eq_ignore_ascii_case(origin);
    allowed.iter().any(listed) || is_host(origin, host)
}

/// Whether an origin is a page of this host. What stands before a proxy that decrypts is not known here: both schemes count.
fn is_host(origin: &str, host: &str) -> bool {
    let pages = |scheme: &str, port: &str| {
        let at = origin.strip_prefix(scheme)?;
        Some(without(at, port).eq_ignore_ascii_case(without(host, port)))
    };
    let same = pages("https://", ":443").or_else(|| pages("http://", ":80"));
    !host.is_empty() && same == Some(true)
}

fn without<'t>(authority: &'t str, port: &str) -> &'t str {
    authority.strip_suffix(port).unwrap_or(authority)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn pages_of_this_host_and_of_allowed_origins_are_welcome() {
        for (origin, host, allowed, welcome) in [
            ("http://127.0.0.1:8080", "127.0.0.1:8080", "", true),
            ("https://App.example", "app.example", "", true),
            ("https://app.example", "app.example:443", "", true),
            ("http://app.example:80", "app.example", "", true),
            ("http://localhost:8081", "localhost:8080", "", false),
            ("https://elsewhere.example", "app.example", "", false),
            ("https://app.example.elsewhere", "app.example", "", false),
            ("https://elsewhere.example", "app.example", "https://elsewhere.example", true),
            ("https://elsewhere.example", "app.example", "*", true),
            ("null", "null", "", false),
            ("null", "app.example", "*", true),
            ("app.example", "app.example", "", false),
            ("http://", "", "", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            headers.insert(header::HOST, HeaderValue::from_static(host));
            let allowed: Vec<_> = [allowed].into_iter().filter(|a| !a.is_empty()).map(str::to_owned).collect();
            assert_eq!(is_welcome(&headers, &allowed), welcome, "{origin} at {host}, {allowed:?}");
        }
        assert!(is_welcome(&HeaderMap::new(), &[]));
    }
}
