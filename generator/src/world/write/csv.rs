//! A folder with `header.toml` and one CSV file a table.

use encoding_rs::GB18030;
use toml::Table;

use super::super::document::Document;
use super::super::manifest::Manifest;
use super::super::story::{Encoding, Lines, Names, Story};
use super::{File, cell_text};

pub(super) fn files(story: &Story, document: &Document, manifest: &Manifest) -> Result<Vec<File>, String> {
    let header = super::toml::header(document, manifest, Names::Keys);
    let mut files = vec![File { path: "报送/header.toml".to_string(), bytes: header.into_bytes() }];
    for table in manifest.ordered(&document.tables) {
        let text = text(table, &document.tables[table], manifest, story)?;
        let name = manifest.table_name(table, story.names);
        files.push(File { path: format!("报送/{name}.csv"), bytes: encoded(&text, story)? });
    }
    Ok(files)
}

fn text(table: &str, records: &[Table], manifest: &Manifest, story: &Story) -> Result<String, String> {
    let end = match story.lines {
        Lines::Lf => "\n",
        Lines::Crlf => "\r\n",
    };
    let columns = manifest.columns(table, records, story.names);
    let headings: Vec<String> = columns.iter().map(|column| quoted(&column.heading)).collect();
    let mut text = headings.join(",") + end;
    for record in records {
        let cells = columns.iter().map(|column| match column.value(record) {
            Some(value) => cell_text(value).map(|text| quoted(&text)),
            None => Ok(String::new()),
        });
        text += &cells.collect::<Result<Vec<_>, _>>()?.join(",");
        text += end;
    }
    Ok(text)
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_string()
    }
}

fn encoded(text: &str, story: &Story) -> Result<Vec<u8>, String> {
    match story.encoding {
        Encoding::Utf8 => Ok(text.as_bytes().to_vec()),
        Encoding::Utf8Bom => Ok(format!("\u{feff}{text}").into_bytes()),
        Encoding::Gb18030 => {
            let (bytes, _, unmappable) = GB18030.encode(text);
            if unmappable { Err("not in GB18030".to_string()) } else { Ok(bytes.into_owned()) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_separators_are_quoted() {
        assert_eq!(quoted("甲,\"乙\""), "\"甲,\"\"乙\"\"\"");
        assert_eq!(quoted("甲;乙"), "甲;乙");
    }
}
