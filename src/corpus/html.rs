//! HTML to lines: the tags that make blocks become line breaks, the article is kept, the page around it goes.
//!
//! `<nav>…</nav><main><h1>Titre</h1><p>Un <b>texte</b>.</p></main>` → a heading `Titre`, a line `Un texte.`
//!
//! Works on the tokens of `html5ever`, without a tree: a page of a hundred thousand nested elements needs no deep stack, and one
//! that ends in the middle is read up to there. Must not know what a dateline or a contact is.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::line::{Line, is_item};
use super::metadata::{Element, Metadata};
use super::page::Blocks;

/// What a page says about itself, and its article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) metadata: Metadata,
}

/// Reads a page: its main text and its metadata.
pub(super) fn read_page(html: &str) -> Page {
    let mut blocks = tokenize(html, false);
    let metadata = std::mem::take(&mut blocks.metadata);
    Page { lines: lines(blocks.article()), metadata }
}

/// Reads plain text with some markup in it, where line breaks count.
pub(super) fn read_fragment(text: &str) -> Vec<Line> {
    lines(tokenize(text, true).everything())
}

fn lines(blocks: Vec<Line>) -> Vec<Line> {
    let mut lines = blocks;
    lines.iter_mut().for_each(|line| line.item |= is_item(&line.text));
    lines
}

fn tokenize(html: &str, line_breaks_count: bool) -> Blocks {
    let sink = Sink(RefCell::new(Blocks::new(line_breaks_count)));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    // Pieces keep the buffers of the tokenizer small; a piece ends at a character boundary, which is all it asks for.
    let mut rest = html;
    while !rest.is_empty() {
        let mut end = rest.len().min(1 << 16);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        queue.push_back(StrTendril::from_slice(&rest[..end]));
        // Nothing is returned before the queue is empty: no script is ever handed over.
        let _ = tokenizer.feed(&queue);
        rest = &rest[end..];
    }
    tokenizer.end();
    let mut blocks = tokenizer.sink.0.into_inner();
    blocks.finish();
    blocks
}

struct Sink(RefCell<Blocks>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut blocks = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => blocks.text(&text),
            Token::TagToken(tag) => match tag.kind {
                TagKind::StartTag => {
                    blocks.start(&element(&tag));
                    return raw(&tag.name);
                }
                TagKind::EndTag => blocks.end(&tag.name),
            },
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn element(tag: &Tag) -> Element<'_> {
    let attribute = |name: &str| tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value);
    Element { name: &tag.name, attributes: Box::new(attribute) }
}

/// Elements whose content is no markup.
fn raw(name: &str) -> TokenSinkResult<()> {
    match name {
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        _ => TokenSinkResult::Continue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(lines: &[Line]) -> Vec<&str> {
        lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn the_article_of_a_page_is_kept() {
        let long =
            "Une phrase assez longue pour compter comme un paragraphe, avec des mots et encore des mots. ".repeat(3);
        let html = format!(
            "<!doctype html><html lang=fr-CA><head><title>Titre | OIM</title><meta property='article:published_time' \
             content='2015-08-20T10:00'><link rel=canonical href='https://oim.example/1'><style>p {{}}</style></head><body \
             class='has-sidebar'><header><a href=/>Accueil</a></header><nav>Menu</nav><main><h1>Titre &amp; suite</h1>\
             <div class='share-buttons'>Partager</div><p>{long}<br>Suite\n du texte.<p>Deux.</p><ul><li>un<li>deux</ul></main>\
             <script>if (a < b) {{}}</script><footer>Pied</footer></body></html>"
        );
        let page = read_page(&html);
        assert_eq!(texts(&page.lines), ["Titre & suite", long.trim(), "Suite du texte.", "Deux.", "un", "deux"]);
        assert_eq!(page.lines[0].heading, 1);
        assert!(page.lines[4].item);
        assert_eq!(page.metadata.language.as_deref(), Some("fr-CA"));
        assert_eq!(page.metadata.url.as_deref(), Some("https://oim.example/1"));
        assert_eq!(page.metadata.published.as_deref(), Some("2015-08-20T10:00"));
    }

    #[test]
    fn without_main_the_densest_block_is_the_article() {
        let long = "Une phrase assez longue pour compter comme un paragraphe, avec des mots et encore des mots.";
        let html = format!(
            "<body><h1>Titre</h1><div><a href=1>Un lien vers une autre page, dont le nom est très long, comme souvent dans un \
             menu de site</a></div><div><p>{long}</p><p>{long}</p></div><div>Court</div></body>"
        );
        assert_eq!(texts(&read_page(&html).lines), ["Titre", long, long]);
    }

    #[test]
    fn strange_pages_are_read() {
        assert_eq!(texts(&read_page("<body><p>Un texte <b").lines), ["Un texte"]);
        assert_eq!(texts(&read_page("</div></p>Un<div></span>deux").lines), ["Un", "deux"]);
        let deep = format!("{}fond{}", "<div>".repeat(100_000), "</span>".repeat(100_000));
        assert_eq!(texts(&read_page(&deep).lines), ["fond"]);
    }

    #[test]
    fn fragments_keep_their_lines() {
        let text = "<div>G&eacute;orgie</div>\nA&nbsp;b\nc<br/>d <div class=\"share\">Partager</div>";
        assert_eq!(texts(&read_fragment(text)), ["Géorgie", "A\u{A0}b", "c", "d"]);
    }
}
