//! Joins lines that a mail program or an editor broke at a fixed width, so that a sentence stands on one line.
//!
//! ```text
//! Le Comité national de lutte contre la traite présente      →  Le Comité national … présente aujourd'hui, …
//! aujourd'hui, avec le soutien de l'OIM, un manuel.
//! ```
//!
//! A text is taken for wrapped only where lines of about one width break in the middle of sentences again and again; anything
//! else is left alone. A break that the width does not explain (the next word would have fitted) ends a paragraph.

use super::dateline::find_dateline;
use super::line::{Line, capitals};

/// No wrapped line is longer, in characters.
const WIDEST: usize = 110;
/// No break before this many characters is due to the width.
const NARROWEST: usize = 38;
/// A break in the middle of a sentence may come this much too early: not every editor fills its lines.
const MARGIN: usize = 15;

/// Joins the lines of every wrapped stretch.
pub(super) fn unwrap(mut lines: Vec<Line>) -> Vec<Line> {
    let lengths: Vec<_> = lines.iter().map(|line| line.text.chars().take(WIDEST + 1).count()).collect();
    let mut joined = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        if lengths[at] > WIDEST || lines[at].block {
            joined.push(std::mem::take(&mut lines[at]));
            at += 1;
            continue;
        }
        let stretch = (at..lines.len()).take_while(|&i| lengths[i] <= WIDEST && !lines[i].block).count();
        let stretch = &mut lines[at..at + stretch];
        match width(stretch, &lengths[at..]) {
            Some(width) => join(stretch, &lengths[at..], width, &mut joined),
            None => joined.extend(stretch.iter_mut().map(std::mem::take)),
        }
        at += stretch.len();
    }
    joined
}

/// The width at which a stretch is wrapped, if it is.
fn width(lines: &[Line], lengths: &[usize]) -> Option<usize> {
    let broken: Vec<_> = (1..lines.len())
        .filter(|&i| lengths[i - 1] >= NARROWEST && is_mid_sentence(&lines[i - 1], &lines[i]))
        .collect();
    let pairs = (1..lines.len()).filter(|&i| lengths[i - 1] >= NARROWEST && !lines[i].apart).count();
    let enough = (broken.len() >= 2 && broken.len() * 3 >= pairs) || (broken.len() >= 4 && broken.len() * 5 >= pairs);
    enough.then(|| broken.iter().map(|&i| lengths[i - 1]).max()).flatten()
}

/// Whether the break between two lines stands within a sentence beyond doubt.
fn is_mid_sentence(line: &Line, next: &Line) -> bool {
    let continues = next.text.chars().next().is_some_and(char::is_lowercase);
    continues && !next.apart && !next.item && !closes(line) && next.heading == 0 && line.heading == 0
}

fn closes(line: &Line) -> bool {
    line.ends_sentence() || line.text.ends_with([':', ';', '|'])
}

fn join(lines: &[Line], lengths: &[usize], width: usize, joined: &mut Vec<Line>) {
    // A heading or menu entry may be longer than the text is wide: it is no part of a wrapped paragraph.
    let mut whole = lines[0].clone();
    let mut is_first = true;
    for i in 1..lines.len() {
        if belongs_to(&lines[i - 1], lengths[i - 1], &lines[i], width, is_first && lines[0].apart) {
            // A hyphen at the end of a line is kept: whether it belongs to the word cannot be told.
            if !whole.text.ends_with('-') {
                whole.text.push(' ');
            }
            whole.text.push_str(&lines[i].text);
        } else {
            joined.push(std::mem::replace(&mut whole, lines[i].clone()));
            is_first = false;
        }
    }
    joined.push(whole);
}

/// Whether a line goes on in the next one.
fn belongs_to(line: &Line, length: usize, next: &Line, width: usize, is_first: bool) -> bool {
    if next.apart || next.item || next.heading > 0 || line.heading > 0 || length > width + 3 || length < NARROWEST / 2 {
        return false;
    }
    if is_heading(line) || is_heading(next) && !line.text.ends_with(',') {
        return false;
    }
    let word = next.text.split(' ').next().unwrap_or_default();
    let fits_as_seen = length + 1 + word.chars().count() <= width;
    if find_dateline(&next.text).is_some() || is_label(next) && fits_as_seen {
        return false;
    }
    let needed = wide(&line.text) + 1 + wide(word);
    if is_mid_sentence(line, next) {
        return needed + MARGIN > width || line.item;
    }
    let fits = needed <= width;
    if closes(line) || is_first {
        return !line.text.ends_with(':') && !is_first && !fits_as_seen;
    }
    // A capital begins the next line within a sentence: a name. Only the width can tell it from a new paragraph.
    !fits && length * 10 >= width * 7
}

/// Whether a line begins with a label: `courriel : …`.
fn is_label(line: &Line) -> bool {
    line.text.split(' ').take(3).any(|word| word == ":" || (word.len() > 1 && word.ends_with(':')))
}

fn is_heading(line: &Line) -> bool {
    capitals(&line.text) > 0.8 && line.text.chars().filter(|c| c.is_alphabetic()).count() > 8
}

/// The width of a text where it was wrapped: accents may have been entities such as `&eacute;` then.
fn wide(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 7 }).sum()
}

#[cfg(test)]
mod tests {
    use super::super::line::lines_of;
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let lines: Vec<_> = unwrap(lines_of(text)).into_iter().map(|line| line.text).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn wrapped_paragraphs_are_joined() {
        check(
            "Un titre\n\nLe Comité national de lutte contre la traite présente\naujourd'hui, avec le soutien de l'OIM, un manuel \
             de\nprocédures sur le retour des enfants et des adolescents\nvictimes de la traite.\nLa présidente de ce comité, \
             Margarita Escobar,\négalement Vice-ministre.\nContact : \nAna Díaz\ncourriel : a@b.example",
            &[
                "Un titre",
                "Le Comité national de lutte contre la traite présente aujourd'hui, avec le soutien de l'OIM, un manuel de \
                 procédures sur le retour des enfants et des adolescents victimes de la traite.",
                "La présidente de ce comité, Margarita Escobar, également Vice-ministre.",
                "Contact :",
                "Ana Díaz",
                "courriel : a@b.example",
            ],
        );
    }

    #[test]
    fn lines_that_are_paragraphs_stay_apart() {
        let text = "Une phrase qui tient sur sa ligne, comme toutes ici.\nUne autre phrase, de même longueur à peu près.\n\
                    - un élément de liste\n- un autre élément, plus long que le premier";
        check(text, &text.split('\n').collect::<Vec<_>>());
    }
}
