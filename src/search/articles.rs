//! Articles before a name, taken off.
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

/// A folded name without the article that it begins with, when it begins with one and something is left.
pub fn without_article(folded: &str) -> Option<&str> {
    let (first, rest) = folded.split_once(' ')?;
    ARTICLES.values().flatten().any(|article| article == first).then_some(rest)
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
    fn articles_are_folded() {
        for article in ARTICLES.values().flatten() {
            assert_eq!(*article, fold(article));
        }
    }
}
