//! Draws the pictures of the README: `docs/report.svg` and `docs/report.en.svg`.
//!
//! The text is the coloured report of a real run over three fixtures. Every run of characters stands at its own column,
//! and lines are drawn, not written, so that the picture looks the same in every font:
//!
//! ```sh
//! cargo run --example picture
//! ```

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use unicode_width::UnicodeWidthChar;

/// What is checked: one package that is held, one with a wrong sum, one without a fault.
const PACKAGES: [&str; 3] =
    ["fixtures/held/workbook-cell", "fixtures/2020/city-jiayuguan", "fixtures/2020/city-baiyin"];
const AS_OF: &str = "2021-04-15";
const PICTURES: [(&str, &str); 2] = [("zh", "docs/report.svg"), ("en", "docs/report.en.svg")];

/// Columns of the report.
const COLUMNS: usize = 100;
/// The size of one column and one line, in pixels.
const CELL: usize = 8;
const LINE: usize = 20;
/// The margin around the text, and the bar above it.
const MARGIN: usize = 24;
const BAR: usize = 34;

const LATIN_AND_HAN: &str = "'DejaVu Sans Mono','Menlo','Consolas','Noto Sans Mono CJK SC','Noto Sans CJK SC',\
                             'PingFang SC','Microsoft YaHei',monospace";

fn main() -> Result<(), Box<dyn Error>> {
    env::set_current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))?;
    for (lang, picture) in PICTURES {
        let report = env::temp_dir().join(format!("hegui-picture-{}-{lang}.txt", std::process::id()));
        let columns = COLUMNS.to_string();
        let mut arguments = vec!["hegui".into(), "check".into()];
        arguments.extend(PACKAGES.map(Into::into));
        arguments.extend(["--as-of", AS_OF, "--lang", lang, "--color", "always"].map(Into::into));
        arguments.extend(["--width", &columns, "--output"].map(Into::into));
        arguments.push(report.clone().into_os_string());
        // The run finds faults, as it should; whether it ran shows in the file being there.
        let _ = hegui::run(arguments);
        let text = fs::read_to_string(&report)?;
        fs::remove_file(&report)?;
        fs::write(picture, svg(&text, lang)?)?;
    }
    Ok(())
}

/// How a character looks, as the report's escape sequences say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Look {
    bold: bool,
    faint: bool,
    underlined: bool,
    colour: Option<u8>,
}

impl Look {
    /// Takes in the numbers of one escape sequence, such as `1;31`.
    fn apply(&mut self, codes: &str) {
        for code in codes.split(';').map(|code| code.parse().unwrap_or(0)) {
            match code {
                0 => *self = Self::default(),
                1 => self.bold = true,
                2 => self.faint = true,
                4 => self.underlined = true,
                30..=37 => self.colour = Some(code),
                _ => {}
            }
        }
    }

    fn classes(self) -> String {
        let colour = self.colour.map(|code| format!("c{code}"));
        let words = [
            self.bold.then(|| "b".to_string()),
            self.faint.then(|| "f".to_string()),
            self.underlined.then(|| "u".to_string()),
            colour,
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// Characters that look alike, are equally wide and stand side by side.
struct Run {
    column: usize,
    cell: usize,
    look: Look,
    text: String,
}

fn svg(report: &str, lang: &str) -> Result<String, std::fmt::Error> {
    let prompt = [
        format!("hegui check {} \\", PACKAGES[..2].join(" ")),
        format!("            {} --as-of {AS_OF}", PACKAGES[2..].join(" ")),
    ];
    let first = prompt.len() + 1;
    let lines: Vec<&str> = report.trim_end().lines().collect();
    let width = COLUMNS * CELL + 2 * MARGIN;
    let height = BAR + (first + lines.len()) * LINE + MARGIN;
    let title = if lang == "en" { "A report of hegui check" } else { "hegui check 的报告" };
    let mut out = String::new();
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" aria-label=\"{title}\">"
    )?;
    writeln!(out, "<title>{title}</title>")?;
    writeln!(
        out,
        "<style>text{{font:14px {LATIN_AND_HAN};fill:#d5dae5;white-space:pre}}.w{{font-size:16px}}.b{{font-weight:700;fill:#fff}}\
         .f{{fill:#98a1b5}}.u{{text-decoration:underline}}.c31{{fill:#ff7b7b}}.c33{{fill:#f2c46d}}\
         .c35{{fill:#e48cf5}}.c36{{fill:#67cfe0}}.p{{fill:#7fd88f}}path{{fill:none;stroke:#5d667c}}</style>"
    )?;
    writeln!(out, "<rect width=\"{width}\" height=\"{height}\" rx=\"10\" fill=\"#1b1f2a\"/>")?;
    for (at, colour) in ["#ff5f57", "#febc2e", "#28c840"].iter().enumerate() {
        writeln!(out, "<circle cx=\"{}\" cy=\"18\" r=\"6\" fill=\"{colour}\"/>", MARGIN + 20 * at)?;
    }
    writeln!(out, "<text x=\"{MARGIN}\" y=\"{}\" class=\"p\">$</text>", baseline(0))?;
    for (at, line) in prompt.iter().enumerate() {
        for run in styled(&format!("  {line}"), &mut Look::default()) {
            text(&mut out, &run, at)?;
        }
    }
    let mut strokes = String::new();
    let mut look = Look::default();
    for (at, line) in lines.iter().enumerate() {
        for run in styled(line, &mut look) {
            text(&mut out, &run, first + at)?;
        }
        rules(&mut strokes, line, first + at)?;
    }
    writeln!(out, "<path d=\"{strokes}\"/>")?;
    writeln!(out, "</svg>")?;
    Ok(out)
}

fn baseline(line: usize) -> usize {
    BAR + line * LINE + 15
}

/// Cuts a line into runs and leaves out blanks and box characters. What its escape sequences set outlasts it.
fn styled(line: &str, look: &mut Look) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    let mut joined = false;
    for piece in line.split_inclusive('m').flat_map(escapes) {
        let characters = match piece {
            Piece::Escape(codes) => {
                look.apply(codes);
                continue;
            }
            Piece::Text(characters) => characters,
        };
        for c in characters.chars() {
            let cell = c.width().unwrap_or(0);
            let drawn = c == ' ' || arms(c).is_some();
            match runs.last_mut() {
                _ if drawn => {}
                Some(run) if joined && run.look == *look && run.cell == cell => run.text.push(c),
                _ => runs.push(Run { column, cell, look: *look, text: c.to_string() }),
            }
            joined = !drawn;
            column += cell;
        }
    }
    runs
}

enum Piece<'a> {
    Text(&'a str),
    Escape(&'a str),
}

/// A piece that ends in `m` may be text before an escape sequence.
fn escapes(piece: &str) -> Vec<Piece<'_>> {
    match piece.split_once("\u{1b}[") {
        Some((before, codes)) => vec![Piece::Text(before), Piece::Escape(codes.trim_end_matches('m'))],
        None => vec![Piece::Text(piece)],
    }
}

fn text(out: &mut String, run: &Run, line: usize) -> std::fmt::Result {
    let x = MARGIN + run.column * CELL;
    let length = run.text.chars().count() * run.cell * CELL;
    // A Han character as large as two columns needs no spacing.
    let classes = format!("{} {}", if run.cell == 2 { "w" } else { "" }, run.look.classes());
    let classes = classes.trim();
    let class = if classes.is_empty() { String::new() } else { format!(" class=\"{classes}\"") };
    let escaped = run.text.replace('&', "&amp;").replace('<', "&lt;");
    writeln!(out, "<text x=\"{x}\" y=\"{}\" textLength=\"{length}\"{class}>{escaped}</text>", baseline(line))
}

/// Where a box character has strokes: left, right, up, down; and whether the horizontal ones are double.
fn arms(c: char) -> Option<([bool; 4], bool)> {
    let (sides, double) = match c {
        '─' => ("lr", false),
        '│' => ("ud", false),
        '┌' => ("rd", false),
        '┐' => ("ld", false),
        '└' => ("ru", false),
        '┘' => ("lu", false),
        '├' => ("udr", false),
        '┤' => ("udl", false),
        '┬' => ("lrd", false),
        '┴' => ("lru", false),
        '┼' => ("lrud", false),
        '═' => ("lr", true),
        '╞' => ("udr", true),
        '╪' => ("udlr", true),
        '╡' => ("udl", true),
        _ => return None,
    };
    Some((['l', 'r', 'u', 'd'].map(|side| sides.contains(side)), double))
}

/// The strokes of a line's box characters; neighbours that join become one stroke.
fn rules(strokes: &mut String, line: &str, at: usize) -> std::fmt::Result {
    let top = BAR + at * LINE;
    let middle = top + LINE / 2;
    let mut column = 0;
    let mut open: Option<(usize, usize, bool)> = None;
    for c in line.split('\u{1b}').enumerate().flat_map(|(n, part)| {
        // Behind an escape character stands its sequence, up to `m`.
        let text = if n == 0 { part } else { part.split_once('m').map_or("", |(_, text)| text) };
        text.chars()
    }) {
        let left = MARGIN + column * CELL;
        let centre = left + CELL / 2;
        let found = arms(c);
        if let Some(([to_left, to_right, up, down], double)) = found {
            if up || down {
                let (from, to) = (if up { top } else { middle }, if down { top + LINE } else { middle });
                write!(strokes, "M{centre}.5 {from}V{to}")?;
            }
            let from = if to_left { left } else { centre };
            let to = if to_right { left + CELL } else { centre };
            if to_left || to_right {
                open = match open {
                    Some((begin, end, same)) if end == from && same == double => Some((begin, to, double)),
                    other => {
                        stroke(strokes, other, middle)?;
                        Some((from, to, double))
                    }
                };
            }
        }
        column += c.width().unwrap_or(0);
    }
    stroke(strokes, open, middle)
}

fn stroke(strokes: &mut String, line: Option<(usize, usize, bool)>, middle: usize) -> std::fmt::Result {
    match line {
        None => Ok(()),
        Some((from, to, false)) => write!(strokes, "M{from} {middle}.5H{to}"),
        Some((from, to, true)) => {
            write!(strokes, "M{from} {}.5H{to}M{from} {}.5H{to}", middle - 1, middle + 1)
        }
    }
}
