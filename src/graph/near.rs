//! Brings what is about to be told of many things near, so that memory is waited for once for all of them and not once for each.
//!
//! `graph.bring_entities(page)`, then a hundred names are written → a fifth less time for a page, and the same bytes
//!
//! In a large graph what an answer tells lies all over memory. A loop that only looks at the first byte of each thing lets the processor have many of
//! these looks under way at the same time; writing the answer then finds them at hand. Nothing is found out here: what nobody will tell must not be
//! brought, since a kept graph would read it from its file.

use std::hint::black_box;

use super::{EntityRow, Graph, RelationRow};

impl Graph {
    /// Looks at the ids and names of some entities.
    pub fn bring_entities(&self, rows: impl Iterator<Item = EntityRow>) {
        let look = |row: EntityRow| {
            let entity = self.entity(row);
            first(entity.id.as_str()).wrapping_add(first(&entity.name))
        };
        black_box(rows.map(look).fold(0, u8::wrapping_add));
    }

    /// Looks at the ids of some relations.
    pub fn bring_relations(&self, rows: impl Iterator<Item = RelationRow>) {
        let look = |row: RelationRow| first(self.relation(row).id.as_str());
        black_box(rows.map(look).fold(0, u8::wrapping_add));
    }
}

fn first(text: &str) -> u8 {
    text.as_bytes().first().copied().unwrap_or_default()
}
