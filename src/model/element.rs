//! Where an element stands in an XML file of which a document has a part.
//!
//! `<a>…</a><b/><b/>`, which stand in the third `iati-activity` behind one `b` → the last is `/iati-activities/iati-activity[3]/b[3]`
//!
//! Must not judge whether a text is sound XML: of one that is not, a path is as good as can be told.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Where in an XML file a text begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElementPlace {
    /// The path of the element that the outermost elements of the text stand in: `/iati-activities`.
    pub parent: Arc<str>,
    /// How many elements of each name stand there before the text.
    pub before: Arc<BTreeMap<String, usize>>,
}

impl ElementPlace {
    /// The path of the element that begins at an offset of the text, or else of the innermost one that holds it. Elements of one name are
    /// counted from 1, as XPath counts them.
    pub fn path(&self, text: &str, offset: usize) -> String {
        let mut counts = vec![(*self.before).clone()];
        let mut open: Vec<String> = Vec::new();
        let mut at = 0;
        while let Some(length) = text[at..].find('<').filter(|length| at + length <= offset) {
            at += length;
            let rest = &text[at..];
            let end = at + markup_length(rest);
            if rest.starts_with("</") {
                if end > offset {
                    break;
                }
                open.pop();
                counts.truncate(open.len() + 1);
            } else if !rest.starts_with("<!") && !rest.starts_with("<?") {
                let name = rest[1..].split(|c: char| c.is_whitespace() || c == '/' || c == '>').next().unwrap_or("");
                let number = counts.last_mut().map_or(1, |counts| {
                    let count = counts.entry(name.to_owned()).or_insert(0);
                    *count += 1;
                    *count
                });
                let is_empty = text[..end].ends_with("/>");
                if !is_empty || end > offset {
                    open.push(format!("{name}[{number}]"));
                    counts.push(BTreeMap::new());
                }
            }
            at = end;
        }
        let parts = std::iter::once(&*self.parent).chain(open.iter().map(String::as_str));
        parts.collect::<Vec<_>>().join("/")
    }
}

/// How long the tag, comment, section or instruction is that begins here.
fn markup_length(rest: &str) -> usize {
    let until = |end: &str| rest.find(end).map_or(rest.len(), |at| at + end.len());
    if rest.starts_with("<!--") {
        return until("-->");
    }
    if rest.starts_with("<![CDATA[") {
        return until("]]>");
    }
    if rest.starts_with("<?") {
        return until("?>");
    }
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(mark), _) if mark == byte => quote = None,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_of_one_name_are_counted() {
        let place = ElementPlace { parent: "/r".into(), before: Arc::new([("a".to_owned(), 2)].into()) };
        let text = r#"<a x='>'><!-- <b/> --><b/><b c="</b>"><![CDATA[<b>]]>text</b></a> <a/><d>"#;
        let path = |part: &str| place.path(text, text.find(part).expect("a part"));
        assert_eq!(path("<a x"), "/r/a[3]");
        assert_eq!(path("<b/><b c"), "/r/a[3]/b[1]");
        assert_eq!(path("<b c"), "/r/a[3]/b[2]");
        assert_eq!(path("text"), "/r/a[3]/b[2]");
        assert_eq!(path("<a/>"), "/r/a[4]");
        assert_eq!(path("<d>"), "/r/d[1]");
        assert_eq!(place.path("", 0), "/r");
    }
}
