//! Finds the article among the lines: where it begins, its title, what stands around it.
//!
//! ```text
//! Qui sommes nous                     navigation
//! Structure                           navigation
//! L’OIM renforce la police            title
//! El Salvador - Ce week-end, l’OIM …  body
//! Partager                            navigation
//! ```
//!
//! The idea: paragraphs speak for the article and menu entries against it; the stretch with the greatest sum begins with the
//! first paragraph, and the title is the last line like a title before that. Must not know where the lines came from.

use crate::model::{PartialDate, fold};

use super::date::parse_date;
use super::dateline::{find_dateline, is_running_text, parse_dateline};
use super::footer::{is_share, without_footer};
use super::line::{LONGEST_LABEL, Line, capitals};
use super::words::{head_of, starts_with_any, words};

/// The lines of an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Article {
    /// What names the issuing organization, above the title.
    pub(super) letterhead: Vec<Line>,
    /// The headline.
    pub(super) title: Option<Line>,
    /// Everything below it.
    pub(super) body: Vec<Line>,
}

/// A preamble this short is judged line by line; a longer one with menu entries in it is a menu.
const SHORT_PREAMBLE: usize = 4;

/// Takes the article out of a page's lines. `known_title` is what the source itself calls the document.
pub(super) fn find_article(mut lines: Vec<Line>, known_title: Option<&str>) -> Article {
    let marks = Marks::of(&lines);
    let first = first_paragraph(&lines, &marks);
    let title = find_title(&lines, &marks, first, known_title);
    let head = title.or(first).unwrap_or(0);
    let kept = letterhead(&lines, &marks, head);
    let start = title.map_or(head, |at| at + 1);
    let body = without_footer(&lines, &marks.folded, &marks.navigation, start);
    // The three parts have no line in common.
    let mut take = |at: usize| std::mem::take(&mut lines[at]);
    Article {
        letterhead: kept.into_iter().map(&mut take).collect(),
        title: title.map(&mut take),
        body: body.into_iter().map(&mut take).collect(),
    }
}

/// What is plain about each line, seen once.
struct Marks {
    folded: Vec<String>,
    /// Belongs to a menu beyond doubt.
    navigation: Vec<bool>,
    /// Is running text, and belongs to no menu.
    paragraph: Vec<bool>,
}

impl Marks {
    fn of(lines: &[Line]) -> Self {
        let folded: Vec<_> = lines.iter().map(Line::folded).collect();
        let mut navigation: Vec<_> =
            lines.iter().zip(&folded).map(|(line, folded)| is_navigation(line, folded)).collect();
        for at in 1..lines.len() {
            let (above, line) = (&lines[at - 1].text, &lines[at].text);
            if above == line && !lines[at].is_paragraph() && line.len() <= LONGEST_LABEL {
                navigation[at - 1] = true;
            }
            // A menu entry glued to its teaser: "Notre travail" / "Notre travailEn tant que …".
            if line
                .strip_prefix(above.as_str())
                .is_some_and(|rest| rest.chars().next().is_some_and(char::is_alphanumeric))
            {
                navigation[at - 1] = true;
                navigation[at] = true;
            }
        }
        let text = |(line, navigation): (&Line, &bool)| !navigation && is_running_text(line);
        let paragraph = lines.iter().zip(&navigation).map(text).collect();
        Self { folded, navigation, paragraph }
    }

    /// Whether the line repeats the one above it.
    fn repeats(&self, lines: &[Line], at: usize) -> bool {
        at > 0 && self.navigation[at - 1] && lines[at - 1].text == lines[at].text
    }
}

fn is_navigation(line: &Line, folded: &str) -> bool {
    if line.text.len() > LONGEST_LABEL {
        return false;
    }
    let bare = line.text.trim_start_matches(|c: char| "-–—•*·◦▪".contains(c) || c.is_whitespace());
    bare.is_empty() || words().is_navigation(folded) || is_share(line, folded) || is_trail(bare) || is_link_bar(bare)
}

/// `Accueil › Actualités`: a trail through the site.
fn is_trail(text: &str) -> bool {
    if !text.contains(['›', '>', '→']) {
        return false;
    }
    let parts = |mark: &str| {
        text.split(mark).count() >= 2 && text.split(mark).all(|p| p.chars().count() <= 40 && !p.trim().is_empty())
    };
    [" › ", " > ", " → ", " >> "].into_iter().any(parts)
}

/// `FR | EN | ES`, `Home / News centre / Press releases`: entries side by side, one of which is a menu entry or a language.
fn is_link_bar(text: &str) -> bool {
    if !text.contains(['|', '·', '•', '/', '—']) {
        return false;
    }
    let words = words();
    ["|", "·", "•", " / ", " — "].into_iter().filter(|mark| text.contains(mark)).any(|mark| {
        let parts: Vec<_> = text.split(mark).map(fold).collect();
        let entry =
            |p: &String| words.navigation.contains(p) || words.share.contains(p) || starts_with_any(&words.skip, p);
        parts.len() >= 2 && (parts.iter().any(entry) || parts.len() >= 3 && parts.iter().all(|p| p.len() == 2))
    })
}

/// The first paragraph of the stretch in which paragraphs outweigh menu entries most.
fn first_paragraph(lines: &[Line], marks: &Marks) -> Option<usize> {
    let is_paragraph = |at: usize| marks.paragraph[at];
    let first = (0..lines.len()).find(|&at| is_paragraph(at))?;
    let (mut best, mut sum, mut start, mut answer) = (0, 0, 0, first);
    let mut in_list = false;
    for (at, line) in lines.iter().enumerate() {
        if sum <= 0 {
            (sum, start) = (0, at);
        }
        in_list = line.text.ends_with([':', ';', ',']) || in_list && line.item;
        sum += match () {
            () if is_paragraph(at) => line.text.chars().take(500).count() as i64,
            () if marks.navigation[at] || marks.repeats(lines, at) => -150,
            () if in_list => 0,
            () if line.item => -30,
            () => -15,
        };
        if sum > best && is_paragraph(at) {
            (best, answer) = (sum, start);
        }
    }
    // Without a menu above it, no paragraph is given up.
    let menu = (first..answer).filter(|&at| marks.navigation[at] || marks.repeats(lines, at)).count();
    let from = if menu >= 2 { answer } else { first };
    (from..lines.len()).find(|&at| is_paragraph(at))
}

fn find_title(lines: &[Line], marks: &Marks, first: Option<usize>, known: Option<&str>) -> Option<usize> {
    if let Some(known) = known.map(fold).filter(|known| !known.is_empty()) {
        let reach = first.map_or(lines.len(), |first| first + 1);
        if let Some(at) = (0..reach).rfind(|&at| marks.folded[at] == known) {
            return Some(at);
        }
    }
    let Some(first) = first else {
        return (0..lines.len()).find(|&at| lines[at].heading == 1);
    };
    let heading = (0..=first).rfind(|&at| lines[at].heading == 1);
    heading.or_else(|| {
        // «Donors: Canada, Sweden»: a sheet of facts stands below its title.
        let first = first_facts(lines, marks, first).unwrap_or(first);
        // Share links may stand between the title and the text; a menu may not.
        let above = (0..first).rev().filter(|&at| !is_share(&lines[at], &marks.folded[at]));
        let above = above.take_while(|&at| !marks.navigation[at] && lines[at].text.len() <= LONGEST_LABEL);
        let title = above.take(6).find(|&at| is_title(&lines[at], &marks.folded[at]));
        title.or_else(|| sentence_as_title(lines, marks, first))
    })
}

/// Where a sheet of facts begins above the first paragraph: lines one below the other that each say something under a label.
fn first_facts(lines: &[Line], marks: &Marks, first: usize) -> Option<usize> {
    const FEWEST: usize = 2;
    let fact = |at: usize| !marks.navigation[at] && is_fact(&lines[at]);
    (0..first).find(|&at| (at..at + FEWEST).all(|line| line < first && fact(line)))
}

/// `Donors: Canada, Sweden`: a short label with a capital, a colon, and what it says.
fn is_fact(line: &Line) -> bool {
    const LONGEST_WORD: usize = 40;
    const WORDS: usize = 5;
    let Some((label, value)) = line.text.split_once(':') else { return false };
    let label = label.trim();
    let short = label.chars().count() <= LONGEST_WORD && label.split_whitespace().count() <= WORDS;
    let opens = label.starts_with(|c: char| c.is_uppercase()) && label.chars().any(char::is_lowercase);
    let says = value.starts_with([' ', '\u{a0}']) && value.chars().any(char::is_alphabetic);
    short && opens && says && !is_issued(line) && !is_contact_line(&line.text) && line.text.len() <= LONGEST_LABEL
}

fn is_title(line: &Line, folded: &str) -> bool {
    let several_words = folded.contains(' ');
    (!line.item || line.heading > 0)
        && several_words
        && !is_release(folded)
        && !is_issued(line)
        && parse_dateline(&line.text).is_none()
        && !is_contact_line(&line.text)
}

/// A title may end like a sentence: when the next line opens with a dateline, or when it is a question or a quotation.
fn sentence_as_title(lines: &[Line], marks: &Marks, first: usize) -> Option<usize> {
    let (line, next) = (&lines[first], lines.get(first + 1)?);
    let short = line.text.len() <= LONGEST_LABEL && find_dateline(&line.text).is_none() && !line.item;
    let before = find_dateline(&next.text).is_some() || parse_dateline(&next.text).is_some();
    let question =
        line.text.ends_with(['?', '!', '»', '”']) && next.is_paragraph() && next.text.len() > line.text.len();
    (short && (before || question) && !is_release(&marks.folded[first])).then_some(first)
}

/// The lines above the title that say who speaks, when and where.
fn letterhead(lines: &[Line], marks: &Marks, head: usize) -> Vec<usize> {
    let menu = (0..head).any(|at| marks.navigation[at] && !marks.repeats(lines, at + 1));
    let says = |at: &usize| !marks.navigation[*at] && !marks.repeats(lines, *at);
    if !menu || head <= SHORT_PREAMBLE {
        return (0..head).filter(says).collect();
    }
    let speaks = |at: &usize| {
        let line = &lines[*at];
        let name = is_name_in_capitals(&line.text);
        // More words than a menu entry has: a headline above the one that was taken for the title.
        let headline = marks.folded[*at].split(' ').count() >= 5 && !line.item;
        name || headline || is_release(&marks.folded[*at]) || is_issued(line) || parse_dateline(&line.text).is_some()
    };
    let mut kept: Vec<_> = (0..head).rev().take_while(|at| says(at) && speaks(at)).collect();
    kept.reverse();
    // A letterhead has one or two such names; more of them are a menu in capitals.
    if kept.iter().filter(|&&at| is_name_in_capitals(&lines[at].text)).count() > 2 {
        kept.retain(|&at| !is_name_in_capitals(&lines[at].text));
    }
    kept
}

/// `COMMISSION DE L’OCEAN INDIEN`, but not `2030 AGENDA`.
fn is_name_in_capitals(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic)).count();
    text.len() <= LONGEST_LABEL && words >= 2 && capitals(text) > 0.7
}

fn is_release(folded: &str) -> bool {
    let mut starts = std::iter::once(0).chain(folded.match_indices(' ').map(|(at, _)| at + 1));
    folded.len() <= 80 && starts.any(|at| starts_with_any(&words().release, &folded[at..]))
}

/// `Source: Norwegian Refugee Council`, `Posted 19 Jun`, `Publié le 20 août 2015`.
pub(super) fn is_issued(line: &Line) -> bool {
    issued_date(&line.text).is_some() || {
        let label = line.text.split_once(':').map(|(before, _)| fold(before));
        label.is_some_and(|label| words().issued.contains(&label)) && line.text.chars().count() <= 100
    }
}

/// The date of a line that says when something was published.
pub(super) fn issued_date(text: &str) -> Option<PartialDate> {
    if text.len() > 100 {
        return None;
    }
    let folded = fold(text);
    let head = head_of(&words().issued, &folded)?;
    let rest: Vec<_> = folded[head.len()..].split_whitespace().collect();
    // What follows the date does not matter: "… | par la rédaction".
    (1..=rest.len().min(8)).rev().find_map(|count| parse_date(&rest[..count].join(" ")))
}

pub(super) fn is_contact_line(text: &str) -> bool {
    text.contains('@') || super::document::opens_contact(text)
}

#[cfg(test)]
mod tests {
    use super::super::line::lines_of;
    use super::*;

    const PARAGRAPH: &str =
        "L’Organisation a ouvert lundi un centre pour les migrants, avec le soutien de ses partenaires locaux.";

    /// Checks letterhead, title and body, each line given by its text.
    fn check(text: &str, letterhead: &[&str], title: Option<&str>, body: &[&str]) {
        let article = find_article(lines_of(&text.replace("§", PARAGRAPH)), None);
        let texts = |lines: &[Line]| lines.iter().map(|l| l.text.replace(PARAGRAPH, "§")).collect::<Vec<_>>();
        assert_eq!(texts(&article.letterhead), letterhead, "{text}");
        assert_eq!(article.title.map(|l| l.text).as_deref(), title, "{text}");
        assert_eq!(texts(&article.body), body, "{text}");
    }

    #[test]
    fn menus_are_cut() {
        let menu = "-\nQui sommes nous\nQui sommes nousUne organisation qui aide tout le monde depuis 1951, partout où elle peut.\n\
                    Structure\nStructure\n- Bureau\n2030 AGENDA\nUn titre sans point\n§\n§\nPartager\nLire aussi\n- Un autre titre";
        check(menu, &[], Some("Un titre sans point"), &["§", "§"]);
        check("FR | EN | ES\nAccueil › Actualités\nUn titre\n§", &[], Some("Un titre"), &["§"]);
    }

    #[test]
    fn teasers_in_menus_are_cut_too() {
        let menus = "Accueil\nQui sommes nous\nUne organisation qui aide tout le monde depuis 1951, partout où elle le peut.\n\
                     Agir\nAgir\nStructure\nActualités\nNotre travail\n2030 AGENDA\nUn titre\n§\n§\n§";
        check(menus, &[], Some("Un titre"), &["§", "§", "§"]);
    }

    #[test]
    fn letterheads_are_kept() {
        check(
            "COMMISSION DE L’OCEAN INDIEN\nMadagascar · Comores\nCommuniqué de presse\nUn titre\n§",
            &["COMMISSION DE L’OCEAN INDIEN", "Madagascar · Comores", "Communiqué de presse"],
            Some("Un titre"),
            &["§"],
        );
        let page = "Desk > Updates > Africa\nSubscribe | Log in\nSource: Some Council\nPosted 19 Jun\nA title\n§";
        check(page, &["Source: Some Council", "Posted 19 Jun"], Some("A title"), &["§"]);
    }

    #[test]
    fn texts_without_menus_are_kept_whole() {
        check("§\n§", &[], None, &["§", "§"]);
        check("Une ligne", &[], None, &["Une ligne"]);
        check(
            "Les migrants ont-ils besoin d’aide, et de la part de qui au juste ?\n§",
            &[],
            Some("Les migrants ont-ils besoin d’aide, et de la part de qui au juste ?"),
            &["§"],
        );
        check(
            "Titre long\n§\nAnnonces :\n- a\n- b\n- c\n§",
            &[],
            Some("Titre long"),
            &["§", "Annonces :", "- a", "- b", "- c", "§"],
        );
    }

    #[test]
    fn footers_are_cut_and_share_links_within() {
        check(
            "Un titre\n§\nPartager | Imprimer | PDF\n§\n###\nTerms of use | Fraud alert",
            &[],
            Some("Un titre"),
            &["§", "§"],
        );
    }

    #[test]
    fn a_sheet_of_facts_stands_below_its_title() {
        let sheet = "FACT SHEET\nSafe Classrooms Programme\nDonors: Canada, Sweden\nPartners: Oxfam\nWhat we do\n§\n§";
        let body = ["Donors: Canada, Sweden", "Partners: Oxfam", "What we do", "§", "§"];
        check(sheet, &["FACT SHEET"], Some("Safe Classrooms Programme"), &body);
    }

    #[test]
    fn dates_and_share_links_may_stand_below_the_title() {
        let page = "Rechercher\nMenu\nAccueil\nPublications\nUn titre\nPublié le 20/08/2015 | Par la rédaction\nFacebook Twitter\n§";
        check(page, &[], Some("Un titre"), &["Publié le 20/08/2015 | Par la rédaction", "§"]);
        assert_eq!(
            issued_date("Publié le 20/08/2015 | Par la rédaction").map(|d| d.to_string()).as_deref(),
            Some("2015-08-20")
        );
        let two = "Home\nAbout us\nNews\nContact us\nNiger opens a reception centre\nA new place for migrants\n§";
        check(two, &["Niger opens a reception centre"], Some("A new place for migrants"), &["§"]);
    }
}
