//! What stands below and within an article without belonging to it: share links, lists of other articles, marks of the end.
//!
//! `Partager | Imprimer | PDF`, `Lire aussi` and the list below it, `# # #` → gone
//!
//! Must not decide where the article begins.

use crate::model::fold;

use super::article::is_contact_line;
use super::dateline::is_running_text;
use super::line::{LONGEST_LABEL, Line};
use super::words::{head_of, starts_with_any, words};

/// The numbers of all lines from `start` on without share links, lists of other articles, and marks of the end.
pub(super) fn without_footer(lines: &[Line], labels: &[String], navigation: &[bool], start: usize) -> Vec<usize> {
    let last = (start..lines.len()).rfind(|&at| is_running_text(&lines[at])).unwrap_or(start);
    let mut kept = Vec::new();
    let mut at = start;
    while at < lines.len() {
        let (line, folded) = (&lines[at], labels[at].as_str());
        if is_related(line, folded) {
            at += 1;
            let ends = |at: usize| {
                let about = starts_with_any(&words().about, &labels[at]);
                about || lines[at].is_paragraph() || is_contact_line(&lines[at].text)
            };
            at = (at..lines.len()).find(|&at| ends(at)).unwrap_or(lines.len());
            continue;
        }
        let footer = navigation[at] && at > last && !is_contact_line(&line.text);
        let in_text = is_share(line, folded) || starts_with_any(&words().skip, folded) && line.text.len() <= 80;
        if !(footer || in_text || is_noise(line, folded, at > last)) {
            kept.push(at);
        }
        at += 1;
    }
    kept
}

fn is_related(line: &Line, folded: &str) -> bool {
    let related = &words().related;
    related.contains(folded)
        || line.text.split_once(':').is_some_and(|(before, _)| related.contains(&fold(before)))
            && line.text.len() <= LONGEST_LABEL
}

/// `# # #`, `-- end --`, `Page 1 of 1`.
fn is_noise(line: &Line, folded: &str, trailing: bool) -> bool {
    let numbers_as_zero = || folded.split(' ').map(|w| if w.bytes().all(|b| b.is_ascii_digit()) { "0" } else { w });
    let pattern = || numbers_as_zero().collect::<Vec<_>>().join(" ");
    !line.text.chars().any(char::is_alphanumeric)
        || trailing && line.text.len() < 40 && words().noise.contains(&pattern())
}

/// Whether a line is a share link: nothing but their words (`Facebook Twitter`), or one and a colon.
pub(super) fn is_share(line: &Line, folded: &str) -> bool {
    let share = &words().share;
    share.contains(folded)
        || folded.contains(' ') && folded.split(' ').all(|word| share.contains(word))
        || head_of(share, folded).is_some_and(|head| {
            line.text.split_once(':').is_some_and(|(before, _)| fold(before) == head) && !line.is_paragraph()
        })
}
