//! What submitters get wrong in files: the binary says what is wrong and where, and reports the rest of the batch.

#![allow(clippy::unwrap_used)] // Helpers are not seen as tests.

mod common;

use std::fs::File;
use std::io::{Cursor, Read, Write};
use std::time::{Duration, Instant};

use common::{Run, check, copy, empty_folder, root, write};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The rest of the batch: a workbook with one error.
const REST: &str = "fixtures/2020/enterprise-d";

/// Checks a package together with one whose error must be reported all the same.
#[track_caller]
fn in_a_batch(package: &str) -> Run {
    check(&[package, REST], &[]).says(&["报送包 2 个", "错误  PAT-002  专利台账!B4  201929004002.4"])
}

/// Checks a fixture under `bad-input/` in a batch: exit code, place, and words.
#[track_caller]
fn is_told(fixture: &str, place: &str, words: &[&str]) {
    let level = if fixture == "extra-column" { "警告" } else { "错误" };
    let run = in_a_batch(&format!("fixtures/bad-input/{fixture}")).exits(1);
    run.says(&[&format!("{level} READ {place}")]).says(words);
}

/// Checks a fixture under `bad-input/` in a batch: held, and why.
#[track_caller]
fn is_held(fixture: &str, why: &str) {
    let run = in_a_batch(&format!("fixtures/bad-input/{fixture}")).exits(3);
    run.says(&["封存 1 个报送包", "MCI-022 位置 文件", why, "请报送单位去掉密码"]);
}

#[test]
fn a_missing_file() {
    in_a_batch("fixtures/bad-input/没有.xlsx").exits(2).says(&[
        "没有.xlsx",
        "错误 READ",
        "找不到这个文件或文件夹",
    ]);
}

#[test]
fn an_empty_folder() {
    let folder = empty_folder("空");
    let path = folder.to_string_lossy();
    in_a_batch(&path).exits(1).says(&[
        &path,
        "错误 READ",
        "文件夹里没有报送材料（.xlsx、.json、.toml，或含 header.toml 的文件夹）",
    ]);
}

#[test]
fn a_folder_without_a_header() {
    is_told("csv-without-header", "", &["csv-without-header/报送", "没有 header.toml", "请补上报送信息"]);
}

#[test]
fn a_workbook_that_is_text() {
    is_told("not-a-zip", "", &["不是完好的 xlsx 文件", "请用 Excel 或 WPS 另存为"]);
}

#[test]
fn a_truncated_workbook() {
    is_held("truncated", "压缩结构已损坏或不完整");
}

#[test]
fn a_workbook_with_a_password() {
    is_held("encrypted", "加密的工作簿，没有密码无法检查");
}

#[test]
fn a_misspelt_sheet() {
    is_told("wrong-sheet-name", "专利台帐", &["没有名为“专利台帐”的表，是不是“专利台账”？"]);
}

#[test]
fn a_missing_column() {
    is_told(
        "missing-column",
        "专利台账!J1",
        &["“专利台账”缺少必填的一栏“法律状态查询日”", "无法判定", "PAT-008"],
    );
}

#[test]
fn a_column_twice() {
    is_told(
        "duplicated-column",
        "专利台账!K1",
        &["“发明创造名称”这一栏出现两次（前一次在 专利台账!C1）", "请删去一栏"],
    );
}

#[test]
fn a_column_too_many() {
    is_told("extra-column", "专利台账!K1", &["没有名为“科室序号”的一栏；这一栏未被使用", "警告 1 处"]);
}

#[test]
fn words_for_a_number() {
    is_told("text-in-number", "rd.csv:2:1", &["“主营业务收入”应填数", "实有 约两千六百万"]);
}

#[test]
fn merged_cells() {
    is_told(
        "merged-cells",
        "专利台账!A4",
        &["“专利类型”是合并单元格 A3:A4 的一部分", "请取消合并并逐行填写"],
    );
}

#[test]
fn a_formula_without_a_value() {
    is_told(
        "formula-without-value",
        "研发与管理!B2",
        &["“研发经费”公式没有计算结果", "打开文件、保存后再报"],
    );
}

#[test]
fn an_error_in_a_cell() {
    is_told("error-cell", "研发与管理!B2", &["“研发经费”公式出错", "实有 #DIV/0!"]);
}

#[test]
fn what_can_be_understood_is_no_fault() {
    let fixtures = ["date-formats", "date-serials", "date-text", "full-width-codes", "thousands-separators"];
    let paths = fixtures.map(|name| format!("fixtures/bad-input/{name}"));
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let report = check(&paths, &["--format", "json", "--fail-on", "info"]).exits(0).json();
    assert_eq!(report["findings"], Value::Array(Vec::new()));
    assert_eq!(report["submissions"].as_array().unwrap().len(), fixtures.len());
    for path in paths {
        in_a_batch(path).exits(1).says(&["错误 1 处，警告 0 处"]);
    }
}

/// That a code was understood, and not passed over, shows where one digit of it is wrong.
#[test]
fn full_width_digits_and_spaces_are_read() {
    let folder = empty_folder("全角");
    copy(&root().join("fixtures/bad-input/full-width-codes/报送"), &folder);
    let path = folder.join("专利台账.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let at = text.find(|c| ('０'..='９').contains(&c)).unwrap();
    let number: String = text[at..].chars().take_while(|c| *c != ',').collect();
    let (head, check) = number.rsplit_once(['.', '．']).unwrap();
    let other = if check.contains(['1', '１']) { "２" } else { "１" };
    write(&folder, "专利台账.csv", text.replace(&number, &format!("{head}．{other}")));
    in_a_batch(&folder.to_string_lossy()).exits(1).says(&["申请号的校验位是", "错误 2 处"]);
}

#[test]
fn two_submissions_of_one_submitter_and_year() {
    let [one, other] =
        ["a/报送.json", "b/报送.toml"].map(|name| format!("fixtures/bad-input/same-submitter-year-{name}"));
    let run = check(&[&one, &other, REST], &[]).exits(1).says(&["PAT-002 专利台账!B4"]);
    run.says(&[
        &format!("同一单位同一年度报了两份（另一份：{one}）"),
        &format!("同一单位同一年度报了两份（另一份：{other}）"),
        "请只留一份，或写明版次和上一版编号",
        "错误 3 处",
    ]);
}

/// A workbook whose ledger was formatted far below its last row; below all that stands one record more.
#[test]
fn a_hundred_thousand_empty_formatted_rows() {
    let folder = empty_folder("空行");
    let path = write(&folder, "报送.xlsx", with_formatted_rows(100_100));
    let begin = Instant::now();
    let run = check(&[&path, REST], &[]).exits(1);
    let taken = begin.elapsed();
    // Against unbounded work, not for speed: a shared machine may be slow.
    assert!(taken < Duration::from_secs(60), "{taken:?}");
    run.says(&["PAT-002 专利台账!B4 201929004002.4", "PAT-002 专利台账!B100101 201929004002.4"]);
}

fn with_formatted_rows(to: usize) -> Vec<u8> {
    let source = root().join("fixtures/2020/enterprise-d/报送.xlsx");
    let mut archive = ZipArchive::new(File::open(source).unwrap()).unwrap();
    let mut workbook = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).unwrap();
        let name = member.name().unwrap().into_owned();
        let mut content = String::new();
        member.read_to_string(&mut content).unwrap();
        if name == "xl/worksheets/sheet3.xml" {
            content = pushed_down(&content, to);
        }
        workbook.start_file(name, SimpleFileOptions::default()).unwrap();
        workbook.write_all(content.as_bytes()).unwrap();
    }
    workbook.finish().unwrap().into_inner()
}

/// The sheet with empty rows after its last up to row `to`, and then the fourth row once more.
fn pushed_down(sheet: &str, to: usize) -> String {
    let rows: Vec<&str> = sheet.split_inclusive("</row>").collect();
    let last = rows.len() - 1;
    let mut again = rows[3].replace("<row r=\"4\"", &format!("<row r=\"{}\"", to + 1));
    for column in 'A'..='J' {
        again = again.replace(&format!("\"{column}4\""), &format!("\"{column}{}\"", to + 1));
    }
    let empty: String = (last + 1..=to)
        .map(|n| {
            format!(
                "<row r=\"{n}\"><c r=\"A{n}\" s=\"1\"/><c r=\"B{n}\" s=\"1\"/><c r=\"C{n}\" s=\"1\"/></row>"
            )
        })
        .collect();
    format!("{}{empty}{again}{}", rows[..last].concat(), rows[last])
}
