//! Examples as sheets of cells, with the names a clerk knows.

use hegui_core::rule::{Example, ExampleResult, Rule};
use hegui_core::rulebook::Rulebook;
use hegui_core::schema::{Field, find_field};
use hegui_core::text::{Lang, Text};
use serde::Serialize;
use toml::{Table, Value};

/// One example: what is submitted, and what the rule says of it.
#[derive(Debug, Clone, Serialize)]
pub struct ExamplePage {
    /// Its number in the rule, counted from 1.
    pub number: usize,
    /// What it shows; may be blank.
    pub note: String,
    /// The key of its outcome.
    pub outcome: &'static str,
    /// The word for its outcome.
    pub outcome_label: String,
    /// What is submitted.
    pub sheets: Vec<Sheet>,
    /// What the rule says.
    pub says: Vec<String>,
}

/// Some cells: with a heading over each column, or, where there is but one record, in pairs of name and value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Whose cells they are.
    pub title: String,
    /// The headings; none for pairs.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// The examples of a rule, run, with what it says of each.
pub(super) fn of(book: &Rulebook, rule: &Rule, lang: Lang) -> Vec<ExamplePage> {
    let results = book.run_examples_of(rule);
    rule.examples.iter().zip(&results).map(|(example, result)| page(book, rule, example, result, lang)).collect()
}

fn page(book: &Rulebook, rule: &Rule, example: &Example, result: &ExampleResult, lang: Lang) -> ExamplePage {
    let sheets = Sheets { book, rule, lang };
    ExamplePage {
        number: result.number,
        note: example.note.clone(),
        outcome: example.outcome.key(),
        outcome_label: example.outcome.label().get(lang).to_string(),
        sheets: sheets.of(&example.written),
        says: result.says.iter().map(|text| text.get(lang).to_string()).collect(),
    }
}

struct Sheets<'a> {
    book: &'a Rulebook,
    rule: &'a Rule,
    lang: Lang,
}

impl Sheets<'_> {
    fn say(&self, zh: &str, en: &str) -> String {
        Text::new(zh, en).get(self.lang).to_string()
    }

    fn of(&self, written: &Table) -> Vec<Sheet> {
        let mut sheets = self.submission("", written);
        if let Some(previous) = written.get("previous").and_then(Value::as_table) {
            sheets.extend(self.submission(&self.say("上年 · ", "last year · "), previous));
        }
        let others = written.get("submissions").and_then(Value::as_array);
        for (at, one) in others.into_iter().flatten().filter_map(Value::as_table).enumerate() {
            let number = at + 1;
            let whose = Text::new(format!("第 {number} 份 · "), format!("submission {number} · "));
            sheets.extend(self.submission(whose.get(self.lang), one));
        }
        if let Some(params) = written.get("params").and_then(Value::as_table) {
            let label = |name: &str| {
                let known = &self.book.schema.parameters;
                let declared = known.key(name).and_then(|key| known.declaration(key));
                declared.map_or_else(|| name.to_string(), |one| one.label.get(self.lang).to_string())
            };
            let rows = params.iter().map(|(name, value)| vec![label(name), self.cell(value, &[])]).collect();
            let title = self.say("参数（只在这个例子里）", "parameters, in this example alone");
            sheets.push(Sheet { title, columns: Vec::new(), rows });
        }
        if let Some(day) = written.get("as_of") {
            let rows = vec![vec![self.say("检查的日期", "day of the check"), self.cell(day, &[])]];
            sheets.push(Sheet { title: String::new(), columns: Vec::new(), rows });
        }
        sheets
    }

    fn submission(&self, whose: &str, written: &Table) -> Vec<Sheet> {
        let schema = &self.book.schema;
        let mut sheets = Vec::new();
        if let Some(header) = written.get("header").and_then(Value::as_table) {
            let title = format!("{whose}{}", self.say("报送信息", "header"));
            sheets.push(self.pairs(title, header, &schema.header));
        }
        if let (Some(record), Some(table)) = (written.get("record").and_then(Value::as_table), self.rule.table) {
            let table = &schema.tables[table];
            let title = format!("{whose}{}", table.label.get(self.lang));
            sheets.push(self.pairs(title, record, &table.fields));
        }
        let tables = written.get("tables").and_then(Value::as_table);
        for (name, records) in tables.into_iter().flatten() {
            let Some(table) = schema.table(name).map(|at| &schema.tables[at]) else { continue };
            let records: Vec<&Table> =
                records.as_array().into_iter().flatten().filter_map(Value::as_table).collect();
            let title = format!("{whose}{}", table.label.get(self.lang));
            sheets.push(self.grid(title, &records, &table.fields));
        }
        sheets
    }

    fn pairs(&self, title: String, cells: &Table, fields: &[Field]) -> Sheet {
        let row = |(name, value): (&String, &Value)| {
            vec![self.label(name, fields), self.cell(value, parts(name, fields))]
        };
        // In the order of the form, as far as it goes.
        let mut cells: Vec<(&String, &Value)> = cells.iter().collect();
        cells.sort_by_key(|(name, _)| find_field(fields, name).unwrap_or(usize::MAX));
        Sheet { title, columns: Vec::new(), rows: cells.into_iter().map(row).collect() }
    }

    fn grid(&self, title: String, records: &[&Table], fields: &[Field]) -> Sheet {
        let mut names: Vec<&String> = Vec::new();
        for name in records.iter().flat_map(|record| record.keys()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.sort_by_key(|name| find_field(fields, name).unwrap_or(usize::MAX));
        let cell = |record: &Table, name: &String| {
            record.get(name).map(|value| self.cell(value, parts(name, fields))).unwrap_or_default()
        };
        let rows = records.iter().map(|record| names.iter().map(|name| cell(record, name)).collect()).collect();
        Sheet { title, columns: names.iter().map(|name| self.label(name, fields)).collect(), rows }
    }

    fn label(&self, name: &str, fields: &[Field]) -> String {
        let field = find_field(fields, name).map(|at| &fields[at]);
        field.map_or_else(|| name.to_string(), |field| field.label.get(self.lang).to_string())
    }

    fn cell(&self, value: &Value, parts: &[Field]) -> String {
        match value {
            Value::String(text) => text.clone(),
            Value::Boolean(true) => self.say("是", "yes"),
            Value::Boolean(false) => self.say("否", "no"),
            Value::Array(items) => {
                let words: Vec<String> = items.iter().map(|item| self.cell(item, parts)).collect();
                words.join(&self.say("；", "; "))
            }
            Value::Table(fields) => {
                let part = |(name, value): (&String, &Value)| {
                    format!("{} {}", self.label(name, parts), self.cell(value, &[]))
                };
                fields.iter().map(part).collect::<Vec<_>>().join(&self.say("，", ", "))
            }
            other => other.to_string(),
        }
    }
}

fn parts<'a>(name: &str, fields: &'a [Field]) -> &'a [Field] {
    find_field(fields, name).map(|at| fields[at].ty.parts()).unwrap_or_default()
}
