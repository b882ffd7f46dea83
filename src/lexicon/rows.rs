//! Reads the part of TOML in which lists of names are written, in a small part of the time that all of TOML takes.
//!
//! `[[place]]`, `country = "BF"`, `[place.names]`, `all = ["Gaoua"]` → a row with `country` and, in its table `names`, `all`
//!
//! The names are read at every start, so this counts. A text is one list of tables and the tables within each; values are strings
//! without escapes, lists of them, `true` and `false`. Whatever else TOML allows is an error that names the line. Invariant: what is read
//! here is what TOML says; a test compares the two for every file. Must not know what the rows are about.

use crate::error::{Error, Result};

/// One table of the list, or what stands before the first.
#[derive(Debug, Default)]
pub(super) struct Row<'t> {
    file: &'t str,
    line: usize,
    fields: Vec<Field<'t>>,
}

#[derive(Debug, PartialEq, Eq)]
struct Field<'t> {
    /// The table within the row; empty for the row itself.
    table: &'t str,
    key: &'t str,
    value: Value<'t>,
}

#[derive(Debug, PartialEq, Eq)]
enum Value<'t> {
    Text(&'t str),
    List(Vec<&'t str>),
    Flag(bool),
}

/// Reads a text that is a list of tables of this name, and makes something of each row.
pub(super) fn read_rows<'t, T>(
    file: &'t str,
    text: &'t str,
    name: &str,
    mut make: impl FnMut(&mut Row<'t>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut reader = Reader { file, rest: text, line: 1 };
    // One row makes room for all: there are many, and each is done with before the next.
    let mut row = reader.row("")?;
    row.end()?;
    let mut made = Vec::new();
    while reader.begins_row(name)? {
        reader.read_row(name, &mut row)?;
        made.push(make(&mut row)?);
        row.end()?;
    }
    Ok(made)
}

/// Reads a text that is a single table.
pub(super) fn read_table<'t>(file: &'t str, text: &'t str) -> Result<Row<'t>> {
    Reader { file, rest: text, line: 1 }.row("")
}

impl<'t> Row<'t> {
    /// The string under a key.
    pub(super) fn text(&mut self, key: &str) -> Result<&'t str> {
        self.find_text(key)?.ok_or_else(|| self.error(&format!("{key:?} is missing")))
    }

    /// The string under a key, if there is one.
    pub(super) fn find_text(&mut self, key: &str) -> Result<Option<&'t str>> {
        match self.take(key) {
            Some(Value::Text(text)) => Ok(Some(text)),
            None => Ok(None),
            Some(_) => Err(self.error(&format!("{key:?} is no string"))),
        }
    }

    /// The strings under a key; none when it is missing.
    pub(super) fn list(&mut self, key: &str) -> Result<Vec<&'t str>> {
        match self.take(key) {
            Some(Value::List(list)) => Ok(list),
            None => Ok(Vec::new()),
            Some(_) => Err(self.error(&format!("{key:?} is no list"))),
        }
    }

    /// Whether a key is `true`; it is not when it is missing.
    pub(super) fn flag(&mut self, key: &str) -> Result<bool> {
        match self.take(key) {
            Some(Value::Flag(flag)) => Ok(flag),
            None => Ok(false),
            Some(_) => Err(self.error(&format!("{key:?} is neither true nor false"))),
        }
    }

    /// The keys of a table of this row, each with its strings.
    pub(super) fn lists(&mut self, table: &str) -> Result<Vec<(&'t str, Vec<&'t str>)>> {
        let taken = self.take_table(table);
        let of = |(key, value)| match value {
            Value::List(list) => Ok((key, list)),
            _ => Err(self.error(&format!("{table}.{key} is no list"))),
        };
        taken.into_iter().map(of).collect()
    }

    /// The keys of a table of this row, each with its string.
    pub(super) fn texts(&mut self, table: &str) -> Result<Vec<(&'t str, &'t str)>> {
        let taken = self.take_table(table);
        let of = |(key, value)| match value {
            Value::Text(text) => Ok((key, text)),
            _ => Err(self.error(&format!("{table}.{key} is no string"))),
        };
        taken.into_iter().map(of).collect()
    }

    /// What is wrong with this row.
    pub(super) fn error(&self, reason: &str) -> Error {
        error(self.file, self.line, reason)
    }

    /// Refuses what nobody has asked for.
    pub(super) fn end(&self) -> Result<()> {
        let unknown = |field: &Field<'_>| Err(self.error(&format!("unknown key {:?}", field.key)));
        self.fields.first().map_or(Ok(()), unknown)
    }

    fn take(&mut self, key: &str) -> Option<Value<'t>> {
        let at = self.fields.iter().position(|field| field.table.is_empty() && field.key == key)?;
        Some(self.fields.remove(at).value)
    }

    fn take_table(&mut self, table: &str) -> Vec<(&'t str, Value<'t>)> {
        let taken = self.fields.extract_if(.., |field| field.table == table);
        taken.map(|field| (field.key, field.value)).collect()
    }
}

struct Reader<'t> {
    file: &'t str,
    rest: &'t str,
    line: usize,
}

impl<'t> Reader<'t> {
    /// Whether another row begins here; at the end of the text none does.
    fn begins_row(&mut self, name: &str) -> Result<bool> {
        self.past_space();
        let Some(rest) = self.rest.strip_prefix("[[") else { return Ok(false) };
        let rest = rest.strip_prefix(name).and_then(|rest| rest.strip_prefix("]]"));
        self.rest = rest.ok_or_else(|| self.error(&format!("only [[{name}]] may stand here")))?;
        self.line_ends()?;
        Ok(true)
    }

    /// Everything up to the next row.
    fn row(&mut self, name: &str) -> Result<Row<'t>> {
        let mut row = Row { file: self.file, line: self.line, fields: Vec::with_capacity(8) };
        self.read_row(name, &mut row)?;
        Ok(row)
    }

    /// The same into a row that is empty by now. Tables within it are written `[name.table]`.
    fn read_row(&mut self, name: &str, row: &mut Row<'t>) -> Result<()> {
        row.line = self.line;
        let mut table = "";
        loop {
            self.past_space();
            if self.rest.is_empty() || self.rest.starts_with("[[") {
                return Ok(());
            }
            if let Some(rest) = self.rest.strip_prefix('[') {
                let within = rest.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')?.split_once(']'));
                let (inner, rest) = within.ok_or_else(|| self.error(&format!("only [{name}.…] may stand here")))?;
                if !is_key(inner) || row.fields.iter().any(|field| field.table == inner) {
                    return Err(self.error(&format!("{inner:?} is no table, or is there already")));
                }
                (table, self.rest) = (inner, rest);
            } else {
                // Keys are short: looking for the sign byte by byte is soon done.
                let sign = self.rest.bytes().position(|b| b == b'=').ok_or_else(|| self.error("a key has no value"))?;
                let (key, rest) = (self.rest[..sign].trim_end_matches([' ', '\t']), &self.rest[sign + 1..]);
                if !is_key(key) || row.fields.iter().any(|field| field.table == table && field.key == key) {
                    return Err(self.error(&format!("{key:?} is no plain key, or is there already")));
                }
                self.rest = &rest[blanks(rest)..];
                let value = self.value()?;
                row.fields.push(Field { table, key, value });
            }
            self.line_ends()?;
        }
    }

    fn value(&mut self) -> Result<Value<'t>> {
        for (word, flag) in [("true", true), ("false", false)] {
            if let Some(rest) = self.rest.strip_prefix(word) {
                self.rest = rest;
                return Ok(Value::Flag(flag));
            }
        }
        let Some(rest) = self.rest.strip_prefix('[') else { return self.string().map(Value::Text) };
        self.rest = rest;
        let mut list = Vec::with_capacity(2);
        loop {
            self.past_space();
            if let Some(rest) = self.rest.strip_prefix(']') {
                self.rest = rest;
                return Ok(Value::List(list));
            }
            list.push(self.string()?);
            self.past_space();
            match self.rest.strip_prefix(',') {
                Some(rest) => self.rest = rest,
                None if self.rest.starts_with(']') => {}
                None => return Err(self.error("a comma or the end of the list is missing")),
            }
        }
    }

    fn string(&mut self) -> Result<&'t str> {
        let inside =
            self.rest.strip_prefix('"').ok_or_else(|| self.error("a string in double quotation marks is missing"))?;
        let end = inside.bytes().position(|b| b == b'"' || b == b'\\' || b.is_ascii_control());
        let end = end.filter(|end| inside.as_bytes()[*end] == b'"' && !inside.starts_with("\"\""));
        let end = end.ok_or_else(|| self.error("the string does not end on its line, or has an escape"))?;
        self.rest = &inside[end + 1..];
        Ok(&inside[..end])
    }

    /// Skips space, line ends and comments.
    fn past_space(&mut self) {
        if self.rest.as_bytes().first().is_some_and(|b| !b.is_ascii_whitespace() && *b != b'#') {
            return;
        }
        loop {
            let rest = &self.rest[blanks(self.rest)..];
            self.rest = match rest.as_bytes().first() {
                Some(b'\n') => {
                    self.line += 1;
                    &rest[1..]
                }
                Some(b'#') => &rest[rest.find('\n').unwrap_or(rest.len())..],
                _ => rest,
            };
            if self.rest.len() == rest.len() {
                return;
            }
        }
    }

    /// Nothing but a comment may stand behind a value.
    fn line_ends(&mut self) -> Result<()> {
        let line = self.line;
        self.past_space();
        let ends = self.line > line || self.rest.is_empty();
        if ends { Ok(()) } else { Err(self.error("something stands behind the value")) }
    }

    fn error(&self, reason: &str) -> Error {
        error(self.file, self.line, reason)
    }
}

/// How many spaces, tabs and carriage returns a text begins with.
fn blanks(text: &str) -> usize {
    text.bytes().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count()
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

fn error(file: &str, line: usize, reason: &str) -> Error {
    Error::data(file, format!("line {line}: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::load::FILES;

    /// A row as TOML has it, in the order of keys.
    fn as_toml(row: &Row<'_>) -> toml::Table {
        let mut table = toml::Table::new();
        for field in &row.fields {
            let value = match &field.value {
                Value::Text(text) => toml::Value::from(*text),
                Value::List(list) => toml::Value::from(list.clone()),
                Value::Flag(flag) => toml::Value::from(*flag),
            };
            let inner = match field.table {
                "" => &mut table,
                name => table.entry(name).or_insert_with(|| toml::Table::new().into()).as_table_mut().expect("a table"),
            };
            inner.insert(field.key.to_owned(), value);
        }
        table
    }

    #[test]
    fn every_file_says_what_toml_says() {
        for (file, name, text) in FILES {
            let expected: toml::Table = toml::from_str(text).expect(file);
            let mut rows = Vec::new();
            let read = read_rows(file, text, name, |row| {
                rows.push(as_toml(row));
                row.fields.clear();
                Ok(())
            });
            if name.is_empty() {
                assert_eq!(as_toml(&read_table(file, text).expect(file)), expected, "{file}");
            } else {
                read.expect(file);
                let expected = expected.get(*name).and_then(toml::Value::as_array).expect(file);
                assert_eq!(rows.len(), expected.len(), "{file}");
                for (row, expected) in rows.into_iter().zip(expected) {
                    // A table without keys leaves nothing behind.
                    let mut expected = expected.as_table().expect(file).clone();
                    expected.retain(|_, value| value.as_table().is_none_or(|table| !table.is_empty()));
                    assert_eq!(row, expected, "{file}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_list_of_names_is_refused_with_its_line() {
        let check = |text: &str, reason: &str| {
            let read = read_rows("x.toml", text, "place", |row| {
                row.text("country")?;
                row.flag("ambiguous")?;
                row.lists("names").map(drop)
            });
            let error = read.expect_err(text).to_string();
            assert!(error.contains(reason), "{text:?}: {error}");
        };
        check("[[place]]\n[place.names]\nfr = [\"a\"]", "line 2: \"country\" is missing");
        check("[[place]]\ncountry = \"BF\"\ntown = \"x\"", "unknown key \"town\"");
        check(
            "[[place]]\ncountry = \"BF\"\ncountry = \"BF\"",
            "line 3: \"country\" is no plain key, or is there already",
        );
        check("[[place]]\ncountry = \"B\\\"F\"", "line 2: the string does not end on its line, or has an escape");
        check("[[place]]\ncountry = 'BF'", "line 2: a string in double quotation marks is missing");
        check("[[place]]\ncountry = \"BF\" \"x\"", "line 2: something stands behind the value");
        check("[[place]]\ncountry = [\"BF\"]", "\"country\" is no string");
        check("[[place]]\ncountry = \"BF\"\n[place.names]\nfr = [\"a\" \"b\"]", "line 4: a comma");
        check("[[town]]", "only [[place]] may stand here");
        check("[place.names]", "may stand here");
        check("x = true\n[[place]]", "unknown key \"x\"");
    }
}
