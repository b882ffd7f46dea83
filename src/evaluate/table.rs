//! A table, for a terminal or as Markdown.
//!
//! heading `set`, `F1`; row `seeds`, `0.950` → `seeds  0.950` or `| seeds | 0.950 |`
//!
//! The first column is words and stands left, all others are numbers and stand right. Must not know what they mean.

/// Rows under headings; every row has as many cells as there are headings.
pub(super) struct Table {
    pub(super) title: &'static str,
    pub(super) headings: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    /// Aligned columns, two spaces apart, under the title.
    pub(super) fn text(&self) -> String {
        let headings: Vec<String> = self.headings.iter().map(ToString::to_string).collect();
        let lines: Vec<&Vec<String>> = std::iter::once(&headings).chain(&self.rows).collect();
        let width = |at: usize| lines.iter().filter_map(|line| line.get(at)).map(|cell| cell.chars().count()).max();
        let widths: Vec<usize> = (0..headings.len()).map(|at| width(at).unwrap_or(0)).collect();
        let mut text = format!("{}\n", self.title);
        for line in lines {
            let cells: Vec<String> = line.iter().zip(&widths).enumerate().map(aligned).collect();
            text.push_str(&format!("  {}\n", cells.join("  ")));
        }
        text
    }

    /// A Markdown table under a heading of the second level.
    pub(super) fn markdown(&self) -> String {
        let rule: String = self.headings.iter().skip(1).map(|_| "---:|").collect();
        let mut text = format!("## {}\n\n| {} |\n|---|{rule}\n", self.title, self.headings.join(" | "));
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        text
    }
}

fn aligned((at, (cell, width)): (usize, (&String, &usize))) -> String {
    match at {
        0 => format!("{cell:<width$}"),
        _ => format!("{cell:>width$}"),
    }
}
