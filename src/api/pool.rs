//! Where heavy questions are answered: off the threads that serve requests, so many at a time, and no longer than somebody waits.
//!
//! `heavy(ctx, |snapshot, effort| paths(snapshot, &question, effort)).await` → the answer, or LIMIT_EXCEEDED *too many heavy questions at once*
//!
//! As many run as there are places, one of each request; so many more wait, the rest is refused. A question whose request is dropped ends at its next look
//! at the clock, and gives its place back only then. Must not know what is asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use async_graphql::Context;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::query::{Code, Effort, Refusal};
use crate::snapshot::Snapshot;

use super::Limits;
use super::view::View;

/// How many steps a small question takes at most, and how long: about as much as other requests take that are answered on the spot.
const SMALL_STEPS: usize = 16_384;
const SMALL_TIME: Duration = Duration::from_micros(250);

/// The places for heavy questions.
#[derive(Debug)]
pub(super) struct Pool {
    limits: Limits,
    /// Those that run.
    places: Arc<Semaphore>,
    /// Those that somebody waits for.
    admitted: Semaphore,
    /// Exports that are written. They last as long as somebody reads, so they have places of their own.
    exports: Arc<Semaphore>,
}

impl Pool {
    pub(super) fn new(limits: &Limits) -> Self {
        let running = limits.heavy_at_once;
        Self {
            limits: limits.clone(),
            places: Arc::new(Semaphore::new(running)),
            admitted: Semaphore::new(running + limits.heavy_waiting),
            exports: Arc::new(Semaphore::new(limits.exports_at_once)),
        }
    }

    /// Answers a question on a thread that may take its time.
    ///
    /// # Errors
    /// What the question is refused for; too many questions at once.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Effort) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        if self.limits.heavy_at_once == 0 {
            return Err(Refusal::new(Code::Forbidden, "this server answers no heavy questions; ask for less at once"));
        }
        // Held as long as somebody waits; the place as long as a thread works.
        let Ok(_admitted) = self.admitted.try_acquire() else { return Err(self.full()) };
        let Ok(place) = Arc::clone(&self.places).acquire_owned().await else { return Err(self.full()) };
        let waits = Waits(Arc::new(AtomicBool::new(false)));
        let deadline = Instant::now() + self.limits.heavy_time;
        let mut effort = Effort::of(self.limits.heavy_steps).until(deadline).unless(Arc::clone(&waits.0));
        let work = tokio::task::spawn_blocking(move || {
            let answer = ask(&mut effort);
            drop(place);
            answer
        });
        match work.await {
            Ok(answer) => answer,
            Err(failed) => match failed.try_into_panic() {
                // To the layer that answers panics.
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(Refusal::new(Code::LimitExceeded, "the server is ending; ask another one")),
            },
        }
    }

    /// Answers a question on the spot, when it turns out to be small: handing it to another thread and back costs as much as a light question. None
    /// when it is not small, or is refused; nothing of what was found then counts.
    pub(super) fn at_once<T>(&self, ask: impl FnOnce(&mut Effort) -> Result<T, Refusal>) -> Option<T> {
        if self.limits.heavy_at_once == 0 {
            return None;
        }
        let deadline = Instant::now() + self.limits.heavy_time.min(SMALL_TIME);
        let steps = self.limits.heavy_steps.min(SMALL_STEPS);
        let mut effort = Effort::of(steps).until(deadline).with_conditions(SMALL_STEPS);
        let answer = ask(&mut effort).ok()?;
        effort.over().is_none().then_some(answer)
    }

    /// A place for an export.
    ///
    /// # Errors
    /// There are too many.
    pub(super) fn export(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.exports).try_acquire_owned().map_err(|_| {
            let message =
                format!("too many exports at once: {} are written; ask again in a moment", self.limits.exports_at_once);
            Refusal::new(Code::LimitExceeded, message)
        })
    }

    fn full(&self) -> Refusal {
        let message = format!(
            "too many heavy questions at once: {} are answered and {} wait; ask again in a moment",
            self.limits.heavy_at_once, self.limits.heavy_waiting
        );
        Refusal::new(Code::LimitExceeded, message)
    }
}

/// Says that nobody waits any more when it is dropped.
struct Waits(Arc<AtomicBool>);

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Answers a question on what a request sees.
///
/// # Errors
/// What the question is refused for; too many questions at once.
pub(super) async fn heavy<T: Send + 'static>(
    ctx: &Context<'_>,
    ask: impl FnOnce(&Snapshot, &mut Effort) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let view = Arc::clone(ctx.data_unchecked::<Arc<View>>());
    let request = Arc::clone(&view);
    let _turn = request.turn().await;
    ctx.data_unchecked::<Pool>().run(move |effort| ask(view.latest(), effort)).await
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn pool() -> Arc<Pool> {
        Arc::new(Pool::new(&Limits { heavy_at_once: 1, heavy_waiting: 1, ..Limits::default() }))
    }

    #[tokio::test]
    async fn what_has_no_place_waits_and_what_cannot_wait_is_refused() {
        let pool = pool();
        let (release, released) = mpsc::channel::<()>();
        let (began, begun) = tokio::sync::oneshot::channel();
        let running = {
            let pool = Arc::clone(&pool);
            let ask = move |_: &mut Effort| {
                began.send(()).expect("somebody listens");
                Ok(released.recv().is_ok())
            };
            tokio::spawn(async move { pool.run(ask).await })
        };
        begun.await.expect("it begins");
        let waiting = pool.run(|effort| Ok(effort.step()));
        tokio::pin!(waiting);
        tokio::select! {
            biased;
            _ = &mut waiting => panic!("there is no place"),
            () = std::future::ready(()) => {}
        }
        let refused = pool.run(|_| Ok(())).await.expect_err("no room to wait");
        assert_eq!(refused.code, Code::LimitExceeded);
        assert!(refused.message.contains("1 are answered and 1 wait"), "{refused}");
        release.send(()).expect("it waits for this");
        assert_eq!(running.await.expect("no panic"), Ok(true));
        assert_eq!(waiting.await, Ok(true));
        assert_eq!(pool.run(|_| Ok(7)).await, Ok(7), "there is room again");
    }

    #[test]
    fn what_is_small_is_answered_on_the_spot_and_nothing_else() {
        let pool = pool();
        // A machine that is busy may take the time away before the first step.
        assert!((0..100).any(|_| pool.at_once(|effort| Ok(effort.steps(SMALL_STEPS))) == Some(true)));
        assert_eq!(pool.at_once(|effort| Ok(effort.steps(SMALL_STEPS + 1))), None);
        assert_eq!(pool.at_once(|_| Err::<(), _>(Refusal::bad_input("no"))), None);
        let late = |effort: &mut Effort| {
            std::thread::sleep(SMALL_TIME);
            Ok(effort.step())
        };
        assert_eq!(pool.at_once(late), None);
        for limits in [Limits { heavy_at_once: 0, ..Limits::default() }, Limits { heavy_steps: 2, ..Limits::default() }]
        {
            assert_eq!(Pool::new(&limits).at_once(|effort| Ok(effort.steps(3))), None);
        }
    }

    #[tokio::test]
    async fn a_question_that_nobody_waits_for_ends() {
        let pool = pool();
        let (began, begun) = tokio::sync::oneshot::channel();
        let task = {
            let pool = Arc::clone(&pool);
            let ask = move |effort: &mut Effort| {
                began.send(()).expect("somebody listens");
                // Its steps and its time would last much longer than the test.
                while effort.steps(0) {
                    effort.step();
                    std::thread::yield_now();
                }
                Ok(())
            };
            tokio::spawn(async move { pool.run(ask).await })
        };
        begun.await.expect("it begins");
        task.abort();
        assert!(task.await.is_err(), "aborted");
        // Its place comes back.
        assert_eq!(pool.run(|_| Ok(1)).await, Ok(1));
    }

    #[tokio::test]
    async fn a_panic_comes_through_and_gives_the_place_back() {
        let pool = pool();
        let failing = {
            let pool = Arc::clone(&pool);
            tokio::spawn(async move { pool.run::<()>(|_| panic!("on purpose")).await })
        };
        assert!(failing.await.expect_err("it panics").is_panic());
        assert_eq!(pool.run(|_| Ok(1)).await, Ok(1));
    }
}
