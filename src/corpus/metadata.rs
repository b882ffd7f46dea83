//! What a page or another source says about a document beside its text.
//!
//! `<meta property="og:title" content="Un titre">` → title `Un titre`
//!
//! Must not read the text.

use super::words::words;

/// An element's attributes by name.
pub(super) type Attributes<'a> = Box<dyn Fn(&str) -> Option<&'a str> + 'a>;

/// A start tag.
pub(super) struct Element<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: Attributes<'a>,
}

/// What a page says about itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) published: Option<String>,
}

impl Metadata {
    /// Notes what a start tag says; what is said first counts.
    pub(super) fn note(&mut self, element: &Element<'_>) {
        let get = |name: &str| (element.attributes)(name).map(str::trim).filter(|value| !value.is_empty());
        let key =
            get("property").or_else(|| get("name")).or_else(|| get("itemprop")).unwrap_or_default().to_lowercase();
        let said = self;
        let (slot, value) = match (element.name, key.as_str()) {
            ("html", _) => (&mut said.language, get("lang").or_else(|| get("xml:lang"))),
            ("meta", "og:title") => (&mut said.title, get("content")),
            ("meta", "og:url") => (&mut said.url, get("content")),
            ("meta", key) if words().page_dates.contains(key) => (&mut said.published, get("content")),
            ("link", _) if get("rel") == Some("canonical") => (&mut said.url, get("href")),
            ("time", _) => (&mut said.published, get("datetime")),
            _ => return,
        };
        if slot.is_none() {
            *slot = value.map(str::to_string);
        }
    }
}
