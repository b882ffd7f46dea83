//! Where traces go, from the command line and OpenTelemetry's standard variables.
//!
//! `--otlp http://localhost:4318` → `http://localhost:4318/v1/traces`; `OTEL_SDK_DISABLED=true` → nowhere
//!
//! The command line goes before the variables, but not before the one that switches everything off. Must not send anything.

use std::time::Duration;

use ureq::http::Uri;

/// What is behind the address of a collector.
const PATH: &str = "/v1/traces";
const DEFAULT: &str = "http://localhost:4318";
const TIMEOUT: Duration = Duration::from_secs(10);

/// The address to send traces to; none when nobody wants them.
///
/// # Errors
/// They are wanted, but cannot be sent; why, and what to do.
pub(in crate::cli) fn endpoint(
    flag: Option<&str>,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Option<String>, String> {
    // One that is empty is as one that is not set.
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    let disabled = variable("OTEL_SDK_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    if disabled {
        return flag.map_or(Ok(None), |_| Err("OTEL_SDK_DISABLED is true, which goes before --otlp".to_owned()));
    }
    if let Some(flag) = flag {
        return collector_address(flag).map(|base| Some(with_path(&base)));
    }
    let exporters = variable("OTEL_TRACES_EXPORTER");
    if let Some(exporters) = &exporters {
        let mut exporters = exporters.split(',').map(str::trim);
        if exporters.clone().all(|exporter| exporter == "none") {
            return Ok(None);
        }
        if !exporters.any(|exporter| exporter == "otlp") {
            return Err("OTEL_TRACES_EXPORTER names none that is known; set it to otlp, or to none".to_owned());
        }
    }
    let given = |name: &str| {
        let checked = |value: String| collector_address(&value).map_err(|reason| format!("{name}: {reason}"));
        variable(name).map(checked).transpose()
    };
    if let Some(whole) = given("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")? {
        return Ok(Some(whole));
    }
    let base = given("OTEL_EXPORTER_OTLP_ENDPOINT")?.or(exporters.map(|_| DEFAULT.to_owned()));
    Ok(base.map(|base| with_path(&base)))
}

/// How long the collector may take for an answer, whose variables have milliseconds.
pub(super) fn timeout(variable: impl Fn(&str) -> Option<String>) -> Duration {
    let names = ["OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "OTEL_EXPORTER_OTLP_TIMEOUT"];
    let milliseconds = names.iter().find_map(|name| variable(name)?.trim().parse().ok());
    milliseconds.map_or(TIMEOUT, Duration::from_millis)
}

fn with_path(base: &str) -> String {
    let base = base.trim_end_matches('/');
    if base.ends_with(PATH) { base.to_owned() } else { format!("{base}{PATH}") }
}

/// An address that spans can be sent to, as it was given.
///
/// # Errors
/// Why not, and what to do.
pub(in crate::cli) fn collector_address(text: &str) -> Result<String, String> {
    let uri: Uri = text.parse().map_err(|_| not_an_address())?;
    match (uri.scheme_str(), uri.authority()) {
        (Some("https"), _) => Err("this program speaks no TLS; send to a collector nearby over http://, which passes \
                                   the spans on over TLS"
            .to_owned()),
        (Some("http"), Some(authority)) if authority.as_str().contains('@') => {
            Err("credentials belong into OTEL_EXPORTER_OTLP_HEADERS, not into the address".to_owned())
        }
        (Some("http"), Some(authority)) if !authority.host().is_empty() && uri.query().is_none() => Ok(text.to_owned()),
        _ => Err(not_an_address()),
    }
}

fn not_an_address() -> String {
    "a collector's address is written http://host:port, such as http://localhost:4318".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(flag: Option<&str>, variables: &[(&str, &str)]) -> Result<Option<String>, String> {
        let find = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_string());
        endpoint(flag, find)
    }

    fn to(address: &str) -> Result<Option<String>, String> {
        Ok(Some(address.to_owned()))
    }

    #[test]
    fn traces_are_sent_only_where_somebody_says_so() {
        assert_eq!(wanted(None, &[]), Ok(None));
        assert_eq!(wanted(None, &[("OTEL_SERVICE_NAME", "a"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "")]), Ok(None));
        assert_eq!(wanted(Some("http://a:1"), &[]), to("http://a:1/v1/traces"));
        assert_eq!(wanted(Some("http://a:1/b/v1/traces/"), &[]), to("http://a:1/b/v1/traces"));
        let (general, own) =
            (("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:1/b/"), ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://c:2/d"));
        assert_eq!(wanted(None, &[general]), to("http://a:1/b/v1/traces"));
        assert_eq!(wanted(None, &[general, own]), to("http://c:2/d"));
        assert_eq!(wanted(Some("http://e"), &[general, own]), to("http://e/v1/traces"));
        assert_eq!(wanted(None, &[("OTEL_TRACES_EXPORTER", "otlp")]), to("http://localhost:4318/v1/traces"));
        assert_eq!(wanted(None, &[general, ("OTEL_TRACES_EXPORTER", "none")]), Ok(None));
        assert_eq!(wanted(None, &[general, own, ("OTEL_SDK_DISABLED", "True")]), Ok(None));
    }

    #[test]
    fn what_cannot_be_sent_says_why() {
        let refused = |flag, variables: &[_]| wanted(flag, variables).expect_err("nowhere to send to");
        assert!(refused(Some("http://a"), &[("OTEL_SDK_DISABLED", "true")]).contains("goes before --otlp"));
        assert!(refused(None, &[("OTEL_TRACES_EXPORTER", "zipkin")]).contains("set it to otlp"));
        let https = refused(None, &[("OTEL_EXPORTER_OTLP_ENDPOINT", "https://a:4318")]);
        assert!(https.starts_with("OTEL_EXPORTER_OTLP_ENDPOINT: ") && https.contains("no TLS"), "{https}");
        assert!(refused(Some("http://me:secret@a"), &[]).contains("OTEL_EXPORTER_OTLP_HEADERS"));
        for no_address in ["localhost:4318", "a b", "", "ftp://a", "http://", "http://:1", "http://a?b=c"] {
            assert_eq!(collector_address(no_address), Err(not_an_address()), "{no_address}");
        }
    }

    #[test]
    fn a_timeout_is_in_milliseconds() {
        let timeout = |value: &str| timeout(|name| (name == "OTEL_EXPORTER_OTLP_TIMEOUT").then(|| value.to_owned()));
        assert_eq!((timeout("250"), timeout("soon")), (Duration::from_millis(250), TIMEOUT));
    }
}
