//! A submission in each of the four forms.

mod csv;
mod json;
mod toml;
mod workbook;

use ::toml::Value;

use super::document::Document;
use super::manifest::Manifest;
use super::story::{Form, Story};

/// A file of a package: its path within the fixture's folder, and its bytes.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

/// The files of a package in the form that its story asks for.
pub(crate) fn package(story: &Story, document: &Document, manifest: &Manifest) -> Result<Vec<File>, String> {
    let one = |path: &str, bytes: Vec<u8>| vec![File { path: path.to_string(), bytes }];
    Ok(match story.form {
        Form::Csv => csv::files(story, document, manifest)?,
        Form::Json => one("报送.json", json::text(document, manifest, story.names)?.into_bytes()),
        Form::Toml => one("报送.toml", toml::text(document, manifest, story.names).into_bytes()),
        Form::Xlsx => one("报送.xlsx", workbook::bytes(document, manifest, story.names)?),
    })
}

/// The text of a value in a cell: yes and no in Chinese, lists with semicolons.
fn cell_text(value: &Value) -> Result<String, String> {
    Ok(match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(truth) => if *truth { "是" } else { "否" }.to_string(),
        Value::Datetime(date) => date.to_string(),
        Value::Array(items) => items.iter().map(cell_text).collect::<Result<Vec<_>, _>>()?.join(";"),
        Value::Table(_) => return Err("a list of objects needs json or toml".to_string()),
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// A submission with a part of an object, a list, a day, a decimal and an empty table, in a form.
    fn written(form: &str) -> Vec<File> {
        let manifest = Manifest::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../plugins")).unwrap();
        let mut document = Document {
            header: ::toml::from_str("report_year = 2022\nsecrecy_review = { done = true }").unwrap(),
            ..Document::default()
        };
        let gi = "name = \"甲\"\napprove_date = 2012-06-15\norigin_region_codes = [\"620100\", \"620121\"]\n\
                  output_value_wan = 12.5\ndemo_zone = { start = 2020-09-01 }";
        document.push("gi", ::toml::from_str(gi).unwrap());
        document.tables.insert("gi_users".to_string(), Vec::new());
        package(&::toml::from_str(form).unwrap(), &document, &manifest).unwrap()
    }

    fn text(file: &File) -> &str {
        std::str::from_utf8(&file.bytes).unwrap()
    }

    #[test]
    fn csv_has_a_column_a_part_and_keeps_required_columns() {
        let files = written("form = \"csv\"\nnames = \"labels\"");
        assert_eq!(files[1].path, "报送/地理标志表.csv");
        assert_eq!(
            text(&files[1]),
            "产品名称,保护方式,公告号/注册号/登记号,批准日,产地范围,申请人/注册人,年产值,示范区.建设起\n\
             甲,,,2012-06-15,620100;620121,,12.5,2020-09-01\n"
        );
        assert_eq!(text(&files[2]), "产品,名称,统一社会信用代码,核准文号,核准日\n");
    }

    #[test]
    fn json_has_a_record_a_line() {
        let files = written("form = \"json\"");
        assert!(text(&files[0]).contains(
            "      { \"name\": \"甲\", \"approve_date\": \"2012-06-15\", \
             \"origin_region_codes\": [\"620100\", \"620121\"], \"output_value_wan\": 12.5, \
             \"demo_zone\": { \"start\": \"2020-09-01\" } }\n"
        ));
        assert!(text(&files[0]).contains("    \"gi_users\": []\n"));
    }

    #[test]
    fn toml_reads_back() {
        let files = written("form = \"toml\"\nnames = \"labels\"");
        let back: ::toml::Table = ::toml::from_str(text(&files[0])).unwrap();
        assert_eq!(back["header"]["报告年度"].as_integer(), Some(2022));
        assert_eq!(back["tables"]["地理标志表"][0]["示范区"]["start"].to_string(), "2020-09-01");
        assert_eq!(back["tables"]["地理标志专用标志使用人"].as_array().map(Vec::len), Some(0));
    }
}
