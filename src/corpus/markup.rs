//! Whether a text is marked up, and what a stray piece of markup in plain text means.
//!
//! `a < b, R&D` → no markup; `G&eacute;orgie<br/>` → a fragment; `<!doctype html>…` → a page
//!
//! Plain text that merely contains `<` or `&` must survive untouched. Must not know articles.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// How much markup a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// None.
    None,
    /// Some tags or entities in what is plain text otherwise: line breaks count.
    Fragment,
    /// A page: line breaks mean no more than spaces.
    Page,
}

/// How much markup a plain text has.
pub(super) fn markup_of(text: &str) -> Markup {
    static PAGE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)<!doctype\s+html|<html[\s>]|<body[\s>]").expect("a valid pattern"));
    static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"&(?:[A-Za-z]{2,8}\d{0,2}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});").expect("a valid pattern")
    });
    let (tags, entities) = (text.contains('<'), text.contains('&'));
    let head = text.char_indices().nth(2000).map_or(text, |(at, _)| &text[..at]);
    if tags && PAGE.is_match(head) {
        Markup::Page
    } else if tags && TAG.is_match(text) || entities && ENTITY.is_match(text) {
        Markup::Fragment
    } else {
        Markup::None
    }
}

/// Tags that are worth believing in plain text.
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    let names = "a|abbr|article|aside|b|blockquote|br|center|div|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|iframe|img|\
                 li|main|nav|ol|p|script|section|small|span|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul";
    Regex::new(&format!(r"(?i)</?(?:{names})(?:\s[^<>]*)?/?>|<!--")).expect("a valid pattern")
});

/// Protects every `<` of a fragment that opens no known tag, so that `a < b` and `<ana@iom.example>` stay text.
pub(super) fn protect(text: &str) -> String {
    let mut protected = String::with_capacity(text.len());
    let mut rest = 0;
    for tag in TAG.find_iter(text) {
        protected.push_str(&text[rest..tag.start()].replace('<', "&lt;"));
        protected.push_str(tag.as_str());
        rest = tag.end();
    }
    protected.push_str(&text[rest..].replace('<', "&lt;"));
    protected
}

/// Drops what is left of a link whose tag was cut: `"mailto:ana@iom.example">ana@iom.example`.
pub(super) fn without_link_leftovers(text: &str) -> Cow<'_, str> {
    static LEFTOVER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?:<?a\s+href=)?"(?:mailto|https?|tel):[^"\s<>]*"\s*>"#).expect("a valid pattern")
    });
    if text.contains('"') { LEFTOVER.replace_all(text, "") } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_markup_is_markup() {
        for text in ["a < b et b > c", "R&D, AT&T; M&M", "<ana@iom.example>", "x <y> z", "si a<b; alors"] {
            assert_eq!(markup_of(text), Markup::None, "{text}");
        }
        for text in ["un<br/>deux", "&eacute;t&eacute;", "<div class=\"x\">a</div>", "&#233;"] {
            assert_eq!(markup_of(text), Markup::Fragment, "{text}");
        }
        assert_eq!(markup_of("<!DOCTYPE html><p>a"), Markup::Page);
    }

    #[test]
    fn leftovers_of_links_go() {
        let text = "E-mail :\n\"mailto:a@b.example\">a@b.example";
        assert_eq!(without_link_leftovers(text), "E-mail :\na@b.example");
        assert_eq!(protect("a < b <p>c</p> <d@e>"), "a &lt; b <p>c</p> &lt;d@e>");
    }
}
