//! Encrypted connections to a server whose certificate was verified.
//!
//! `sslrootcert=ca.pem` → the server must show a certificate of that authority for its name; else those of the system
//!
//! Must not decide whether a connection is encrypted.

use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::{Error, Result};

use super::address::StoreAddress;

/// What makes connections of an address encrypted.
pub(super) fn connector(address: &StoreAddress) -> Result<MakeRustlsConnect> {
    let refuse = |reason: String| Error::StoreAddress(reason);
    let mut roots = RootCertStore::empty();
    match address.roots() {
        Some(path) => {
            let named = |error: &dyn std::fmt::Display| {
                refuse(format!("the certificates of sslrootcert, {}, cannot be read: {error}", path.display()))
            };
            for certificate in CertificateDer::pem_file_iter(path).map_err(|error| named(&error))? {
                roots.add(certificate.map_err(|error| named(&error))?).map_err(|error| named(&error))?;
            }
        }
        None => {
            // What the system has and cannot be read is of no use, and others may do.
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if roots.is_empty() {
        return Err(refuse(
            "there is no certificate to verify the server by: name a file of them with sslrootcert=FILE".to_owned(),
        ));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = versions.map_err(|error| refuse(error.to_string()))?;
    Ok(MakeRustlsConnect::new(config.with_root_certificates(roots).with_no_client_auth()))
}
