//! Names in running text, in layers: what is listed, what is built around a head noun, what its company tells, and then a second
//! pass in which a name proven once is known everywhere in the document.
//!
//! Must not look at another document.

mod acronym;
mod administration;
mod apposition;
mod by_deed;
mod contact;
mod contextual;
mod labelled;
mod listed;
mod national;
mod organization;
mod person;
mod place;
mod shared_head;
mod statistical;

use super::found::Layers;
use super::page::Page;

pub(super) use organization::{NATIONALITY, PAYER};
pub(super) use person::{role_after, role_before};

/// All names of a document.
pub(super) fn find(page: &Page<'_>, done: &mut dyn FnMut(&'static str)) -> Layers {
    let mut layers = Layers::new(page.tokens.tokens.len(), page.trace.is_on());
    listed::organizations(page, &mut layers);
    acronym::announced(page, &mut layers);
    person::by_name(page, &mut layers);
    listed::places(page, &mut layers);
    contact::bodies(page, &mut layers);
    organization::governments(page, &mut layers);
    national::branches(page, &mut layers);
    national::by_last_word(page, &mut layers);
    place::after_heads(page, &mut layers);
    organization::by_head(page, &mut layers);
    acronym::bound(page, &mut layers);
    apposition::by_apposition(page, &mut layers);
    labelled::find(page, &mut layers);
    done("names");
    let tagged = statistical::propose(page, &layers);
    done("tagger");
    statistical::sure(page, &mut layers, &tagged);
    person::by_company(page, &mut layers);
    national::with_country(page, &mut layers);
    place::by_company(page, &mut layers);
    acronym::free(page, &mut layers);
    by_deed::find(page, &mut layers);
    statistical::rest(page, &mut layers, &tagged);
    contextual::second_pass(page, &mut layers);
    national::offices(&mut layers);
    national::offices_behind(page, &mut layers);
    layers
}
