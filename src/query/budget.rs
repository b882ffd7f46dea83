//! How much work the conditions of one request may make, so that a small filter over entities with many relations stays small.
//!
//! `relations: { some: { entity: { relations: { some: … } } } }` six levels deep over hubs → refused after two million steps
//!
//! What was spent stays spent until the request ends. Time is not measured: the same question costs the same on every machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Refusal;

/// How many steps the conditions and orders of one request may take. A step is a relation followed, a filter tried inside another
/// one, eight documents or statements looked at, or a hundred bytes of text read.
pub const FILTER_STEPS_MAX: usize = 2_000_000;

/// How many steps the conditions of one heavy question may take, which has a place and a time of its own.
pub const HEAVY_STEPS_MAX: usize = 20_000_000;

/// Documents or statements that are looked at for one step.
const LOOKED_AT: usize = 8;
/// Bytes of text that are read for one step.
const BYTES_READ: usize = 100;

/// What the conditions of one request may still cost. Copies share it.
#[derive(Clone, Debug)]
pub struct Budget {
    spent: Arc<AtomicUsize>,
    most: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self::of(FILTER_STEPS_MAX)
    }
}

impl Budget {
    /// A budget of so many steps.
    pub fn of(steps: usize) -> Self {
        Self { spent: Arc::default(), most: steps }
    }

    /// How many steps were taken.
    pub fn spent(&self) -> usize {
        self.spent.load(Ordering::Relaxed)
    }

    /// Refuses when more was spent than there is: what was found until then means nothing.
    ///
    /// # Errors
    /// The budget is spent.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.spent() <= self.most {
            return Ok(());
        }
        let message = format!(
            "the conditions of this request take more than {} steps over relations, but no more are allowed; \
             begin from few entities (id, name.eq, document), give kind in relations, ask without totalCount, \
             or ask in several requests",
            self.most
        );
        Err(Refusal::new(super::Code::LimitExceeded, message))
    }

    /// Spends steps; false when there are no more.
    pub(super) fn take(&self, steps: usize) -> bool {
        let spent = self.spent();
        // Nothing is counted behind the end.
        if spent > self.most {
            return false;
        }
        // A request is answered by one task, so that nobody else counts between; what would make sure of that costs more than most steps.
        self.spent.store(spent.saturating_add(steps), Ordering::Relaxed);
        spent.saturating_add(steps) <= self.most
    }

    /// Spends what looking at documents or statements costs.
    pub(super) fn look(&self, count: usize) -> bool {
        self.take(count / LOOKED_AT)
    }

    /// Spends what reading a text costs.
    pub(super) fn read(&self, bytes: usize) -> bool {
        self.take(bytes / BYTES_READ)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spent_is_spent() {
        let budget = Budget::of(3);
        assert!(budget.clone().take(2) && budget.take(1) && budget.check().is_ok(), "copies share it");
        assert!(!budget.take(1) && !budget.take(0), "also when nothing more is taken");
        let refusal = budget.check().expect_err("it is spent");
        assert!(refusal.message.contains("more than 3 steps"), "{refusal}");
        assert_eq!(budget.spent(), 4, "nothing is counted behind the end");
    }
}
