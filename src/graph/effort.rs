//! What one question may cost: steps, time, and whether anybody still waits for the answer.
//!
//! `let mut effort = Effort::of(2); effort.step(), effort.step(), effort.step()` → true, true, false; then `explored()` is 2
//!
//! Steps are counted where work is done, so that an answer cut by them is the same on every machine. The deadline protects the
//! machine; an answer cut by it may differ. Once an effort is over it stays over.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// How many steps lie between two looks at the clock.
const STEPS_A_LOOK: usize = 256;

/// Why an effort is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exhausted {
    /// It has taken all its steps.
    Steps,
    /// Its time is up, or nobody waits for the answer any more.
    Time,
}

/// The effort that one question may take, and how much of it is spent.
#[derive(Clone, Debug)]
pub struct Effort {
    most: usize,
    explored: usize,
    next_look: usize,
    deadline: Option<Instant>,
    dropped: Option<Arc<AtomicBool>>,
    over: Option<Exhausted>,
    conditions: usize,
}

impl Effort {
    /// So many steps, however long they take.
    pub fn of(most: usize) -> Self {
        Self { most, explored: 0, next_look: 0, deadline: None, dropped: None, over: None, conditions: usize::MAX }
    }

    /// The same, but no longer than until then.
    #[must_use]
    pub fn until(mut self, deadline: Instant) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The same, but no longer than until this flag is set.
    #[must_use]
    pub fn unless(mut self, dropped: Arc<AtomicBool>) -> Self {
        self.dropped = Some(dropped);
        self
    }

    /// The same, but trying the conditions of the question may take no more than so many steps of its own.
    #[must_use]
    pub fn with_conditions(mut self, steps: usize) -> Self {
        self.conditions = steps;
        self
    }

    /// How many steps of its own it may take to try the conditions of the question.
    pub fn conditions(&self) -> usize {
        self.conditions
    }

    /// Takes so many steps at most from now on, whatever more was allowed.
    pub fn limit(&mut self, steps: usize) {
        self.most = self.most.min(self.explored.saturating_add(steps));
    }

    /// Counts one step; `false` when it may not be taken.
    pub fn step(&mut self) -> bool {
        self.steps(1)
    }

    /// Counts several steps that are taken at once; `false` when they may not be taken.
    pub fn steps(&mut self, count: usize) -> bool {
        if self.over.is_none() {
            if self.most - self.explored < count {
                self.over = Some(Exhausted::Steps);
            } else if self.explored >= self.next_look {
                self.next_look = self.explored + STEPS_A_LOOK;
                self.over = self.is_late().then_some(Exhausted::Time);
            }
        }
        if self.over.is_none() {
            self.explored += count;
        }
        self.over.is_none()
    }

    fn is_late(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
            || self.dropped.as_ref().is_some_and(|dropped| dropped.load(Ordering::Relaxed))
    }

    /// How many steps may still be taken.
    pub fn left(&self) -> usize {
        if self.over.is_some() { 0 } else { self.most - self.explored }
    }

    /// How many steps were taken.
    pub fn explored(&self) -> usize {
        self.explored
    }

    /// Why no more steps are taken, when that is so.
    pub fn over(&self) -> Option<Exhausted> {
        self.over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_effort_that_is_over_stays_over() {
        let mut effort = Effort::of(3);
        assert!(effort.steps(2));
        assert!(!effort.steps(2), "two more are too many");
        assert!(!effort.step(), "though one would have fitted");
        assert_eq!((effort.explored(), effort.over()), (2, Some(Exhausted::Steps)));
    }

    #[test]
    fn time_and_whoever_goes_away_end_it() {
        let mut late = Effort::of(10).until(Instant::now());
        assert!(!late.step());
        assert_eq!((late.explored(), late.over()), (0, Some(Exhausted::Time)));
        let flag = Arc::new(AtomicBool::new(false));
        let mut left = Effort::of(10_000).unless(Arc::clone(&flag));
        assert!(left.step());
        flag.store(true, Ordering::Relaxed);
        assert_eq!((0..1_000).filter(|_| left.step()).count(), STEPS_A_LOOK - 1, "noticed at the next look");
        assert_eq!(left.over(), Some(Exhausted::Time));
    }
}
