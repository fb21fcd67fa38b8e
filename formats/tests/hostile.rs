//! Whatever the bytes, nothing panics and nothing takes for ever.

#![allow(clippy::unwrap_used)]

mod common;

use std::time::{Duration, Instant};

use common::{Book, Sentinel, file, folder, rows, schema};
use hegui_core::gate::Gate;
use hegui_formats::inspect::inspect;
use hegui_formats::package::{Package, PackageKind};
use hegui_formats::read::read;

fn book() -> Book {
    let cells = r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" s="1"><v>43963</v></c><c r="C2"><f>1/0</f></c></row>"#;
    Book::with_header()
        .sheet("专利台账", &(rows(&[&["申请号", "申请日", "专利类型"]]) + cells))
        .after(r#"<mergeCells><mergeCell ref="A2:A4"/></mergeCells>"#)
        .string("<r><t>2020</t></r><r><t>10001</t></r>")
        .part("xl/comments1.xml", "<comments><comment ref=\"A1\"><text><t>甲</t></text></comment></comments>")
}

fn survive(package: &Package, schema: &hegui_core::schema::Schema) {
    let gates: [&dyn Gate; 1] = [&Sentinel];
    let _ = inspect(package, 1, &gates);
    let _ = read(package.clone(), schema);
}

/// A small generator, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }
}

#[test]
fn truncated_workbooks() {
    let (schema, bytes) = (schema(), book().bytes());
    for end in (0..bytes.len()).step_by(7) {
        survive(&file("a.xlsx", PackageKind::Workbook, &bytes[..end]), &schema);
    }
}

#[test]
fn flipped_workbooks() {
    let (schema, bytes) = (schema(), book().bytes());
    let mut dice = Dice(0x5EED);
    for _ in 0..1500 {
        let mut bytes = bytes.clone();
        for _ in 0..=dice.roll(3) {
            let at = dice.roll(bytes.len());
            bytes[at] ^= 1 << dice.roll(8);
        }
        survive(&file("a.xlsx", PackageKind::Workbook, bytes), &schema);
    }
}

/// Flips within parts, below the checksums of the archive.
#[test]
fn flipped_parts() {
    let schema = schema();
    let sound = book();
    let mut dice = Dice(0xF11B);
    let sheet = r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1"><f t="shared" si="0" ref="C1:C9">A1</f></c></row><row r="2"><c r="C2"><f t="shared" si="0"/></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells></worksheet>"#;
    for _ in 0..1500 {
        let mut part = sheet.as_bytes().to_vec();
        for _ in 0..=dice.roll(4) {
            let at = dice.roll(part.len());
            part[at] = u8::try_from(32 + dice.roll(96)).unwrap();
        }
        let mut book = Book::with_header().sheet("专利台账", "").string("<t>申请号</t>");
        book.parts.clone_from(&sound.parts);
        survive(&book.part("xl/worksheets/sheet2.xml", part).package(), &schema);
    }
}

#[test]
fn mangled_texts() {
    let schema = schema();
    let texts: [(&str, PackageKind, &str); 3] = [
        (
            "a.json",
            PackageKind::Json,
            r#"{"header":{"报告年度":2025,"a":"\u79d8"},"tables":{"patents":[{"type":"发明","x":1e5}]}}"#,
        ),
        (
            "a.toml",
            PackageKind::Toml,
            "[header]\n\"报告年度\" = 2025\nx = 2020-05-12T10:00:00Z\n[[tables.patents]]\ntype = \"发明\\u79d8\"\n",
        ),
        ("a.csv", PackageKind::CsvFolder, "申请号,类型\n\"1\n2\",\"发\"\"明\"\n\n3;4\t5\r6\r\n"),
    ];
    let mut dice = Dice(0x7E47);
    for (name, kind, text) in texts {
        for round in 0..1500 {
            let mut bytes = text.as_bytes().to_vec();
            for _ in 0..=dice.roll(3) {
                let at = dice.roll(bytes.len());
                bytes[at] = u8::try_from(dice.roll(256)).unwrap();
            }
            bytes.truncate(if round % 3 == 0 { dice.roll(bytes.len() + 1) } else { bytes.len() });
            let package = match kind {
                PackageKind::CsvFolder => folder(&[("header.toml", b""), ("patents.csv", &bytes)]),
                ref kind => file(name, kind.clone(), bytes),
            };
            survive(&package, &schema);
        }
    }
}

#[test]
fn formatted_empty_rows_cost_nothing() {
    let mut content = rows(&[&["申请号", "专利类型"], &["CN1", "发明"]]);
    for row in 3..100_003 {
        content += &format!(
            r#"<row r="{row}"><c r="A{row}" s="1"/><c r="B{row}" s="1"/><c r="C{row}" s="2"/></row>"#
        );
    }
    let package = Book::with_header().sheet("专利台账", &content).package();
    let (schema, begin) = (schema(), Instant::now());
    survive(&package, &schema);
    assert_eq!(read(package, &schema).records(), 1);
    assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", begin.elapsed());
}

#[test]
fn far_cells_and_wide_merges_cost_nothing() {
    let content = rows(&[&["申请号"], &["CN1"]]) + r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let book = Book::with_header()
        .sheet("专利台账", &content)
        .after(r#"<mergeCells><mergeCell ref="A2:XFD1048575"/></mergeCells>"#);
    let begin = Instant::now();
    survive(&book.package(), &schema());
    assert!(begin.elapsed() < Duration::from_secs(60));
}

#[test]
fn deep_nesting() {
    let schema = schema();
    survive(&file("a.json", PackageKind::Json, "[".repeat(100_000)), &schema);
    survive(&file("a.toml", PackageKind::Toml, format!("a = {}", "[".repeat(100_000))), &schema);
    survive(&file("a.toml", PackageKind::Toml, format!("{} = 1", ["a"; 20_000].join("."))), &schema);
    let deep = "<a>".repeat(100_000) + &"</a>".repeat(100_000);
    survive(&Book::with_header().part("xl/x.xml", deep).package(), &schema);
    survive(&file("a.csv", PackageKind::Json, "\u{FEFF}".repeat(100_000)), &schema);
}
