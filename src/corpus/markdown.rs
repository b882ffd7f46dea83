//! Markdown to lines: marks go, the words stay.
//!
//! `# **Titre**` → a heading `Titre`; `[l’OIM](https://iom.int)` → `l’OIM`
//!
//! Only the marks of everyday Markdown are known; what is not understood stays as text. Must not know articles.

use std::sync::LazyLock;

use regex::Regex;

use super::line::{Line, lines_of};

/// What a front matter says: `key: value` lines between two `---`.
pub(super) type FrontMatter<'a> = Vec<(String, &'a str)>;

/// Takes a front matter off the head of a text.
pub(super) fn front_matter(text: &str) -> (FrontMatter<'_>, &str) {
    let Some((head, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) else {
        return (Vec::new(), text);
    };
    let pairs = head.lines().filter_map(|line| line.split_once(':'));
    (pairs.map(|(key, value)| (key.trim().to_lowercase(), value.trim().trim_matches(['"', '\'']))).collect(), body)
}

/// Cuts Markdown into its lines.
pub(super) fn lines_of_markdown(text: &str) -> Vec<Line> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for mut line in lines_of(text) {
        if line.text.starts_with("```") || line.text.starts_with("~~~") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            lines.push(line);
            continue;
        }
        if is_rule(&line.text) {
            // Setext: a line underlined with = or - is a heading. A rule with a blank line above it is only a border.
            if let Some(above) = lines.last_mut().filter(|_: &&mut Line| !line.apart && !line.item) {
                above.heading = if line.text.starts_with('=') { 1 } else { 2 };
                above.block = true;
            }
            continue;
        }
        let rank = line.text.bytes().take_while(|b| *b == b'#').count();
        if (1..=6).contains(&rank) && line.text[rank..].starts_with(' ') {
            line.heading = rank as u8;
            line.block = true;
            line.text = line.text[rank..].trim_end_matches('#').to_string();
        }
        line.text = inline(line.text.trim_start_matches(['>', ' '])).trim().to_string();
        if !line.text.is_empty() {
            lines.push(line);
        }
    }
    lines
}

fn is_rule(text: &str) -> bool {
    text.len() >= 3 && ['=', '-', '*', '_'].iter().any(|mark| text.chars().all(|c| c == *mark))
}

/// Takes links, emphasis and escapes out of a line.
fn inline(text: &str) -> String {
    static RULES: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        [
            (r"!\[[^\]\[]*\]\([^()\s]*(?:\s[^()]*)?\)", ""),
            (r"\[([^\]\[]*)\]\([^()\s]*(?:\s[^()]*)?\)", "$1"),
            (r"<((?:https?://|mailto:)[^<>\s]+)>", "$1"),
            (r"\*\*([^*\s](?:[^*]*[^*\s])?)\*\*", "$1"),
            (r"__([^_\s](?:[^_]*[^_\s])?)__", "$1"),
            (r"\*([^*\s](?:[^*]*[^*\s])?)\*", "$1"),
            (r"(^|[\s(«“])_([^_\s](?:[^_]*[^_\s])?)_($|[\s).,;:»”])", "$1$2$3"),
            (r"`([^`]+)`", "$1"),
        ]
        .map(|(pattern, with)| (Regex::new(pattern).expect("a valid pattern"), with))
        .into()
    });
    let mut text = hide_escaped(text);
    for (pattern, with) in RULES.iter() {
        if let std::borrow::Cow::Owned(new) = pattern.replace_all(&text, *with) {
            text = new;
        }
    }
    text.chars().map(|c| ESCAPED.chars().nth((c as usize).wrapping_sub(HIDDEN)).unwrap_or(c)).collect()
}

/// What a backslash may take its meaning from, and the private characters that stand for it meanwhile.
const ESCAPED: &str = r"\`*_{}[]()#+-.!>";
const HIDDEN: usize = 0xE000;

fn hide_escaped(text: &str) -> String {
    let mut hidden = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let place = chars.peek().filter(|_| c == '\\').and_then(|next| ESCAPED.chars().position(|e| e == *next));
        match place.and_then(|at| char::from_u32((HIDDEN + at) as u32)) {
            Some(private) => {
                chars.next();
                hidden.push(private);
            }
            None => hidden.push(c),
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        let text = "# Un **titre** #\n\nL’[OIM](https://iom.int \"site\") a *dit* : `non`.\n\n- a_b_c\n\n***\n> Citation \\*vraie\\*\n";
        let lines = lines_of_markdown(text);
        let texts: Vec<_> = lines.iter().map(|l| l.text.as_str()).collect();
        assert_eq!(texts, ["Un titre", "L’OIM a dit : non.", "- a_b_c", "Citation *vraie*"]);
        assert_eq!(lines[0].heading, 1);
    }

    #[test]
    fn front_matter_is_taken_off() {
        let (said, body) = front_matter("---\ntitle: \"Un titre\"\ndate: 2015-08-20\n---\nTexte");
        assert_eq!(said, [("title".to_string(), "Un titre"), ("date".to_string(), "2015-08-20")]);
        assert_eq!(body, "Texte");
    }
}
