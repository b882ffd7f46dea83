//! Bodies told by the noun that stands beside their name.
//!
//! ***Blue Dragon**, ONG basée à Hanoï* · *chez **Damnok Toek*** · ***Milcopal**, the pastoralists' cooperative* · *deux organisations : **Insan** et …*
//!
//! Near miss: *Ana Lund, the **charity**'s founder* (a post), *Salaga, **ville** du nord* (a place).

use crate::extract::found::{Found, Layers, Reference};
use crate::extract::noun_phrase::capital_run;
use crate::extract::page::Page;
use crate::model::EntityKind;

/// ***Blue Dragon**, ONG basée à Hanoï*, *chez **Damnok Toek***: what stands behind or before a name tells that it is a body's.
pub(super) fn by_apposition(page: &Page<'_>, layers: &mut Layers) {
    let names = &page.pack.names;
    for at in 0..page.tokens.tokens.len() {
        let begins = page.is_capital(at) && (at == 0 || !page.is_capital(at - 1)) && layers.at(at).is_none();
        if !begins || page.is_function_word(at) || page.in_capitals(at) {
            continue;
        }
        let run = capital_run(page, at, &names.organization_particles);
        let end = page.sentence(at).end;
        let given = page.lexicon.is_first_name(page.tokens.word(at))
            || page.is(&names.titles, at)
            || page.is_exactly(&page.pack.verbs.adverbs, at)
            || page.is(&names.not_places, at);
        let listed = page.listed.iter().any(|(range, _)| range.start == at);
        if run.is_empty() || given || listed || !layers.is_free(&run) {
            continue;
        }
        let told = page.is_raw(run.end, ",")
            && match names.heads_last {
                true => said_to_be_body(page, run.end),
                false => page.phrase(&names.told_by, past_article(page, run.end + 1), end).is_some_and(|_| {
                    let noun = past_article(page, run.end + 1);
                    page.is_lower(noun) || page.tokens.tokens[noun].acronym
                }),
            };
        let at_theirs = at > page.sentence(at).start
            && page.is_exactly(&page.pack.relations.at_theirs, at - 1)
            && !page.lexicon.may_be_first_name(page.tokens.word(at));
        if told || at_theirs || announced(page, at) {
            layers.add(Found::new(run, EntityKind::Organization, Reference::Name, "organization/apposition"));
        }
    }
}

fn past_article(page: &Page<'_>, at: usize) -> usize {
    at + usize::from(page.is_exactly(&page.pack.names.indefinite, at))
}

/// *Milcopal, **the pastoralists' cooperative** at Kachia*, *Biladi, **a Beirut-based NGO***: where heads stand last, the last noun of an apposition
/// is a body's. Near miss: *Ana Lund, the **charity**'s founder*, *Ana Lund, a **charity** worker*.
fn said_to_be_body(page: &Page<'_>, comma: usize) -> bool {
    const LONGEST: usize = 6;
    let names = &page.pack.names;
    let end = page.sentence(comma.saturating_sub(1)).end;
    let own = |at: usize| page.is_lower(at) && !page.is_function_word(at) && !page.is(&page.pack.relations.oblique, at);
    let joint = |at: usize| matches!(page.tokens.raw(at), "’" | "'" | "-");
    let goes_on = |next: usize| joint(next) || page.is_capital(next) || own(next) && page.verb_forms(next).is_empty();
    let last = |next: usize| next >= end || !goes_on(next);
    let article = |at: usize| page.is_exactly(&names.definite, at) || page.is_exactly(&names.indefinite, at);
    let from = comma + 1 + usize::from(comma + 1 < end && article(comma + 1));
    for noun in from..end.min(from + LONGEST) {
        let plain = page.is_lower(noun) || page.tokens.tokens[noun].acronym;
        let head = page.phrase(&names.told_by, noun, end).filter(|_| plain);
        if head.is_some_and(|length| last(noun + length)) {
            return true;
        }
        if !(page.is_capital(noun) || own(noun) || joint(noun)) {
            return false;
        }
    }
    false
}

/// *deux organisations locales : **Insan-Leilek** et …*: a counted noun before a colon says what follows.
fn announced(page: &Page<'_>, at: usize) -> bool {
    let from = page.sentence(at).start;
    let Some(colon) = at.checked_sub(1).filter(|&c| c > from && page.is_raw(c, ":")) else { return false };
    let mut noun = colon - 1;
    while noun > from && page.is_lower(noun) && page.is_adjective(noun) {
        noun -= 1;
    }
    let names = &page.pack.names;
    noun > from && page.is(&names.announcing, noun) && page.is_exactly(&names.plural, noun - 1)
}
