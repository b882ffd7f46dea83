//! Amounts of money in running text.
//!
//! `2,5 millions d’euros` → 2500000 EUR; `USD 200,000` → 200000 USD; `two million crowns` → 2000000 SEK

use std::ops::Range;

use super::{TextPack, TokenKind, Tokens};
use crate::model::Span;

/// An amount of money.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// Where.
    pub span: Span,
    /// In units of the currency.
    pub value: f64,
    /// ISO 4217 code.
    pub currency: String,
}

const CODES: &[(&str, &str)] = &[
    ("EUR", "EUR"),
    ("€", "EUR"),
    ("USD", "USD"),
    ("US$", "USD"),
    ("$", "USD"),
    ("GBP", "GBP"),
    ("£", "GBP"),
    ("CHF", "CHF"),
    ("CAD", "CAD"),
    ("JPY", "JPY"),
    ("¥", "JPY"),
    ("SEK", "SEK"),
    ("NOK", "NOK"),
    ("DKK", "DKK"),
    ("AUD", "AUD"),
    ("XOF", "XOF"),
    ("XAF", "XAF"),
    ("KES", "KES"),
    ("NGN", "NGN"),
    ("INR", "INR"),
    ("BDT", "BDT"),
    ("PHP", "PHP"),
    ("ZAR", "ZAR"),
    ("GHS", "GHS"),
    ("UGX", "UGX"),
    ("TZS", "TZS"),
    ("ETB", "ETB"),
    ("MXN", "MXN"),
    ("COP", "COP"),
    ("BRL", "BRL"),
    ("GTQ", "GTQ"),
    ("MAD", "MAD"),
    ("TND", "TND"),
    ("TRY", "TRY"),
    ("CNY", "CNY"),
    ("KRW", "KRW"),
    ("NZD", "NZD"),
    ("PLN", "PLN"),
];

/// The amounts in a range of tokens, in order.
pub fn find_amounts(tokens: &Tokens<'_>, range: Range<usize>, pack: &TextPack) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let written = || pack.number(tokens.word(at)).is_some() && at + 1 < range.end;
        let number = tokens.tokens[at].kind == TokenKind::Number || written();
        if let Some((next, amount)) = number.then(|| read(tokens, at, &range, pack)).flatten() {
            found.push(amount);
            at = next;
            continue;
        }
        at += 1;
    }
    found
}

fn read(tokens: &Tokens<'_>, at: usize, range: &Range<usize>, pack: &TextPack) -> Option<(usize, Amount)> {
    let mut value = pack.number(tokens.word(at)).or_else(|| parse_number(tokens.raw(at)))?;
    let mut next = at + 1;
    while let Some(factor) = (next < range.end).then(|| pack.multiplier(tokens.word(next))).flatten() {
        value *= factor;
        next += 1;
    }
    if let Some(code) = at.checked_sub(1).filter(|i| *i >= range.start).and_then(|i| code(tokens.raw(i))) {
        let span = tokens.span(&(at - 1..next));
        return Some((next, Amount { span, value, currency: code.to_owned() }));
    }
    if next < range.end && pack.is_date_word(tokens.word(next)) {
        next += 1;
    }
    let named = (1..=4).rev().filter(|n| next + n <= range.end).find_map(|n| {
        let name = tokens.words(next..next + n);
        pack.currency(&name).map(|currency| (next + n, currency))
    });
    // The article of *a EUR 3 million grant* is no number.
    let counted = tokens.tokens[at].kind == TokenKind::Number || next > at + 1;
    let sign = || Some((next + 1, code(tokens.raw(next)).filter(|_| next < range.end && counted)?));
    let (end, currency) = named.or_else(sign)?;
    Some((end, Amount { span: tokens.span(&(at..end)), value, currency: currency.to_owned() }))
}

fn code(raw: &str) -> Option<&'static str> {
    CODES.iter().find(|(sign, _)| *sign == raw).map(|(_, code)| *code)
}

/// Reads `2,5`, `120 000`, `1,500,000`, `2.500`: a group of exactly three digits after a separator counts as thousands.
fn parse_number(raw: &str) -> Option<f64> {
    let compact: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
    let groups: Vec<&str> = compact.split(['.', ',']).collect();
    let thousands =
        groups.len() > 1 && groups[0].len() <= 3 && groups[0] != "0" && groups[1..].iter().all(|g| g.len() == 3);
    let plain = if thousands { groups.concat() } else { compact.replace(',', ".") };
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Section, SectionKind};

    fn check(language: &str, text: &str, expected: &[(f64, &str)]) {
        let pack = TextPack::of(language);
        let sections = [Section { kind: SectionKind::Body, span: Span::new(0, text.len()) }];
        let tokens = Tokens::new(text, &sections, pack);
        let found = find_amounts(&tokens, 0..tokens.tokens.len(), pack);
        let found: Vec<_> = found.iter().map(|a| (a.value, a.currency.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn amounts_in_three_languages() {
        check(
            "fr",
            "2,5 millions d’euros et 750 000 euros, soit 3,4 millions de dollars",
            &[(2.5e6, "EUR"), (750_000.0, "EUR"), (3.4e6, "USD")],
        );
        check("en", "a EUR 3.2 million grant, USD 200,000 and 1,500 people", &[(3.2e6, "EUR"), (200_000.0, "USD")]);
        check("es", "25 millones de dólares y 5.600 personas", &[(25e6, "USD")]);
        check("en", "two million euros over three years for two schools", &[(2e6, "EUR")]);
        check("es", "dos millones de quetzales", &[(2e6, "GTQ")]);
    }
}
