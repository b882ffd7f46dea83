//! What a server answered: the content of an answer that is a page or a text.
//!
//! `HTTP/1.1 200 OK␍␊Content-Type: text/html␍␊␍␊<p>a` → media type `text/html`, `<p>a`; `404 Not Found`, a picture → nothing
//!
//! Content is given as a browser has it: put together from its chunks and unpacked, up to a limit. Must not know what pages say.

use std::io::{BufReader, Cursor, Read as _};

use super::super::read::LARGEST_FILE_BYTES;
use super::kind_of;
use crate::file::{Joined, Packed};

/// The content of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Payload {
    /// Its media type, with parameters.
    pub(super) media: String,
    pub(super) bytes: Vec<u8>,
}

/// The content of an answer; none when that is no page or text, or is not what was asked for.
///
/// # Errors
/// It is packed in a way that is not read, or damaged; in words.
pub(super) fn payload(answer: &[u8]) -> Result<Option<Payload>, String> {
    let (head, content) = split(answer);
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let is_ok = lines.next().and_then(|status| status.split_ascii_whitespace().nth(1)) == Some("200");
    let fields: Vec<_> = lines.filter_map(|line| line.split_once(':')).collect();
    let get = |name: &str| {
        let named = fields.iter().find(|(known, _)| known.trim().eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.trim()).unwrap_or_default()
    };
    let media = get("content-type");
    if !is_ok || kind_of(media).is_none() {
        return Ok(None);
    }
    let joined = get("transfer-encoding").to_ascii_lowercase().contains("chunked").then(|| joined(content)).flatten();
    let bytes = unpacked(joined.unwrap_or_else(|| content.to_vec()), get("content-encoding"))?;
    Ok(Some(Payload { media: media.to_owned(), bytes }))
}

/// Head and content, which a blank line parts.
fn split(answer: &[u8]) -> (&[u8], &[u8]) {
    let mut at = 0;
    while let Some(length) = answer[at..].iter().position(|byte| *byte == b'\n') {
        let line = &answer[at..at + length];
        at += length + 1;
        if line.trim_ascii().is_empty() {
            return (&answer[..at], &answer[at..]);
        }
    }
    (answer, &[])
}

/// Chunks put together; none when there are none: many archives keep the header of what they have put together themselves.
fn joined(content: &[u8]) -> Option<Vec<u8>> {
    let (mut joined, mut rest) = (Vec::new(), content);
    loop {
        let end = rest.iter().take(100).position(|byte| *byte == b'\n');
        let size = end.and_then(|end| {
            let line = std::str::from_utf8(&rest[..end]).ok()?;
            usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()
        });
        let (Some(end), Some(size)) = (end, size) else {
            // What was cut short ends in the middle of a chunk.
            return (!joined.is_empty()).then_some(joined);
        };
        rest = &rest[end + 1..];
        joined.extend_from_slice(&rest[..size.min(rest.len())]);
        if size == 0 || size >= rest.len() {
            return Some(joined);
        }
        rest = rest[size..].strip_prefix(b"\r").unwrap_or(&rest[size..]);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
}

/// What was packed on its way, unpacked. What only says that it is packed, and is not, is left as it is.
fn unpacked(content: Vec<u8>, encoding: &str) -> Result<Vec<u8>, String> {
    match encoding.to_ascii_lowercase().as_str() {
        "" | "identity" => Ok(content),
        "gzip" | "x-gzip" | "zstd" => {
            let failed = |error: std::io::Error| format!("is packed and damaged ({error})");
            let packed = Packed::stream(Cursor::new(content)).map_err(failed)?;
            let mut bytes = Vec::new();
            let most = LARGEST_FILE_BYTES + 1;
            Joined::new(BufReader::new(packed)).take(most).read_to_end(&mut bytes).map_err(failed)?;
            // What is longer is refused as too large by whoever reads it.
            Ok(bytes)
        }
        _ if content.trim_ascii_start().starts_with(b"<") => Ok(content),
        other => Err(format!("is packed as {:?}, which is not read", other.chars().take(40).collect::<String>())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(answer: &[u8]) -> Option<String> {
        payload(answer).expect("readable").map(|payload| String::from_utf8(payload.bytes).expect("text"))
    }

    #[test]
    fn the_content_is_given_as_a_browser_has_it() {
        let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>a";
        assert_eq!(content(page).as_deref(), Some("<p>a"));
        assert_eq!(content(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>a"), None);
        assert_eq!(content(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n<p>a"), None);
        assert_eq!(content(b"HTTP/1.1 200"), None);
        let chunked = "HTTP/1.1 200 OK\nContent-Type: text/plain\nTransfer-Encoding: chunked\n\n";
        let of = |chunks: &str| content([chunked, chunks].concat().as_bytes()).expect("a text");
        assert_eq!(of("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"), "abcde");
        assert_eq!(of("3\r\nabc\r\n9\r\nde"), "abcde", "cut short");
        assert_eq!(of("<p>put together"), "<p>put together");
    }

    #[test]
    fn what_is_packed_is_unpacked_and_what_only_says_so_is_left() {
        let answer = |encoding: &str, content: &[u8]| {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {encoding}\r\n\r\n");
            [head.as_bytes(), content].concat()
        };
        let zstd = zstd::encode_all(&b"<p>a"[..], 1).expect("memory");
        assert_eq!(content(&answer("zstd", &zstd)).as_deref(), Some("<p>a"));
        assert_eq!(content(&answer("gzip", b"<p>a")).as_deref(), Some("<p>a"));
        assert_eq!(content(&answer("br", b"<p>a")).as_deref(), Some("<p>a"));
        assert!(payload(&answer("br", b"\x0b\x01")).is_err_and(|why| why.contains("\"br\"")));
        assert!(payload(&answer("zstd", &zstd[..5])).is_err_and(|why| why.contains("damaged")));
    }
}
