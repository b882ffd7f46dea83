//! The pieces of an XML file, one at a time, in memory that does not grow with the file.
//!
//! `<a x="1">b<!-- <c> --></a>` → a tag, a text, a comment, a tag
//!
//! A piece is whole only as far as there is room for it: of an attribute of 100 MB as much is kept as was asked for. Nothing is expanded,
//! nothing is loaded. Must not judge whether pieces fit together.

use std::io::{self, BufRead};

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text,
    Start,
    Empty,
    End,
    Comment,
    /// A CDATA section.
    Section,
    /// `<?…?>`.
    Instruction,
    /// `<!DOCTYPE …>` or another declaration.
    Declaration,
    /// Something that begins like one of these and that another tag, or the end of the file, cuts off.
    Broken,
}

/// A file that is read piece by piece.
pub(super) struct Markup<R> {
    reader: R,
    /// The number of the line that the next byte stands in, from 1 on.
    pub(super) line: usize,
}

/// Where a piece goes: as much of it as there is room for.
struct Room<'r> {
    out: &'r mut Vec<u8>,
    most: usize,
    over: bool,
}

impl Room<'_> {
    fn take(&mut self, bytes: &[u8]) {
        let room = self.most.saturating_sub(self.out.len());
        self.over |= bytes.len() > room;
        self.out.extend_from_slice(&bytes[..room.min(bytes.len())]);
    }
}

impl<R: BufRead> Markup<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, line: 1 }
    }

    /// Puts the next piece behind what is there, of which there may be so many bytes; what it is, and whether it had room. Nothing at the
    /// end of the file.
    pub(super) fn next(&mut self, out: &mut Vec<u8>, most: usize) -> io::Result<Option<(Piece, bool)>> {
        let mut room = Room { out, most, over: false };
        let Some(first) = self.peek()? else { return Ok(None) };
        if first != b'<' {
            self.until(&mut room, |byte| byte == b'<')?;
            return Ok(Some((Piece::Text, !room.over)));
        }
        self.byte(&mut room)?;
        let piece = match self.peek()? {
            Some(b'?') => self.ended(&mut room, b"?>", Piece::Instruction)?,
            Some(b'!') => self.declaration(&mut room)?,
            Some(b'/') => self.tag(&mut room, Piece::End)?,
            _ => self.tag(&mut room, Piece::Start)?,
        };
        Ok(Some((piece, !room.over)))
    }

    fn declaration(&mut self, room: &mut Room<'_>) -> io::Result<Piece> {
        self.byte(room)?;
        match self.peek()? {
            Some(b'-') => {
                self.byte(room)?;
                // The first mark of the end may not be one of the beginning: `<!-->` goes on.
                self.byte(room)?;
                self.ended(room, b"-->", Piece::Comment)
            }
            Some(b'[') => self.ended(room, b"]]>", Piece::Section),
            _ => {
                let (mut quote, mut depth) = (None, 0_usize);
                let (mut tail, mut is_comment) = ([0; 4], false);
                let ended = self.until(room, |byte| {
                    tail.rotate_left(1);
                    tail[3] = byte;
                    // No quotation mark counts in a comment.
                    if is_comment && !tail.ends_with(b"-->") {
                        return false;
                    }
                    is_comment = quote.is_none() && !is_comment && tail == *b"<!--";
                    match (quote, byte) {
                        (Some(mark), _) if mark == byte => quote = None,
                        (Some(_), _) => {}
                        (None, b'"' | b'\'') => quote = Some(byte),
                        (None, b'[' | b'<') => depth += 1,
                        (None, b']') => depth = depth.saturating_sub(1),
                        (None, b'>') if depth == 0 => return true,
                        (None, b'>') => depth -= usize::from(depth > 1),
                        _ => {}
                    }
                    false
                })?;
                self.close(room, ended, Piece::Declaration)
            }
        }
    }

    /// The rest of a tag. A `<` may not stand in one, not even between quotation marks: another tag begins there.
    fn tag(&mut self, room: &mut Room<'_>, piece: Piece) -> io::Result<Piece> {
        let (mut quote, mut last) = (None, b' ');
        let mut cut = false;
        let mut is_empty = false;
        let ended = self.until(room, |byte| {
            match (quote, byte) {
                (_, b'<') => cut = true,
                (Some(mark), _) if mark == byte => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'>') => is_empty = last == b'/',
                _ => {}
            }
            last = byte;
            cut || quote.is_none() && byte == b'>'
        })?;
        if cut {
            return Ok(Piece::Broken);
        }
        self.close(room, ended, if is_empty && piece == Piece::Start { Piece::Empty } else { piece })
    }

    /// Everything up to and with an end.
    fn ended(&mut self, room: &mut Room<'_>, end: &[u8], piece: Piece) -> io::Result<Piece> {
        let mut tail = [0; 3];
        let ended = self.until(room, |byte| {
            tail.rotate_left(1);
            tail[2] = byte;
            tail.ends_with(end)
        })?;
        self.close(room, ended, piece)
    }

    fn close(&mut self, room: &mut Room<'_>, ended: bool, piece: Piece) -> io::Result<Piece> {
        if !ended {
            return Ok(Piece::Broken);
        }
        self.byte(room)?;
        Ok(piece)
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.reader.fill_buf()?.first().copied())
    }

    fn byte(&mut self, room: &mut Room<'_>) -> io::Result<()> {
        if let Some(byte) = self.peek()? {
            self.line += usize::from(byte == b'\n');
            room.take(&[byte]);
            self.reader.consume(1);
        }
        Ok(())
    }

    /// Everything before the first byte of which something holds; whether there is one.
    fn until(&mut self, room: &mut Room<'_>, mut is_end: impl FnMut(u8) -> bool) -> io::Result<bool> {
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let mut found = false;
            let length = buffer
                .iter()
                .position(|byte| {
                    found = is_end(*byte);
                    found
                })
                .unwrap_or(buffer.len());
            room.take(&buffer[..length]);
            self.line += buffer[..length].iter().filter(|byte| **byte == b'\n').count();
            self.reader.consume(length);
            if found {
                return Ok(true);
            }
        }
    }
}

/// The name in a tag.
pub(super) fn name(tag: &[u8]) -> &[u8] {
    let name = tag.strip_prefix(b"</").or_else(|| tag.strip_prefix(b"<")).unwrap_or(tag);
    let end = name.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    &name[..end.unwrap_or(name.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, most: usize) -> Vec<(Piece, bool, String)> {
        let mut markup = Markup::new(io::BufReader::with_capacity(3, text.as_bytes()));
        let mut pieces = Vec::new();
        let mut out = Vec::new();
        while let Some((piece, fits)) = markup.next(&mut out, most).expect("readable") {
            pieces.push((piece, fits, String::from_utf8_lossy(&out).into_owned()));
            out.clear();
        }
        assert_eq!(markup.line, 1 + text.matches('\n').count());
        pieces
    }

    #[test]
    fn pieces_are_the_whole_text() {
        let text = "<?xml a?>\n<!DOCTYPE a [<!ENTITY b \"]>\">\n<!ENTITY c 'd'>]><a x='>\n' y=\"/>\"><!--<b>--><b/>t<![CDATA[<c>]]></a>";
        let found = pieces(text, 1000);
        assert_eq!(found.iter().map(|(_, _, text)| text.as_str()).collect::<String>(), text);
        let kinds: Vec<_> = found.iter().map(|(piece, ..)| *piece).collect();
        use Piece::{Comment, Declaration, Empty, End, Instruction, Section, Start, Text};
        assert_eq!(kinds, [Instruction, Text, Declaration, Start, Comment, Empty, Text, Section, End]);
    }

    #[test]
    fn what_is_cut_off_is_told_and_the_next_tag_is_read() {
        let kinds = |text| pieces(text, 1000).into_iter().map(|(piece, ..)| piece).collect::<Vec<_>>();
        assert_eq!(kinds("<a b=\"c <d>x</d>"), [Piece::Broken, Piece::Start, Piece::Text, Piece::End]);
        for text in ["<!-- x", "<![CDATA[", "<a", "<?", "<!DOCTYPE", "<", "<!-->"] {
            assert_eq!(kinds(text), [Piece::Broken], "{text}");
        }
        let long = format!("<a b='{}'>c", "x".repeat(5000));
        let found = pieces(&long, 10);
        assert_eq!((found[0].0, found[0].1, found[0].2.len()), (Piece::Start, false, 10));
        assert_eq!((found[1].0, found[1].1), (Piece::Text, true));
    }
}
