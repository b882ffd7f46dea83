//! Elements of XML, written one by one.
//!
//! `element("data", &[("key", "name")], "Tom & Zoé")` → `<data key="name">Tom &amp; Zoé</data>`
//!
//! Characters that XML 1.0 has no place for, even escaped, are written as U+FFFD. Line breaks and tabs stay what they are, in attributes
//! too. Must not know what is written.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::Out;
use super::content::without;

/// A document under way.
pub(super) struct Xml<'o>(Writer<Out<'o>>);

/// Attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl<'o> Xml<'o> {
    pub(super) fn new(out: Out<'o>) -> io::Result<Self> {
        let mut writer = Writer::new(out);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let mut xml = Self(writer);
        xml.line()?;
        Ok(xml)
    }

    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Start(start(name, attributes)))
    }

    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))
    }

    pub(super) fn text(&mut self, text: &str) -> io::Result<()> {
        self.0.write_event(Event::Text(BytesText::new(&legal(text))))
    }

    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    pub(super) fn element(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.text(text)?;
        self.close(name)
    }

    /// A line break between elements, where it means nothing.
    pub(super) fn line(&mut self) -> io::Result<()> {
        self.0.write_event(Event::Text(BytesText::from_escaped("\n")))
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, legal(value).as_ref()));
    }
    start
}

/// A text without what XML 1.0 has no place for.
fn legal(text: &str) -> Cow<'_, str> {
    without(text, |c| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_stays_text_and_what_is_illegal_is_replaced() {
        let mut bytes = Vec::new();
        let mut xml = Xml::new(&mut bytes).expect("a vector");
        xml.element("a", &[("b", "\"<\n\t&\u{1}")], "]]> \u{0}\r\n<x/> é \u{202e}").expect("a vector");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let body = "<a b=\"&quot;&lt;&#10;&#9;&amp;\u{fffd}\">]]&gt; \u{fffd}&#13;\n&lt;x/&gt; é \u{202e}</a>";
        assert_eq!(text, format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body}"));
    }
}
