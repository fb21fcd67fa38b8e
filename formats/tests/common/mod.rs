//! What the tests of packages, inspection and readers share: the real schema, small workbooks, a harmless gate.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;

use hegui_core::agreement::Agreement;
use hegui_core::gate::{Gate, Hit};
use hegui_core::schema::{PluginFolder, Schema};
use hegui_core::submission::{Cell, Submission};
use hegui_core::verdict::RuleId;
use hegui_formats::package::{Package, PackageFile, PackageKind};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A word that no submission holds by chance.
pub const WORD: &str = "哨兵词";

/// Stops at [`WORD`].
pub struct Sentinel;

impl Gate for Sentinel {
    fn inspect(&self, text: &str) -> Vec<Hit> {
        text.match_indices(WORD)
            .map(|(at, word)| Hit {
                rule: RuleId("TST-001".to_string()),
                offset: text[..at].chars().count(),
                length: word.chars().count(),
            })
            .collect()
    }

    fn uninspectable(&self) -> RuleId {
        RuleId("TST-999".to_string())
    }
}

/// The schema of the plugins in this repository.
pub fn schema() -> Schema {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let agreement: Agreement =
        toml::from_str(&std::fs::read_to_string(root.join("rules/agreement.toml")).unwrap()).unwrap();
    let mut names: Vec<String> = std::fs::read_dir(root.join("plugins"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let folders: Vec<PluginFolder> = names
        .into_iter()
        .map(|name| {
            let folder = root.join("plugins").join(&name);
            let files = std::fs::read_dir(&folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .filter(|path| path.is_file())
                .map(|path| {
                    let name = path.file_name().unwrap().to_string_lossy().into_owned();
                    (name, std::fs::read_to_string(&path).unwrap())
                })
                .collect();
            PluginFolder { path: format!("plugins/{name}"), name, files }
        })
        .collect();
    let (schema, diagnostics) = hegui_core::schema::load(&folders, &[], &agreement);
    assert!(schema.table("patents").is_some(), "{diagnostics:?}");
    schema
}

/// A package of one file.
pub fn file(name: &str, kind: PackageKind, bytes: impl Into<Vec<u8>>) -> Package {
    let file = PackageFile { path: name.to_string(), name: name.to_string(), bytes: bytes.into() };
    Package { path: name.to_string(), kind, files: vec![file] }
}

/// A folder of files.
pub fn folder(files: &[(&str, &[u8])]) -> Package {
    let files = files
        .iter()
        .map(|(name, bytes)| PackageFile {
            path: format!("甘州/{name}"),
            name: (*name).to_string(),
            bytes: bytes.to_vec(),
        })
        .collect();
    Package { path: "甘州".to_string(), kind: PackageKind::CsvFolder, files }
}

/// What is wrong with a submission: place and message, in the order of the reader.
pub fn problems(submission: &Submission) -> Vec<String> {
    submission
        .problems
        .iter()
        .map(|problem| {
            format!("{} {}", problem.location.short(), problem.kind.message().zh).trim().to_string()
        })
        .collect()
}

/// What is wrong apart from what an incomplete sample lacks.
pub fn problems_besides_gaps(submission: &Submission) -> Vec<String> {
    problems(submission)
        .into_iter()
        .filter(|problem| !["缺少", "必填，这里是空的"].iter().any(|gap| problem.contains(gap)))
        .collect()
}

/// A cell by table and field key, as text; `空` where empty.
pub fn cell(submission: &Submission, schema: &Schema, table: &str, row: usize, field: &str) -> String {
    let at = schema.table(table).unwrap();
    let field = schema.tables[at].field(field).unwrap();
    show(submission.tables[at].as_ref().unwrap().cell(row, field))
}

/// A header field as text.
pub fn header(submission: &Submission, schema: &Schema, field: &str) -> String {
    show(submission.header[schema.header_field(field).unwrap()].cell.clone())
}

fn show(cell: Cell) -> String {
    match cell {
        Cell::Empty => "空".to_string(),
        Cell::Unreadable(raw) => format!("?{raw}"),
        Cell::Valid(value) => value.to_string(),
    }
}

/// A small workbook, part by part.
pub struct Book {
    sheets: Vec<(String, bool, String)>,
    strings: Vec<String>,
    pub parts: BTreeMap<String, Vec<u8>>,
    pub date1904: bool,
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

impl Book {
    /// A workbook without sheets.
    pub fn new() -> Self {
        Self { sheets: Vec::new(), strings: Vec::new(), parts: BTreeMap::new(), date1904: false }
    }

    /// A workbook with a header of two fields.
    pub fn with_header() -> Self {
        Self::new()
            .sheet("报送信息", &rows(&[&["字段", "值"], &["报告年度", "2025"], &["单位名称", "甘州某厂"]]))
    }

    /// Adds a sheet; `content` stands within `sheetData`.
    pub fn sheet(mut self, name: &str, content: &str) -> Self {
        self.sheets.push((name.to_string(), false, format!("<sheetData>{content}</sheetData>")));
        self
    }

    /// Adds a hidden sheet.
    pub fn hidden(mut self, name: &str, content: &str) -> Self {
        self.sheets.push((name.to_string(), true, format!("<sheetData>{content}</sheetData>")));
        self
    }

    /// Adds what stands after `sheetData` in the last sheet.
    pub fn after(mut self, content: &str) -> Self {
        self.sheets.last_mut().unwrap().2.push_str(content);
        self
    }

    /// Adds a shared text; `item` stands within `si`.
    pub fn string(mut self, item: &str) -> Self {
        self.strings.push(item.to_string());
        self
    }

    /// Adds a part.
    pub fn part(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.parts.insert(name.to_string(), bytes.into());
        self
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        let mut add = |name: &str, text: String| parts.push((name.to_string(), text.into_bytes()));
        let mut sheets = String::new();
        let mut relations = String::new();
        for (at, (name, hidden, _)) in self.sheets.iter().enumerate() {
            let n = at + 1;
            let state = if *hidden { r#" state="hidden""# } else { "" };
            sheets += &format!(r#"<sheet name="{name}" sheetId="{n}"{state} r:id="rId{n}"/>"#);
            relations += &format!(
                r#"<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>"#
            );
        }
        relations += &format!(
            r#"<Relationship Id="rS" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>"#
        );
        relations += &format!(r#"<Relationship Id="rT" Type="{RELATIONS}/styles" Target="styles.xml"/>"#);
        add(
            "[Content_Types].xml",
            r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.into(),
        );
        add(
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        );
        add(
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr date1904="{}"/><sheets>{sheets}</sheets></workbook>"#,
                u8::from(self.date1904)
            ),
        );
        add(
            "xl/_rels/workbook.xml.rels",
            format!(r#"<Relationships xmlns="{PACKAGE}">{relations}</Relationships>"#),
        );
        // Format 0 is general, 1 a date, 2 a duration.
        add(
            "xl/styles.xml",
            format!(
                r#"<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#
            ),
        );
        let strings: String = self.strings.iter().map(|item| format!("<si>{item}</si>")).collect();
        add("xl/sharedStrings.xml", format!(r#"<sst xmlns="{MAIN}">{strings}</sst>"#));
        for (at, (_, _, content)) in self.sheets.iter().enumerate() {
            let name = format!("xl/worksheets/sheet{}.xml", at + 1);
            add(&name, format!(r#"<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{content}</worksheet>"#));
        }
        for (name, bytes) in &self.parts {
            match parts.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => known.clone_from(bytes),
                None => parts.push((name.clone(), bytes.clone())),
            }
        }
        archive(&parts)
    }

    /// The file as a package.
    pub fn package(&self) -> Package {
        file("报送.xlsx", PackageKind::Workbook, self.bytes())
    }
}

/// A zip archive of these members.
pub fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Rows of inline texts from A1 on; an empty text is no cell.
pub fn rows(rows: &[&[&str]]) -> String {
    rows_from(1, rows)
}

/// Rows of inline texts from a row on.
pub fn rows_from(first: usize, rows: &[&[&str]]) -> String {
    let mut xml = String::new();
    for (at, cells) in rows.iter().enumerate() {
        let row = first + at;
        xml += &format!(r#"<row r="{row}">"#);
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let letter = char::from(b'A' + u8::try_from(column).unwrap());
            xml += &format!(r#"<c r="{letter}{row}" t="inlineStr"><is><t>{text}</t></is></c>"#);
        }
        xml += "</row>";
    }
    xml
}
