//! A story: which form a package takes, and what is wrong in it.
//!
//! ```toml
//! form     = "csv"        # "xlsx", "csv", "json" or "toml"
//! names    = "labels"     # or "keys"; of tables and fields
//! encoding = "gb18030"    # of CSV: "utf-8" (default), "utf-8-bom" or "gb18030"
//! lines    = "crlf"       # of CSV: "lf" (default) or "crlf"
//! of       = "2022/province"   # a variant of another submission; without it the story's own group and name
//!
//! [[edit]]                # in the header
//! header = { reviewed_by = "示例甲" }
//!
//! [[edit]]                # in a record, by its number from 0 or by what stands in it
//! table = "indicators"
//! where = { code = "IND-P01" }
//! set   = { value = 12 }
//! clear = ["note"]
//! ```
//!
//! Besides `set` and `clear` there are `remove = true` (the record, or without `row` and `where` the whole table),
//! `append = true` (a new record of what `set` says) and `copy = true` (a copy of the record, changed, at the end).
//! Edits are made in order. A part of an object is set by an object that holds only this part. A story without edits
//! is a clean submission.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Table, Value};

use super::document::Document;

/// A story as it stands in its file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Story {
    pub(crate) form: Form,
    #[serde(default)]
    pub(crate) names: Names,
    #[serde(default)]
    pub(crate) encoding: Encoding,
    #[serde(default)]
    pub(crate) lines: Lines,
    /// The submission that is told of, as `<year>/<slug>`, where it is not the story's own.
    pub(crate) of: Option<String>,
    #[serde(default, rename = "edit")]
    edits: Vec<Edit>,
}

/// The form of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Form {
    Xlsx,
    Csv,
    Json,
    Toml,
}

/// What tables and fields are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Names {
    /// By their Chinese names.
    Labels,
    #[default]
    Keys,
}

/// The encoding of CSV files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub(crate) enum Encoding {
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "utf-8-bom")]
    Utf8Bom,
    #[serde(rename = "gb18030")]
    Gb18030,
}

/// The line ends of CSV files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Lines {
    #[default]
    Lf,
    Crlf,
}

/// One change of a clean submission.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Edit {
    header: Table,
    table: Option<String>,
    row: Option<usize>,
    r#where: Table,
    append: bool,
    copy: bool,
    remove: bool,
    set: Table,
    clear: Vec<String>,
}

impl Story {
    /// Makes the edits. An edit that finds nothing to change is an error: the fault would be missing from the package.
    pub(crate) fn tell(&self, document: &mut Document) -> Result<(), String> {
        for (at, edit) in self.edits.iter().enumerate() {
            edit.apply(document).map_err(|problem| format!("edit {}: {problem}", at + 1))?;
        }
        Ok(())
    }
}

impl Edit {
    fn apply(&self, document: &mut Document) -> Result<(), String> {
        let Some(table) = &self.table else {
            merge(&mut document.header, &self.header);
            return clear(&mut document.header, &self.clear);
        };
        if self.append {
            document.push(table, self.set.clone());
            return Ok(());
        }
        if self.remove && self.row.is_none() && self.r#where.is_empty() {
            return document.tables.remove(table).map(drop).ok_or(format!("there is no table {table}"));
        }
        let at = self.position(table, &document.tables)?;
        let records = document.tables.entry(table.clone()).or_default();
        if self.remove {
            records.remove(at);
            return Ok(());
        }
        let at = if self.copy {
            records.push(records[at].clone());
            records.len() - 1
        } else {
            at
        };
        merge(&mut records[at], &self.set);
        clear(&mut records[at], &self.clear)
    }

    /// The number of the record meant.
    fn position(&self, table: &str, tables: &BTreeMap<String, Vec<Table>>) -> Result<usize, String> {
        let records = tables.get(table).ok_or(format!("there is no table {table}"))?;
        if let Some(row) = self.row {
            return if row < records.len() { Ok(row) } else { Err(format!("{table} has no record {row}")) };
        }
        if self.r#where.is_empty() {
            return Err("an edit of a table needs row, where, append or remove".to_string());
        }
        let matches = |record: &Table| self.r#where.iter().all(|(key, value)| record.get(key) == Some(value));
        records.iter().position(matches).ok_or(format!("{table} has no record where {}", self.r#where))
    }
}

/// Sets the values of `changes`; objects are changed part by part.
fn merge(record: &mut Table, changes: &Table) {
    for (key, value) in changes {
        match (record.get_mut(key), value) {
            (Some(Value::Table(parts)), Value::Table(changes)) => merge(parts, changes),
            _ => {
                record.insert(key.clone(), value.clone());
            }
        }
    }
}

fn clear(record: &mut Table, keys: &[String]) -> Result<(), String> {
    for key in keys {
        record.remove(key).ok_or(format!("there is no {key} to clear"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        let mut document = Document::default();
        document.push("pledges", toml::from_str("registration_no = \"1\"\namount_wan = 3").unwrap());
        document.push("pledges", toml::from_str("registration_no = \"2\"\namount_wan = 4").unwrap());
        document
    }

    fn told(edits: &str) -> Result<Document, String> {
        let story: Story = toml::from_str(&format!("form = \"json\"\n{edits}")).unwrap();
        let mut document = document();
        story.tell(&mut document).map(|()| document)
    }

    #[test]
    fn records_are_found_by_number_and_by_content() {
        let document = told(
            "[[edit]]\ntable = \"pledges\"\nwhere = { registration_no = \"2\" }\nset = { amount_wan = 9 }\n\
             [[edit]]\ntable = \"pledges\"\nrow = 0\nremove = true",
        )
        .unwrap();
        assert_eq!(document.tables["pledges"].len(), 1);
        assert_eq!(document.tables["pledges"][0]["amount_wan"].as_integer(), Some(9));
    }

    #[test]
    fn a_copy_goes_to_the_end() {
        let document = told("[[edit]]\ntable = \"pledges\"\nrow = 0\ncopy = true\nset = { amount_wan = 5 }");
        assert_eq!(document.unwrap().tables["pledges"][2]["registration_no"].as_str(), Some("1"));
    }

    #[test]
    fn an_edit_that_finds_nothing_is_refused() {
        assert!(told("[[edit]]\ntable = \"pledges\"\nrow = 7\nset = { amount_wan = 5 }").is_err());
        assert!(told("[[edit]]\ntable = \"rd\"\nrow = 0\nset = { staff = 5 }").is_err());
        assert!(told("[[edit]]\ntable = \"pledges\"\nrow = 0\nclear = [\"end\"]").is_err());
    }
}
