//! The SHA-256 of files.
//!
//! `digest(&["a.csv"])` → `ba7816bf…`, 64 hexadecimal digits

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// The SHA-256 of what files hold, one behind the other, in hexadecimal digits.
///
/// # Errors
/// A file cannot be read.
pub fn digest<P: AsRef<Path>>(paths: &[P]) -> io::Result<Arc<str>> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    for path in paths {
        let mut file = File::open(path)?;
        loop {
            match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => hasher.update(&buffer[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>().into())
}
