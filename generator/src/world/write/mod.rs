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
