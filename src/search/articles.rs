//! Articles before a name, taken off; and the small words that sentences need not have.
//!
//! `without_article("l oim")` → `Some("oim")`; `without_article("oim")` → `None`
//!
//! The articles are data. Whoever looks for a name tries it as written first: *El Salvador* keeps its article.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static ARTICLES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    // Loaded from inside the program: a test reads it, so what fails here fails there first.
    toml::from_str(include_str!("articles.toml")).expect("articles.toml lists words by language")
});

static SMALL_WORDS: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    toml::from_str(include_str!("small_words.toml")).expect("small_words.toml lists words by language")
});

/// A folded name without the article that it begins with, when it begins with one and something is left.
pub fn without_article(folded: &str) -> Option<&str> {
    let (first, rest) = folded.split_once(' ')?;
    is_article(first).then_some(rest)
}

fn is_article(word: &str) -> bool {
    ARTICLES.values().flatten().any(|article| article == word)
}

/// Whether a folded word says nothing of what somebody looks for: an article, or a word like *de*.
pub(super) fn is_small(word: &str) -> bool {
    is_article(word) || SMALL_WORDS.values().flatten().any(|small| small == word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fold;

    #[test]
    fn one_article_is_taken_off_and_never_the_whole_name() {
        assert_eq!(without_article(&fold("L’OIM")), Some("oim"));
        assert_eq!(without_article(&fold("Los Estados Unidos")), Some("estados unidos"));
        assert_eq!(without_article("las"), None);
        assert_eq!(without_article("lesotho national"), None);
    }

    #[test]
    fn articles_and_small_words_are_folded() {
        for word in ARTICLES.values().chain(SMALL_WORDS.values()).flatten() {
            assert_eq!(*word, fold(word));
        }
        assert!(is_small("les") && is_small("of") && !is_small("oim"));
    }
}
