//! The blocks of a page as its tags come by, and the choice of the block that is the article.
//!
//! `<div><p>…` `</p></div>` → a block of text inside two containers; the container with the most text wins
//!
//! Invariants: a container's blocks are one contiguous range; everything is linear in the size of the page. Must not know
//! `html5ever`.

use std::collections::HashMap;
use std::ops::Range;

use super::line::Line;
use super::metadata::{Element, Metadata};
use super::words::words;

/// Elements that end a line and hold others.
const CONTAINERS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
/// Elements that end a line and hold only text.
const PARAGRAPHS: &[&str] = &["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary", "option", "legend", "caption"];
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements whose content nobody reads.
const DROPPED: &[&str] =
    &["script", "style", "template", "svg", "math", "iframe", "noembed", "noframes", "object", "canvas", "textarea"];
const NAVIGATION: &[&str] = &["nav", "aside", "button", "select", "menu", "dialog"];
const NAVIGATION_ROLES: &[&str] =
    &["navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "dialog"];

#[derive(Default)]
struct Block {
    line: Line,
    container: usize,
    linked: usize,
    navigation: bool,
}

struct Container {
    parent: usize,
    blocks: Range<usize>,
    article: bool,
}

struct Open {
    name: String,
    container: Option<usize>,
    navigation: bool,
    dropped: bool,
    linked: bool,
}

/// Collects the blocks of a page.
pub(super) struct Blocks {
    pub(super) metadata: Metadata,
    line_breaks_count: bool,
    open: Vec<Open>,
    names: HashMap<String, usize>,
    containers: Vec<Container>,
    inside: usize,
    blocks: Vec<Block>,
    line: String,
    linked: usize,
    apart: bool,
    heading: u8,
    item: bool,
    /// How many open elements are navigation, dropped, links, articles, preformatted.
    depth: Depth,
    page_title: String,
}

#[derive(Default)]
struct Depth {
    navigation: usize,
    dropped: usize,
    linked: usize,
}

impl Blocks {
    /// Nothing yet. Where line breaks count, they end lines; otherwise they are spaces.
    pub(super) fn new(line_breaks_count: bool) -> Self {
        Self {
            metadata: Metadata::default(),
            line_breaks_count,
            open: Vec::new(),
            names: HashMap::new(),
            containers: vec![Container { parent: 0, blocks: 0..0, article: false }],
            inside: 0,
            blocks: Vec::new(),
            line: String::new(),
            linked: 0,
            apart: true,
            heading: 0,
            item: false,
            depth: Depth::default(),
            page_title: String::new(),
        }
    }

    /// Text between tags.
    pub(super) fn text(&mut self, text: &str) {
        if self.open.last().is_some_and(|open| open.name == "title") {
            self.page_title.push_str(text);
        }
        if self.depth.dropped > 0 {
            return;
        }
        let breaks = self.line_breaks_count || self.open.last().is_some_and(|open| open.name == "pre");
        for c in text.chars() {
            match c {
                '\n' if breaks => {
                    let blank = self.line.trim().is_empty();
                    self.flush();
                    self.apart |= blank;
                }
                '\n' | '\t' | '\r' | ' ' if self.line.is_empty() || self.line.ends_with(' ') => {}
                '\n' | '\t' | '\r' => self.line.push(' '),
                c => self.line.push(c),
            }
            self.linked += usize::from(self.depth.linked > 0);
        }
    }

    /// A start tag.
    pub(super) fn start(&mut self, element: &Element<'_>) {
        let name = element.name;
        self.metadata.note(element);
        let (container, paragraph) = (CONTAINERS.contains(&name), PARAGRAPHS.contains(&name));
        if container || paragraph || name == "hr" {
            self.flush();
            self.apart = true;
            // A block ends the paragraph, and an item the item, that nobody closed.
            let closed_by = |open: &Open| PARAGRAPHS.contains(&open.name.as_str()) || name == "li" && open.name == "li";
            if self.open.last().is_some_and(closed_by) {
                self.pop();
            }
        }
        match name {
            "br" => self.flush(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = name.as_bytes()[1] - b'0',
            "li" => self.item = true,
            _ => {}
        }
        if !VOID.contains(&name) {
            self.push(element, container);
        }
    }

    fn push(&mut self, element: &Element<'_>, container: bool) {
        let name = element.name;
        let inside = container.then(|| {
            let article = matches!(name, "article" | "main")
                || (element.attributes)("role").is_some_and(|role| role == "main" || role == "article")
                || (element.attributes)("itemprop").is_some_and(|prop| prop == "articleBody");
            self.containers.push(Container { parent: self.inside, blocks: self.blocks.len()..usize::MAX, article });
            self.inside = self.containers.len() - 1;
            self.inside
        });
        let open = Open {
            name: name.to_string(),
            container: inside,
            navigation: self.is_navigation(element),
            dropped: DROPPED.contains(&name) || name == "title",
            linked: name == "a",
        };
        self.depth.navigation += usize::from(open.navigation);
        self.depth.dropped += usize::from(open.dropped);
        self.depth.linked += usize::from(open.linked);
        *self.names.entry(open.name.clone()).or_default() += 1;
        self.open.push(open);
    }

    fn is_navigation(&self, element: &Element<'_>) -> bool {
        let name = element.name;
        if matches!(name, "html" | "body" | "main" | "article" | "p") || name.starts_with('h') && name.len() == 2 {
            return false;
        }
        let in_article = ["article", "main"].iter().any(|name| self.names.get(*name).is_some_and(|open| *open > 0));
        NAVIGATION.contains(&name)
            || (matches!(name, "header" | "footer") && !in_article)
            || (element.attributes)("role").is_some_and(|role| NAVIGATION_ROLES.contains(&role))
            || (element.attributes)("hidden").is_some()
            || (element.attributes)("aria-hidden") == Some("true")
            || ["class", "id"]
                .iter()
                .any(|key| (element.attributes)(key).is_some_and(|names| words().is_page_part(names)))
    }

    /// An end tag. One that closes nothing is ignored; one for text does not reach beyond its container.
    pub(super) fn end(&mut self, name: &str) {
        let container = CONTAINERS.contains(&name);
        if container || PARAGRAPHS.contains(&name) {
            self.flush();
            self.apart = true;
        }
        if self.names.get(name).is_none_or(|open| *open == 0) {
            return;
        }
        let nearest = self.open.iter().rposition(|open| open.name == name || !container && open.container.is_some());
        if let Some(at) = nearest.filter(|&at| self.open[at].name == name) {
            while self.open.len() > at {
                self.pop();
            }
        }
    }

    fn pop(&mut self) {
        let Some(open) = self.open.pop() else { return };
        self.depth.navigation -= usize::from(open.navigation);
        self.depth.dropped -= usize::from(open.dropped);
        self.depth.linked -= usize::from(open.linked);
        if let Some(count) = self.names.get_mut(&open.name) {
            *count -= 1;
        }
        if let Some(container) = open.container {
            self.flush();
            self.containers[container].blocks.end = self.blocks.len();
            self.inside = self.containers[container].parent;
        }
    }

    /// Ends the line.
    fn flush(&mut self) {
        let text = self.line.trim();
        if !text.is_empty() {
            let line =
                Line { text: text.into(), heading: self.heading, item: self.item, apart: self.apart, block: false };
            let navigation = self.depth.navigation > 0;
            self.blocks.push(Block { line, container: self.inside, linked: self.linked, navigation });
            self.apart = false;
            self.item = false;
        }
        self.heading = 0;
        self.line.clear();
        self.linked = 0;
    }

    /// Closes what is open at the end of the page.
    pub(super) fn finish(&mut self) {
        self.flush();
        while !self.open.is_empty() {
            self.pop();
        }
        self.containers[0].blocks.end = self.blocks.len();
        let title = self.page_title.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.metadata.title.is_none() && !title.is_empty() {
            self.metadata.title = Some(title);
        }
    }

    /// All lines but the navigation; all lines when there would be none left.
    pub(super) fn everything(self) -> Vec<Line> {
        let all = 0..self.blocks.len();
        self.keep(all)
    }

    /// The lines of the article, after the page's heading.
    pub(super) fn article(self) -> Vec<Line> {
        let range = self.declared().or_else(|| self.densest()).unwrap_or(0..self.blocks.len());
        let has_heading = self.blocks[range.clone()].iter().any(|block| block.line.heading == 1 && !block.navigation);
        let above = self.blocks[..range.start].iter().rposition(|block| block.line.heading == 1);
        let heading = above.filter(|_| !has_heading).map(|at| self.blocks[at].line.clone());
        heading.into_iter().chain(self.keep(range)).collect()
    }

    fn keep(self, range: Range<usize>) -> Vec<Line> {
        let kept: usize = self.blocks[range.clone()].iter().filter(|b| !b.navigation).map(|b| b.line.text.len()).sum();
        let everything = kept == 0;
        let blocks = self.blocks.into_iter().take(range.end).skip(range.start);
        let mut lines: Vec<Line> = blocks.filter(|b| everything || !b.navigation).map(|b| b.line).collect();
        // Lines that tags set apart on both sides are blocks; between line breaks there may be wrapped text.
        if !self.line_breaks_count {
            for at in 0..lines.len() {
                lines[at].block = lines[at].apart && lines.get(at + 1).is_none_or(|next| next.apart);
            }
        }
        lines
    }

    /// The element that the page itself calls its article: the smallest that holds most of what the largest holds.
    fn declared(&self) -> Option<Range<usize>> {
        let mut sums = vec![0];
        for block in &self.blocks {
            let text = if block.navigation { 0 } else { block.line.text.len().saturating_sub(2 * block.linked) };
            sums.push(sums[sums.len() - 1] + text);
        }
        let sum = |c: &Container| sums[c.blocks.end.min(self.blocks.len())] - sums[c.blocks.start];
        let articles: Vec<_> = self.containers.iter().filter(|c| c.article).collect();
        let most = articles.iter().map(|c| sum(c)).max().filter(|most| *most >= 200)?;
        let best = articles.iter().filter(|c| sum(c) * 10 >= most * 6).min_by_key(|c| c.blocks.len())?;
        Some(best.blocks.clone())
    }

    /// The container with the most paragraph text directly in it or in its children.
    fn densest(&self) -> Option<Range<usize>> {
        let mut scores = vec![0; self.containers.len()];
        for block in
            self.blocks.iter().filter(|b| !b.navigation && b.line.text.len() >= 80 && b.linked * 3 < b.line.text.len())
        {
            scores[block.container] += 2 * block.line.text.len();
            let parent = self.containers[block.container].parent;
            if parent != block.container {
                scores[parent] += block.line.text.len();
            }
        }
        let (best, score) = scores.iter().enumerate().max_by_key(|(at, score)| (**score, usize::MAX - at))?;
        (*score > 0).then(|| self.containers[best].blocks.clone())
    }
}
