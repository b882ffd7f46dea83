//! A PostgreSQL server of the tests' own, on a Unix socket in a temporary folder, which ends with the process that started it.
//!
//! `postgres::database()` → an empty place for a store, or nothing where there is no PostgreSQL, which is said once
//!
//! Shared with `benches/replicas.rs`.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// A server on a Unix socket.
pub(crate) struct Server {
    /// The folder of everything.
    folder: PathBuf,
    /// Where `postgres` and its tools lie.
    programs: PathBuf,
    /// Ends the server when its standard input is closed, however this process ends.
    keeper: Child,
    port: u16,
}

/// Where PostgreSQL's programs are: in the path, or where Debian puts them.
fn programs() -> Option<PathBuf> {
    let in_path =
        std::env::var_os("PATH").into_iter().flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let debian =
        std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    // What is in the path may be links to a part of the programs; a folder with all of them is needed.
    let mut folders: Vec<PathBuf> = debian.chain(in_path).collect();
    folders.retain(|folder| ["postgres", "initdb", "psql"].iter().all(|name| folder.join(name).exists()));
    folders.into_iter().next()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|said| said.stdout.trim_ascii() == b"0")
}

/// A command, as a user whom `postgres` does not refuse.
fn as_user(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"]).arg(program);
    command
}

impl Server {
    /// Starts a server with these settings; nothing where there is no PostgreSQL.
    pub(crate) fn start(settings: &[&str]) -> Option<Self> {
        Self::start_with(5432, settings, &[])
    }

    /// Starts a server that takes encrypted connections at a port of this machine, with this key and certificate.
    pub(crate) fn start_encrypted(port: u16, key: &Path, certificate: &Path) -> Option<Self> {
        let settings =
            ["listen_addresses=127.0.0.1", "ssl=on", "ssl_key_file=key.pem", "ssl_cert_file=certificate.pem"];
        Self::start_with(port, &settings, &[(key, "key.pem"), (certificate, "certificate.pem")])
    }

    /// The files are put among its data, for nobody else to read.
    fn start_with(port: u16, settings: &[&str], files: &[(&Path, &str)]) -> Option<Self> {
        let programs = programs()?;
        let folder = tempfile::tempdir().expect("a folder").keep();
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o777)).expect("a folder for all");
        let data = folder.join("data");
        let made = as_user(&programs.join("initdb"))
            .args(["--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", "--username=maillage", "-D"])
            .arg(&data)
            .output()
            .expect("initdb runs");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        for (from, name) in files {
            let bytes = std::fs::read(from).expect("a file");
            let mut put = as_user(Path::new("sh"))
                .args(["-c", "umask 077; cat > \"$0\""])
                .arg(data.join(name))
                .stdin(Stdio::piped())
                .spawn()
                .expect("a shell");
            put.stdin.take().expect("an input").write_all(&bytes).expect("it reads");
            assert!(put.wait().expect("it ends").success());
        }
        let keeper = Self::keep(&programs, &folder, port, settings);
        let server = Self { folder, programs, keeper, port };
        server.wait();
        Some(server)
    }

    fn keep(programs: &Path, folder: &Path, port: u16, settings: &[&str]) -> Child {
        let script = r#"
            trap '' INT TERM
            "$@" > "$MAILLAGE_FOLDER/log" 2>&1 & server=$!
            read -r _
            kill -QUIT $server; wait $server
            rm -rf "$MAILLAGE_FOLDER""#;
        let mut command = as_user(Path::new("sh"));
        command.args(["-c", script, "sh"]).arg(programs.join("postgres")).arg("-D").arg(folder.join("data"));
        command.arg("-k").arg(folder).args([
            "-p",
            &port.to_string(),
            "-c",
            "listen_addresses=",
            "-c",
            "max_connections=200",
        ]);
        settings.iter().for_each(|setting| {
            command.args(["-c", setting]);
        });
        command.env("MAILLAGE_FOLDER", folder).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("a shell")
    }

    fn wait(&self) {
        let until = Instant::now() + Duration::from_secs(60);
        while self.sql("SELECT 1").is_err() {
            let log = || std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(Instant::now() < until, "the server does not answer: {}", log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Asks a database with PostgreSQL's own client; what it answers, a row a line.
    pub(crate) fn sql(&self, sql: &str) -> Result<String, String> {
        let said = Command::new(self.programs.join("psql"))
            .args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-U", "maillage", "-p", &self.port.to_string(), "-d", "postgres"])
            .arg("-h")
            .arg(&self.folder)
            .args(["-c", sql])
            .output()
            .expect("psql runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if said.status.success() { Ok(text(&said.stdout)) } else { Err(text(&said.stderr)) }
    }

    /// A new, empty place for a store: a schema of its own.
    pub(crate) fn database(&self) -> Database {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let schema = format!("store_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        self.sql(&format!("CREATE SCHEMA {schema}")).expect("a schema");
        let place = format!("host={}&port={}", self.folder.display(), self.port);
        Database { address: format!("postgres://maillage@/postgres?{place}&options=-csearch_path%3D{schema}"), schema }
    }
}

/// A place for a store on a server.
pub(crate) struct Database {
    pub(crate) address: String,
    pub(crate) schema: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// The server that all tests of this process share. It forgets what it was told when the power fails, which no test here does.
fn shared() -> Option<&'static Mutex<Server>> {
    static SHARED: OnceLock<Option<Mutex<Server>>> = OnceLock::new();
    let start = || match Server::start(&["fsync=off", "synchronous_commit=off", "full_page_writes=off"]) {
        Some(server) => Some(Mutex::new(server)),
        None => {
            // Not by a macro: what a test that passes says through those is shown to nobody.
            let _ = std::io::stderr()
                .write_all(b"\n== stores on PostgreSQL are not tested: there is no postgres, initdb and psql here\n");
            None
        }
    };
    SHARED.get_or_init(start).as_ref()
}

/// A new, empty place for a store; nothing where there is no PostgreSQL.
pub(crate) fn database() -> Option<Database> {
    shared().map(|server| server.lock().unwrap_or_else(PoisonError::into_inner).database())
}

/// Asks the shared server, as somebody with another tool would.
pub(crate) fn sql(database: &Database, sql: &str) -> String {
    let server = shared().expect("a server").lock().unwrap_or_else(PoisonError::into_inner);
    server.sql(&format!("SET search_path = {}; {sql}", database.schema)).expect("an answer")
}
