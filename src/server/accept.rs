//! Which media type a client wants its answer in.
//!
//! `Accept: application/graphql-response+json, application/json;q=0.9` → graphql-response+json; none or `*/*` → json
//!
//! As *GraphQL over HTTP* asks. Must not know requests.

/// A media type that GraphQL answers are given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaType {
    /// `application/json`: the status tells only whether the request could be read.
    Json,
    /// `application/graphql-response+json`: the status tells whether it was executed.
    GraphqlResponse,
    /// `text/event-stream`: answers as they come, each an event.
    EventStream,
}

impl MediaType {
    /// As it stands in the head of an answer that is one document. A refusal that opens no stream is JSON.
    pub(super) const fn header(self) -> &'static str {
        match self {
            Self::Json | Self::EventStream => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GraphqlResponse => "application/graphql-response+json",
            Self::EventStream => "text/event-stream",
        }
    }
}

/// The type that an `Accept` header asks for; `None` when it accepts neither. An absent header accepts anything.
pub(super) fn negotiate(accept: Option<&str>) -> Option<MediaType> {
    let Some(accept) = accept.filter(|accept| !matches!(accept.trim(), "" | "*/*" | "application/json")) else {
        return Some(MediaType::Json);
    };
    let ranges: Vec<_> = accept.split(',').map(Range::parse).collect();
    let wish = |media_type: MediaType| {
        let fitting = ranges.iter().enumerate().filter(|(_, range)| range.fits(media_type));
        let best = fitting.max_by_key(|(at, range)| (range.exactness(), usize::MAX - at));
        best.filter(|(_, range)| range.quality > 0)
            .map(|(at, range)| (range.quality, range.exactness(), usize::MAX - at))
    };
    let wishes = [MediaType::Json, MediaType::GraphqlResponse, MediaType::EventStream].into_iter();
    // Of two equal wishes the first named counts; a wildcard names neither, and JSON is what everybody reads.
    wishes
        .rev()
        .filter_map(|media_type| Some((wish(media_type)?, media_type)))
        .max_by_key(|(wish, _)| *wish)
        .map(|(_, m)| m)
}

/// Whether an `Accept` header names the stream of events, even if it would rather have something else: subscriptions have no
/// other answer.
pub(super) fn takes_events(accept: Option<&str>) -> bool {
    accept.unwrap_or_default().split(',').map(Range::parse).any(|r| r.quality > 0 && r.fits(MediaType::EventStream))
}

/// Whether an `Accept` header takes a media type; the range that fits it best counts.
pub(super) fn takes(accept: &str, media_type: &str) -> bool {
    let plain = |name: &str| name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let wanted = plain(media_type);
    let all = format!("{}/*", wanted.split('/').next().unwrap_or_default());
    let ranges: Vec<_> = accept.split(',').map(Range::parse).collect();
    let named = [wanted.as_str(), all.as_str(), "*/*"];
    let best = named.iter().find_map(|name| ranges.iter().find(|range| range.name == *name));
    accept.trim().is_empty() || best.is_some_and(|range| range.quality > 0)
}

/// One range of an `Accept` header, with its quality in thousandths.
struct Range {
    name: String,
    quality: u16,
}

impl Range {
    fn parse(text: &str) -> Self {
        let mut parts = text.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let quality = parts.find_map(|p| p.strip_prefix("q=").or_else(|| p.strip_prefix("Q=")));
        let quality = quality.and_then(|q| q.trim().parse::<f32>().ok()).unwrap_or(1.0);
        Self { name, quality: (quality.clamp(0.0, 1.0) * 1000.0) as u16 }
    }

    fn fits(&self, media_type: MediaType) -> bool {
        // A wildcard asks for an answer, not for a stream of them.
        self.name == media_type.name() || (self.exactness() < 2 && media_type != MediaType::EventStream)
    }

    fn exactness(&self) -> u8 {
        match self.name.as_str() {
            "*/*" | "*" => 0,
            "application/*" => 1,
            _ => 2,
        }
    }
}

/// Whether a `Content-Type` is JSON in UTF-8.
pub(super) fn is_json(content_type: &str) -> bool {
    if content_type == "application/json" {
        return true;
    }
    let mut parts = content_type.split(';').map(|part| part.trim().to_ascii_lowercase());
    let is_json = parts.next().is_some_and(|name| name == "application/json");
    let charset = parts.find_map(|part| part.strip_prefix("charset=").map(|c| c.trim_matches('"').to_string()));
    is_json && charset.is_none_or(|charset| charset == "utf-8" || charset == "utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clients_wish_counts() {
        use MediaType::{EventStream, GraphqlResponse, Json};
        for (accept, expected) in [
            (None, Some(Json)),
            (Some(""), Some(Json)),
            (Some("*/*"), Some(Json)),
            (Some("application/*"), Some(Json)),
            (Some("application/json"), Some(Json)),
            (Some("application/graphql-response+json"), Some(GraphqlResponse)),
            (Some("application/graphql-response+json; charset=utf-8, application/json"), Some(GraphqlResponse)),
            (Some("application/json, application/graphql-response+json"), Some(Json)),
            (Some("application/json;q=0.5, application/graphql-response+json;q=0.9"), Some(GraphqlResponse)),
            (Some("application/graphql-response+json, */*;q=0.1"), Some(GraphqlResponse)),
            (Some("text/html, */*;q=0.8"), Some(Json)),
            (Some("application/json;q=0, */*"), Some(GraphqlResponse)),
            (Some("text/event-stream"), Some(EventStream)),
            (Some("text/event-stream, application/json"), Some(EventStream)),
            (Some("application/json, text/event-stream"), Some(Json)),
            (Some("text/event-stream, */*;q=0.1"), Some(EventStream)),
            (Some("application/json;q=0.5, text/event-stream;q=0.9"), Some(EventStream)),
            (Some("text/event-stream;q=0, */*"), Some(Json)),
            (Some("text/*"), None),
            (Some("text/html"), None),
            (Some("*/*;q=0"), None),
        ] {
            assert_eq!(negotiate(accept), expected, "{accept:?}");
        }
    }

    #[test]
    fn events_are_taken_by_whoever_names_them() {
        assert!(takes_events(Some("application/json, Text/Event-Stream;q=0.1")));
        assert!(!takes_events(Some("*/*")) && !takes_events(Some("text/event-stream;q=0")) && !takes_events(None));
    }

    #[test]
    fn only_json_in_utf_8_is_json() {
        assert!(is_json("application/json") && is_json("Application/JSON; charset=UTF-8"));
        assert!(
            !is_json("text/plain") && !is_json("application/json; charset=latin1") && !is_json("application/jsonp")
        );
    }
}
