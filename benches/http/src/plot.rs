//! A picture of the processor time of a request: a bar for each server, in groups by question, on a scale on which each line is ten times the last.

use std::fmt::Write;

use crate::question::NINE;
use crate::report::{Run, title};
use crate::table::micros;

const COLOURS: [&str; 5] = ["#1f6feb", "#d29922", "#8250df", "#2da44e", "#bf3989"];
const LEFT: f64 = 300.0;
const WIDTH: f64 = 560.0;
const BAR: f64 = 11.0;
const GAP: f64 = 12.0;
const TOP: f64 = 70.0;

/// The picture as SVG, readable on a light and on a dark page.
pub fn plot(run: &Run) -> String {
    let servers = run.servers();
    let times = NINE.iter().flat_map(|question| servers.iter().map(|server| run.measured(question, server, "cpu_us")));
    let known: Vec<f64> = times.filter(|count| *count > 0.0).collect();
    let from = known.iter().copied().fold(f64::INFINITY, f64::min).log10().floor();
    let to = known.iter().copied().fold(1.0, f64::max).log10().ceil().max(from + 1.0);
    let x = |count: f64| LEFT + (count.log10() - from) / (to - from) * WIDTH;
    let group = BAR * servers.len() as f64 + GAP;
    let (width, height) = (LEFT + WIDTH + 90.0, TOP + group * NINE.len() as f64 + 30.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"system-ui, sans-serif\" \
         font-size=\"12\" role=\"img\">\n<title>Processor time of a request, by server</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n\
         <text x=\"16\" y=\"24\" font-size=\"15\">Processor time of the server for a request: less is better, \
         each line is ten times the last</text>\n\
         <text x=\"16\" y=\"42\" fill=\"#57606a\">{}</text>\n",
        run.size()
    );
    for (at, server) in servers.iter().enumerate() {
        let x = 16.0 + at as f64 * 120.0;
        let colour = COLOURS[at % COLOURS.len()];
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"50\" width=\"10\" height=\"10\" fill=\"{colour}\"/><text x=\"{}\" y=\"59\">{server}</text>",
            x + 15.0
        );
    }
    for power in from as i32..=to as i32 {
        let (count, bottom) = (10_f64.powi(power), height - 24.0);
        let at = x(count);
        let _ = writeln!(
            svg,
            "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{TOP}\" y2=\"{bottom:.1}\" stroke=\"#d0d7de\"/>\
             <text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#57606a\">{}</text>",
            bottom + 16.0,
            micros(count)
        );
    }
    for (row, question) in NINE.iter().enumerate() {
        let top = TOP + GAP / 2.0 + group * row as f64;
        let middle = top + (group - GAP) / 2.0 + 4.0;
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{middle:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 10.0,
            title(question)
        );
        for (at, server) in servers.iter().enumerate() {
            let count = run.measured(question, server, "cpu_us");
            if count.is_nan() {
                continue;
            }
            let (y, length) = (top + BAR * at as f64, (x(count) - LEFT).max(1.0));
            let _ = writeln!(
                svg,
                "<rect x=\"{LEFT}\" y=\"{y:.1}\" width=\"{length:.1}\" height=\"{:.1}\" fill=\"{}\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" font-size=\"10\" fill=\"#57606a\">{}</text>",
                BAR - 1.0,
                COLOURS[at % COLOURS.len()],
                LEFT + length + 4.0,
                y + BAR - 2.0,
                micros(count)
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}
