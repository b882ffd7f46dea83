//! Tables of Markdown, and numbers as people read them.
//!
//! `micros(1234.5)` → `1.23 ms`

use std::fmt::Write;

/// A table; the first column is text, the others numbers.
pub fn table(head: &[String], rows: &[Vec<String>]) -> String {
    let mut table = String::new();
    let mut line = |cells: &[String]| {
        let _ = writeln!(table, "| {} |", cells.join(" | "));
    };
    line(head);
    let rule: Vec<String> = (0..head.len()).map(|at| if at == 0 { "---" } else { "---:" }.to_owned()).collect();
    line(&rule);
    rows.iter().for_each(|row| line(row));
    table
}

/// Microseconds, in the unit and with the digits that say something.
pub fn micros(count: f64) -> String {
    match count {
        _ if count.is_nan() => "–".to_owned(),
        _ if count < 9.95 => format!("{count:.1} µs"),
        _ if count < 999.5 => format!("{count:.0} µs"),
        _ if count < 9_995.0 => format!("{:.2} ms", count / 1e3),
        _ if count < 99_950.0 => format!("{:.1} ms", count / 1e3),
        _ if count < 999_500.0 => format!("{:.0} ms", count / 1e3),
        _ => format!("{:.2} s", count / 1e6),
    }
}

/// A number of three digits that say something, with commas between thousands.
pub fn number(count: f64) -> String {
    match count {
        _ if count.is_nan() => "–".to_owned(),
        _ if count < 9.95 => format!("{count:.1}"),
        _ => {
            let digits = format!("{count:.0}");
            digits.bytes().enumerate().fold(String::new(), |mut grouped, (at, digit)| {
                if at > 0 && (digits.len() - at).is_multiple_of(3) {
                    grouped.push(',');
                }
                grouped.push(char::from(digit));
                grouped
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_their_unit_and_thousands_their_commas() {
        assert_eq!(micros(8.04), "8.0 µs");
        assert_eq!(micros(999.6), "1.00 ms");
        assert_eq!(micros(130_000.0), "130 ms");
        assert_eq!(micros(f64::NAN), "–");
        assert_eq!(number(1_234_567.4), "1,234,567");
        assert_eq!(number(3.26), "3.3");
    }
}
