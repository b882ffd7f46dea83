//! A server that is measured: started, watched through `/proc`, ended.
//!
//! `Server::start("maillage 8931 maillage serve --data store --port 8931", log)` → it answers after 0.9 s, 236 MB

use std::fs::{File, read_to_string};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use hyper::body::Bytes;

use crate::Outcome;
use crate::client::Connection;

/// What Linux counts processor time in, for every program: a hundredth of a second.
const TICK: Duration = Duration::from_millis(10);
const PATIENCE: Duration = Duration::from_secs(1800);

/// A process of ours that answers on a port. It ends with this value.
pub struct Server {
    /// What it is called in tables.
    pub name: String,
    /// Where it answers.
    pub port: u16,
    /// From its start until its first answer.
    pub opened_in: Duration,
    /// The processor time of that.
    pub opened_with: Duration,
    /// Memory then, in bytes.
    pub opened_bytes: u64,
    process: Child,
}

impl Server {
    /// Starts what is described as name, port and command, and waits for its first answer. What it prints goes to a file.
    pub async fn start(described: &str, log: &Path) -> Outcome<Self> {
        let [name, port, command] = described.splitn(3, ' ').collect::<Vec<_>>()[..] else {
            return Err(format!("not a name, a port and a command: {described}").into());
        };
        let port: u16 = port.parse()?;
        if Connection::open(port).await.is_ok() {
            return Err(format!("something answers on port {port} already: {name} cannot").into());
        }
        let (out, began) = (File::create(log)?, Instant::now());
        let process = Command::new("sh")
            .args(["-c", &format!("exec {command}")])
            .stdin(Stdio::null())
            .stdout(out.try_clone()?)
            .stderr(out)
            .spawn()?;
        let (opened_in, opened_with, opened_bytes) = Default::default();
        let mut server = Self { name: name.to_owned(), port, opened_in, opened_with, opened_bytes, process };
        while !server.answers().await {
            if let Some(status) = server.process.try_wait()? {
                return Err(format!("{name} ended with {status}: see {}", log.display()).into());
            }
            if began.elapsed() > PATIENCE {
                return Err(format!("{name} does not answer after {PATIENCE:?}").into());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server.opened_in = began.elapsed();
        server.opened_with = server.processor_time()?;
        server.opened_bytes = server.memory("VmRSS")?;
        Ok(server)
    }

    async fn answers(&self) -> bool {
        let Ok(mut connection) = Connection::open(self.port).await else { return false };
        let answer = connection.ask(Bytes::from_static(br#"{"query":"{ __typename }"}"#)).await;
        answer.is_ok_and(|(status, _)| status.is_success())
    }

    /// The processor time of the process and its threads since it began.
    pub fn processor_time(&self) -> Outcome<Duration> {
        let stat = read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        let ticks = ticks_of(&stat).ok_or("/proc says nothing of processor time")?;
        Ok(TICK * ticks)
    }

    /// A line of its memory, such as `VmRSS` or `VmHWM`, in bytes.
    pub fn memory(&self, line: &str) -> Outcome<u64> {
        let status = read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|l| l.strip_prefix(line)?.strip_prefix(':')).ok_or("no such line")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It keeps nothing that an orderly end would save.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// User and system time, the 14th and 15th field; the second is the name of the program, which may have spaces, in parentheses.
fn ticks_of(stat: &str) -> Option<u32> {
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
    let (user, system): (u32, u32) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(user + system)
}

/// The processor time of all programs since the machine began, and of this one.
pub fn machine_time() -> Outcome<(Duration, Duration)> {
    let (all, own) = (read_to_string("/proc/stat")?, read_to_string("/proc/self/stat")?);
    let all: Vec<u32> = all.lines().next().unwrap_or_default().split(' ').filter_map(|n| n.parse().ok()).collect();
    // user, nice, system, idle, waiting, interrupts of two sorts, stolen by other machines
    let busy = [0, 1, 2, 5, 6, 7].iter().filter_map(|at| all.get(*at)).sum::<u32>();
    Ok((TICK * busy, TICK * ticks_of(&own).ok_or("/proc says nothing of processor time")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_behind_a_name_with_spaces_and_parentheses() {
        assert_eq!(ticks_of("17 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 25 17 0 0"), Some(42));
    }
}
