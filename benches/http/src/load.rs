//! Two ways to load a server: as much as so many connections can ask one after the other, or so many requests a second whatever it takes.
//!
//! `closed(port, 8, asks, 500 ms)` → 4,210 requests a second
//! `open(port, 64, asks, 1,000 a second, 1 s)` → how long each took from the moment at which it was due
//!
//! A request of the second way is due by a clock that waits for nobody: what comes late because the server, or all connections, were busy counts
//! as late. Otherwise a server that stands still for a second would be measured on one slow request instead of a thousand.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, mpsc};
use tokio::task::spawn_local;

use crate::Outcome;
use crate::client::{Asks, Connection};

/// How many requests there were in which time.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    /// Answered requests.
    pub requests: usize,
    /// From the first request to the last answer.
    pub took: Duration,
}

impl Done {
    /// Requests a second.
    pub fn rate(self) -> f64 {
        self.requests as f64 / self.took.as_secs_f64().max(1e-9)
    }
}

/// Asks on so many connections, on each again as soon as it has answered, until the time is over; what is under way is waited for.
pub async fn closed(port: u16, connections: usize, asks: &Asks, time: Duration) -> Outcome<Done> {
    let mut opened = Vec::new();
    for _ in 0..connections {
        opened.push(Connection::open(port).await?);
    }
    let (began, next, requests) = (Instant::now(), Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let tasks: Vec<_> = opened
        .into_iter()
        .map(|mut connection| {
            let (next, requests, asks) = (Rc::clone(&next), Rc::clone(&requests), Rc::clone(asks));
            spawn_local(async move {
                while began.elapsed() < time {
                    let number = next.replace(next.get() + 1);
                    connection.again(&asks[number % asks.len()]).await.map_err(|error| error.to_string())?;
                    requests.set(requests.get() + 1);
                }
                Ok::<_, String>(())
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    Ok(Done { requests: requests.get(), took: began.elapsed() })
}

/// Asks so many times a second on whichever connection is free, and gives back how long each request took since it was due, shortest first.
pub async fn open(port: u16, connections: usize, asks: &Asks, rate: f64, time: Duration) -> Outcome<Vec<Duration>> {
    let mut opened = Vec::new();
    for _ in 0..connections {
        opened.push(Connection::open(port).await?);
    }
    let (due, queue) = mpsc::unbounded_channel::<(usize, Instant)>();
    let count = ((rate * time.as_secs_f64()) as usize).max(1);
    // A thread of its own, since it sleeps to some fifty microseconds and the runtime's clock to a millisecond.
    let clock = std::thread::spawn(move || {
        let began = Instant::now();
        for number in 0..count {
            let at = began + Duration::from_secs_f64(number as f64 / rate);
            std::thread::sleep(at.saturating_duration_since(Instant::now()));
            if due.send((number, at)).is_err() {
                break;
            }
        }
    });
    let (queue, took) = (Rc::new(Mutex::new(queue)), Rc::new(RefCell::new(Vec::with_capacity(count))));
    let tasks: Vec<_> = opened
        .into_iter()
        .map(|mut connection| {
            let (queue, took, asks) = (Rc::clone(&queue), Rc::clone(&took), Rc::clone(asks));
            spawn_local(async move {
                loop {
                    let Some((number, at)) = queue.lock().await.recv().await else { return Ok::<_, String>(()) };
                    connection.again(&asks[number % asks.len()]).await.map_err(|error| error.to_string())?;
                    took.borrow_mut().push(at.elapsed());
                }
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    clock.join().map_err(|_| "the clock stopped")?;
    let mut took = took.take();
    took.sort_unstable();
    Ok(took)
}

/// What so many per mille of the times do not exceed; they stand in order.
pub fn quantile(sorted: &[Duration], per_mille: usize) -> Duration {
    let at = (sorted.len() * per_mille).div_ceil(1000).saturating_sub(1);
    sorted.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_hundred_times_the_99th_is_what_99_percent_do_not_exceed() {
        let times: Vec<_> = (1..=100).map(Duration::from_micros).collect();
        assert_eq!(quantile(&times, 500), Duration::from_micros(50));
        assert_eq!(quantile(&times, 990), Duration::from_micros(99));
        assert_eq!(quantile(&times, 999), Duration::from_micros(100));
        assert_eq!(quantile(&[], 500), Duration::ZERO);
    }
}
