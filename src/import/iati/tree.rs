//! One activity as a tree of elements, each with the place where it stands.
//!
//! `<iati-activity><title><narrative>Eau</narrative></title></iati-activity>` → `title` at 15–54, which says *Eau* at 33–36
//!
//! What is no sound XML is refused with the place. The five names that XML knows and numbers of characters are resolved; any other entity is
//! refused and none is ever expanded. Must not know what elements mean.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use crate::model::Span;

/// How deep elements may stand in one another.
const DEEPEST: usize = 64;

/// Why a text is no tree, and at which byte.
pub(super) type Unsound = (usize, String);

/// A value with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) text: String,
    pub(super) span: Span,
}

/// An element.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, Placed)>,
    /// From its tag to the end of its last one.
    pub(super) span: Span,
    /// The place of the first element behind it and all that it holds.
    after: usize,
    /// Its number among those of its name beside it.
    pub(super) number: usize,
    depth: usize,
    /// What it says itself, without what its elements say.
    text: String,
    text_span: Option<Span>,
}

/// The elements of an activity in their order, the activity itself first.
#[derive(Debug)]
pub(super) struct Tree(Vec<Element>);

impl Tree {
    /// Reads a text that is one element. Prefixes of names must be declared in it or be among these.
    pub(super) fn parse(text: &str, declared: &BTreeSet<String>) -> Result<Self, Unsound> {
        let mut reader = Reader::from_str(text);
        let (mut elements, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut declared = declared.clone();
        loop {
            let at = place(reader.buffer_position());
            let event = reader.read_event().map_err(|error| unsound(at, &error, text))?;
            let end = place(reader.buffer_position());
            match event {
                Event::Start(tag) => {
                    if open.len() >= DEEPEST {
                        return Err((at, format!("has elements more than {DEEPEST} deep")));
                    }
                    open.push(elements.len());
                    elements.push(element(text, at, &tag, open.len(), &mut declared)?);
                }
                Event::Empty(tag) => {
                    let mut new = element(text, at, &tag, open.len() + 1, &mut declared)?;
                    (new.span.end, new.after) = (end, elements.len() + 1);
                    elements.push(new);
                }
                Event::End(_) => {
                    let after = elements.len();
                    let last = open.pop().and_then(|at| elements.get_mut(at));
                    last.into_iter().for_each(|last| (last.span.end, last.after) = (end, after));
                }
                Event::Text(said) => say(&mut elements, &open, &said, Span::new(at, end)),
                Event::CData(said) => say(&mut elements, &open, &said, Span::new(at, end)),
                Event::GeneralRef(name) => {
                    let known = match name.resolve_char_ref() {
                        Ok(Some(c)) => Some(c.to_string()),
                        Ok(None) => resolve_predefined_entity(&name).map(str::to_owned),
                        Err(_) => None,
                    };
                    let said = known.ok_or_else(|| (at, undefined(&name)))?;
                    say(&mut elements, &open, &said, Span::new(at, end));
                }
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
                Event::DocType(_) => return Err((at, "has a document type within".to_owned())),
                Event::Eof => break,
            }
        }
        if !open.is_empty() || elements.is_empty() {
            return Err((text.len(), "is not closed".to_owned()));
        }
        let mut tree = Self(elements);
        tree.number();
        Ok(tree)
    }

    /// Counts elements of one name beside one another.
    fn number(&mut self) {
        let mut counts: Vec<std::collections::BTreeMap<String, usize>> = Vec::new();
        for element in &mut self.0 {
            counts.truncate(element.depth);
            counts.resize_with(element.depth, Default::default);
            let Some(count) = counts.last_mut() else { continue };
            let count = count.entry(element.name.clone()).or_insert(0);
            *count += 1;
            element.number = *count;
        }
    }

    /// The prefixes that the outermost element declares.
    pub(super) fn prefixes(&self) -> BTreeSet<String> {
        let names = self.0[0].attributes.iter().filter_map(|(key, _)| key.strip_prefix("xmlns:"));
        names.map(str::to_owned).collect()
    }

    /// An element.
    pub(super) fn at(&self, at: usize) -> &Element {
        &self.0[at]
    }

    /// The places of the elements that stand in one, in their order.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> + use<'_> {
        let end = self.0[at].after;
        let after = |at: &usize| self.0.get(*at).map(|element| element.after);
        std::iter::successors(Some(at + 1), after).take_while(move |at| *at < end)
    }

    /// The elements of a name that stand in one.
    pub(super) fn named<'t>(&'t self, at: usize, name: &'t str) -> impl Iterator<Item = usize> + use<'t> {
        self.children(at).filter(move |child| self.0[*child].name == name)
    }

    /// What an attribute says, without space around it; nothing when it is empty.
    pub(super) fn attribute(&self, at: usize, name: &str) -> Option<&Placed> {
        let found = self.0[at].attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, said)| said).filter(|said| !said.text.is_empty())
    }

    /// What an element itself says, every run of space as one; nothing when that is nothing.
    pub(super) fn text(&self, at: usize) -> Option<Placed> {
        let Element { text, text_span, .. } = &self.0[at];
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(Placed { text, span: (*text_span)? })
    }

    /// What an element says in the languages in which it says something, in their order. Where no narrative stands, what stands there as it
    /// did in version 1 counts: some publishers write so still.
    pub(super) fn narratives(&self, at: usize) -> Vec<Placed> {
        let said: Vec<Placed> = self.named(at, "narrative").filter_map(|narrative| self.text(narrative)).collect();
        if said.is_empty() { self.text(at).into_iter().collect() } else { said }
    }
}

fn place(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn element(
    text: &str,
    at: usize,
    tag: &BytesStart<'_>,
    depth: usize,
    declared: &mut BTreeSet<String>,
) -> Result<Element, Unsound> {
    let name = tag.name().as_ref().to_owned();
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| (at, format!("has an attribute that cannot be read ({error})")))?;
        let raw: &str = &attribute.value;
        let start = (raw.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let inner = raw.trim();
        let start = start + (raw.len() - raw.trim_start().len());
        let value = unescape(inner).map_err(|error| (at, format!("has an attribute that cannot be read ({error})")))?;
        let said = Placed { text: value.trim().to_owned(), span: Span::new(start, start + inner.len()) };
        let key = attribute.key.as_ref().to_owned();
        if let Some(prefix) = key.strip_prefix("xmlns:") {
            declared.insert(prefix.to_owned());
        }
        attributes.push((key, said));
    }
    for name in attributes.iter().map(|(key, _)| key.as_str()).chain([name.as_str()]) {
        if let Some((prefix, _)) = name.split_once(':')
            && !matches!(prefix, "xml" | "xmlns")
            && !declared.contains(prefix)
        {
            let remedy = format!("declare it with xmlns:{prefix} in iati-activities");
            return Err((at, format!("uses the prefix {prefix}: in {name}, which is declared nowhere; {remedy}")));
        }
    }
    let span = Span::new(at, at);
    Ok(Element { name, attributes, span, after: 0, number: 0, depth, text: String::new(), text_span: None })
}

fn say(elements: &mut [Element], open: &[usize], said: &str, span: Span) {
    let Some(element) = open.last().and_then(|at| elements.get_mut(*at)) else { return };
    element.text.push_str(said);
    if said.trim().is_empty() {
        return;
    }
    // References and sections stand as they are written; of plain text the space around it falls away.
    let (before, behind) = match said.len() == span.len() {
        true => (said.len() - said.trim_start().len(), said.len() - said.trim_end().len()),
        false => (0, 0),
    };
    let span = Span::new(span.start + before, span.end - behind);
    element.text_span = Some(element.text_span.map_or(span, |known| known.cover(span)));
}

fn undefined(name: &str) -> String {
    let name: String = name.chars().take(40).collect();
    format!("uses the entity &{name};, and entities are not expanded; write the character itself")
}

fn unsound(at: usize, error: &Error, text: &str) -> Unsound {
    let line = text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
    (at, format!("is no sound XML in its line {line} ({error})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Result<Tree, Unsound> {
        Tree::parse(text, &["ok".to_owned()].into())
    }

    #[test]
    fn elements_and_values_stand_where_they_are_said_to_stand() {
        let text =
            "<a x=' 1 &amp; 2 '><b>\n  L&#8217;eau &lt;<!-- no --> vive\n</b><c/><b ok:y='z'><![CDATA[<&]]></b></a>";
        let tree = tree(text).expect("a tree");
        let children: Vec<_> = tree.children(0).collect();
        let of = |at: usize| (tree.at(at).name.as_str(), tree.at(at).number, tree.at(at).span.of(text));
        assert_eq!(
            tree.attribute(0, "x").map(|said| (said.text.as_str(), said.span.of(text))),
            Some(("1 & 2", "1 &amp; 2"))
        );
        assert_eq!(of(children[1]), ("c", 1, "<c/>"));
        assert_eq!((of(children[2]).0, of(children[2]).1), ("b", 2));
        let said = tree.text(children[0]).expect("a text");
        assert_eq!((said.text.as_str(), said.span.of(text)), ("L’eau < vive", "L&#8217;eau &lt;<!-- no --> vive"));
        assert_eq!(tree.text(children[2]).expect("a text").text, "<&");
        assert_eq!(tree.named(0, "b").count(), 2);
    }

    #[test]
    fn what_is_no_sound_xml_is_refused() {
        for (text, why) in [
            ("<a><b></a>", "no sound XML"),
            ("<a>&x;</a>", "&x;"),
            ("<a b='&x;'/>", "attribute"),
            ("<a b='1' b='2'/>", "attribute"),
            ("<a><n:b/></a>", "xmlns:n"),
            ("<a n:b=''/>", "declared nowhere"),
            ("<a><b>", "not closed"),
            ("", "not closed"),
        ] {
            assert!(tree(text).is_err_and(|(_, reason)| reason.contains(why)), "{text}");
        }
        let deep = format!("{}{}", "<a>".repeat(65), "</a>".repeat(65));
        assert!(tree(&deep).is_err_and(|(_, why)| why.contains("64 deep")));
        assert!(tree("<a xmlns:n='u'><n:b/></a>").is_ok());
    }
}
