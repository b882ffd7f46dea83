//! The program as a process of its own: run to its end, served from, told something by a signal, or killed.
//!
//! `run(&["stats", "corpus"])` → status, standard output, standard error; `Served::start(&["corpus"])` → a server on a free port

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::thread::JoinHandle;

use crate::client::Client;

/// The program, without what the environment of the tests may say of logs and traces.
pub(crate) fn maillage(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).env_remove("RUST_LOG").stdin(Stdio::null());
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("OTEL_")) {
        command.env_remove(name);
    }
    command
}

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    told(&maillage(arguments).output().expect("the program runs"))
}

/// The status of a process that has ended, and what it said.
pub(crate) fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// Sends a signal, such as `-INT`, to a process.
#[cfg(unix)]
pub(crate) fn signal(child: &Child, signal: &str) {
    let told = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill");
    assert!(told.success());
}

/// A server on a free port, killed when the test is over.
pub(crate) struct Served {
    pub(crate) child: Child,
    pub(crate) address: String,
    /// What it said before it answered: counts, and where it is.
    pub(crate) greeting: String,
    /// What it says on standard error when that is read, which is all the time: it would wait for a reader otherwise.
    log: Option<JoinHandle<String>>,
    // A pipe that is closed would end it when it says something more.
    _out: BufReader<ChildStdout>,
}

impl Served {
    /// A server that keeps its log to itself.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_as(maillage(&[&["serve", "--quiet", "--port", "0"], arguments].concat()))
    }

    /// A server whose standard error can be read.
    pub(crate) fn start_logged(arguments: &[&str]) -> Self {
        Self::logged(maillage(&[&["serve", "--port", "0"], arguments].concat()))
    }

    /// The same, of a command that serves.
    pub(crate) fn logged(mut command: Command) -> Self {
        command.stderr(Stdio::piped());
        Self::start_as(command)
    }

    fn start_as(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
        let log = child.stderr.take().map(|mut err| {
            std::thread::spawn(move || {
                let mut log = String::new();
                err.read_to_string(&mut log).expect("text");
                log
            })
        });
        let mut out = BufReader::new(child.stdout.take().expect("an output"));
        let mut greeting = String::new();
        while !greeting.contains("GraphQL ") {
            assert_ne!(out.read_line(&mut greeting).expect("a line"), 0, "{greeting}");
        }
        let address = greeting.split("GraphQL   http://").nth(1).and_then(|rest| rest.split('/').next());
        let address = address.expect("an address").to_owned();
        Self { child, address, greeting, log, _out: out }
    }

    /// Sends a request; what has been read of its answer, and the rest.
    pub(crate) fn open(&self, request: &str) -> (String, TcpStream) {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut begun = [0; 12];
        stream.read_exact(&mut begun).expect("it answers");
        (String::from_utf8_lossy(&begun).into_owned(), stream)
    }

    /// Sends a request that closes its connection; the whole answer.
    pub(crate) fn ask(&self, request: &str) -> String {
        let (mut answer, mut stream) = self.open(request);
        stream.read_to_string(&mut answer).expect("it answers");
        answer
    }

    /// The whole answer to a GET.
    pub(crate) fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    /// Sends a signal and waits for the end; its status and its log.
    #[cfg(unix)]
    pub(crate) fn end(mut self, signal: &str) -> (Option<i32>, String) {
        self::signal(&self.child, signal);
        let status = self.child.wait().expect("it ends").code();
        (status, self.log.take().map(|log| log.join().expect("a log")).unwrap_or_default())
    }

    pub(crate) fn client(&self) -> Client {
        Client::connect(&self.address).expect("it listens")
    }

    /// Ends it at once.
    pub(crate) fn kill(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.kill();
    }
}
