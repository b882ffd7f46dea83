//! Where a store on PostgreSQL is, and how to get there: an address with a secret in it that is never shown.
//!
//! `postgres://ana:secret@db.example/press?sslrootcert=ca.pem` → shown as `postgres://ana@db.example:5432/press`
//!
//! Nothing is sent unencrypted to another machine unless the address says so (`sslmode=disable`), and an encrypted connection is one
//! to the server that the address names: its certificate is verified.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use postgres::Config;
use postgres::config::{Host, SslMode};

use crate::error::{Error, Result};

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(3);
/// How long a peer may be silent before the connection counts as cut: what was sent is not acknowledged, or signs of life are not.
const SILENCE: Duration = Duration::from_secs(6);
/// When signs of life are first asked for, and how often then.
const SIGNS_OF_LIFE: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(1));

/// Where a store on PostgreSQL is.
#[derive(Clone)]
pub struct StoreAddress {
    config: Config,
    shown: String,
    encrypted: bool,
    roots: Option<PathBuf>,
}

impl fmt::Display for StoreAddress {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoreAddress({})", self.shown)
    }
}

impl StoreAddress {
    /// Reads an address, `postgres://USER@HOST:PORT/DATABASE` with the parameters of PostgreSQL's clients. `password` is taken where the
    /// address has none.
    ///
    /// # Errors
    /// It is no such address, has no host, or asks for an encryption that cannot be relied on. No error repeats a part of it that
    /// may be secret.
    pub fn parse(address: &str, password: Option<&str>) -> Result<Self> {
        let refuse = |reason: &str| Error::StoreAddress(reason.to_owned());
        if !["postgres://", "postgresql://"].iter().any(|scheme| address.starts_with(scheme)) {
            return Err(refuse("it does not begin with postgres://"));
        }
        let (place, parameters) = address.split_once('?').unwrap_or((address, ""));
        let (mut mode, mut roots, mut others) = (None, None, Vec::new());
        for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
            match parameter.split_once('=') {
                Some(("sslmode", given)) => mode = Some(given),
                Some(("sslrootcert", _)) => roots = value(parameter).map(PathBuf::from),
                _ => others.push(parameter),
            }
        }
        // What the parser says may repeat what it could not read.
        let mut config = Config::from_str(&format!("{place}?{}", others.join("&"))).map_err(|_| {
            refuse("it has parts or parameters that are not known; in names and passwords, signs such as @ : / ? are written %40 %3A %2F %3F")
        })?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err(refuse("it names no host; a folder with a Unix socket is given as ?host=/var/run/postgresql"));
        }
        let encrypted = match mode {
            None => !is_near(&config),
            Some("disable") => false,
            Some("require" | "verify-full") => true,
            Some("allow" | "prefer" | "verify-ca") => {
                return Err(refuse(
                    "with this sslmode a connection may go to anybody, or be readable by anybody: say sslmode=verify-full, or disable",
                ));
            }
            Some(_) => return Err(refuse("sslmode is verify-full, require or disable")),
        };
        if let Some(password) = password.filter(|_| config.get_password().is_none()) {
            config.password(password);
        }
        settle(&mut config, encrypted);
        Ok(Self { shown: shown(&config), config, encrypted, roots })
    }

    /// What connections are made with.
    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    /// Whether connections are encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// The file of certificates by which the server's is verified; those of the system when absent.
    pub(super) fn roots(&self) -> Option<&Path> {
        self.roots.as_deref()
    }

    /// The address as errors have it.
    pub(super) fn place(&self) -> PathBuf {
        PathBuf::from(&self.shown)
    }
}

/// The decoded value of one parameter.
fn value(parameter: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(parameter).ok()?;
    pairs.into_iter().next().map(|(_, value)| value)
}

/// Whether nothing leaves this machine.
fn is_near(config: &Config) -> bool {
    let near = |host: &Host| match host {
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    };
    config.get_hosts().iter().all(near) && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

/// What the address leaves open: a cut network must show within seconds, not hours.
fn settle(config: &mut Config, encrypted: bool) {
    config.ssl_mode(if encrypted { SslMode::Require } else { SslMode::Disable });
    if config.get_application_name().is_none() {
        config.application_name("maillage");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE);
    }
    if config.get_keepalives_interval().is_none() {
        config.keepalives_idle(SIGNS_OF_LIFE.0).keepalives_interval(SIGNS_OF_LIFE.1).keepalives_retries(4);
    }
}

fn shown(config: &Config) -> String {
    let user = config.get_user().map(|user| format!("{user}@")).unwrap_or_default();
    let port = |at: usize| {
        let ports = config.get_ports();
        ports.get(at).or_else(|| ports.first().filter(|_| ports.len() == 1)).copied().unwrap_or(5432)
    };
    let host = |(at, host): (usize, &Host)| match host {
        Host::Tcp(name) => format!("{name}:{}", port(at)),
        #[cfg(unix)]
        Host::Unix(folder) => format!("{}:{}", folder.display(), port(at)),
    };
    let mut hosts: Vec<_> = config.get_hosts().iter().enumerate().map(host).collect();
    if hosts.is_empty() {
        hosts = config.get_hostaddrs().iter().map(ToString::to_string).collect();
    }
    let database = config.get_dbname().map(|name| format!("/{name}")).unwrap_or_default();
    format!("postgres://{user}{}{database}", hosts.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str) -> Result<StoreAddress> {
        StoreAddress::parse(address, None)
    }

    #[test]
    fn a_password_is_shown_nowhere() {
        let address = read("postgres://ana:gehe%40im@db.example/press").expect("it is sound");
        assert_eq!(address.to_string(), "postgres://ana@db.example:5432/press");
        assert_eq!(address.config().get_password(), Some(&b"gehe@im"[..]));
        for bad in ["postgres://ana:geheim@db/x?y=geheim", "mysql://ana:geheim@db/x", "postgres://ana:geheim@db:x/"] {
            let said = read(bad).expect_err("refused").to_string();
            assert!(!said.contains("geheim") && !said.contains("heim@"), "{said}");
        }
        // A question mark that nobody has escaped is still a part of the password.
        let odd = read("postgres://ana:ge?heim@db.example/press").expect("it is sound");
        assert_eq!(odd.to_string(), "postgres://ana@db.example:5432/press");
        assert!(!format!("{address:?}{odd:?}").contains("heim"));
        let given = StoreAddress::parse("postgres://ana@localhost/press", Some("geheim")).expect("it is sound");
        assert_eq!(given.config().get_password(), Some(&b"geheim"[..]));
    }

    #[test]
    fn what_leaves_the_machine_is_encrypted_unless_the_address_says_otherwise() {
        let encrypted = |address: &str| read(address).expect("it is sound").is_encrypted();
        assert!(
            encrypted("postgres://db.example/press") && encrypted("postgres://localhost/press?sslmode=verify-full")
        );
        assert!(encrypted("postgres://localhost,db.example/press"));
        assert!(!encrypted("postgres://127.0.0.1/press") && !encrypted("postgres:///press?host=/run/postgresql"));
        assert!(!encrypted("postgres://db.example/press?sslmode=disable"));
        for weak in ["prefer", "allow", "verify-ca", "maybe"] {
            assert!(read(&format!("postgres://db.example/press?sslmode={weak}")).is_err(), "{weak}");
        }
        let roots = read("postgres://db.example/press?sslrootcert=%2Fetc%2Fca.pem").expect("it is sound");
        assert_eq!(roots.roots(), Some(Path::new("/etc/ca.pem")));
        assert!(read("postgres:///press").is_err(), "no host");
    }
}
