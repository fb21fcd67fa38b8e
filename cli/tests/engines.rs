//! Both ways of running record rules say the same: the shipped rules on every fixture, and on random tables.

#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;

use common::{AS_OF, hegui, root};
use hegui::{Config, load_rulebook};
use hegui_core::engine::{Content, Delivery, Keep, Options, check};
use hegui_core::prove::Way;
use hegui_core::rulebook::Rulebook;
use hegui_core::schema::{Field, FieldType};
use hegui_core::submission::{Intake, Layout, Raw, Submission};
use hegui_core::value::{Date, Decimal};
use hegui_core::verdict::Location;

#[test]
fn both_ways_agree_on_every_fixture() {
    for group in
        ["2019", "2020", "2021", "2022", "2023", "boundaries", "single-faults", "published", "bad-input"]
    {
        let path = format!("fixtures/{group}");
        let run = |engine: &str| {
            let arguments = [&["check", &path, "--format", "json", "--engine", engine], &AS_OF[..]].concat();
            hegui(&root(), &arguments)
        };
        let (proved, interpreted) = (run("proved"), run("interpreted"));
        assert!(proved.out.len() > 1000, "{}", proved.err);
        assert_eq!(proved, interpreted, "{group}");
    }
}

/// Records of each random table, and how many batches of tables.
const RECORDS: u32 = 40;
const BATCHES: u64 = 3;

#[test]
fn both_ways_agree_on_random_tables() {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../hegui.toml");
    let book = load_rulebook(&Config::read(&config).unwrap()).unwrap();
    for batch in 0..BATCHES {
        let run = |way| {
            let deliveries = vec![delivery(&book, &mut Dice(batch + 1))];
            check(
                &book,
                deliveries,
                &Options {
                    as_of: Date::constant(2024, 4, 15),
                    way,
                    keep: Keep::All,
                    memory: None,
                    progress: &|| {},
                },
            )
        };
        let (proved, interpreted) = (run(Way::Prove), run(Way::Interpret));
        assert!(proved.findings.len() > 500, "{}", proved.findings.len());
        assert_eq!(proved, interpreted, "batch {batch}");
    }
}

/// Numbers that look random and are the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % bound
    }
}

/// A submission that holds every table, each full of cells that may or may not fit.
fn delivery(book: &Rulebook, dice: &mut Dice) -> Delivery {
    let schema = &book.schema;
    let mut intake = Intake::new(schema, "package");
    let year = 2019 + dice.below(6);
    let kind = ["province", "city", "county", "enterprise", "park"][dice.below(5)];
    for (key, value) in [
        ("submitter_kind", kind.to_string()),
        ("submitter_code", "620100".to_string()),
        ("region_code", "620100".to_string()),
        ("report_year", year.to_string()),
        ("period_start", format!("{year}-01-01")),
        ("period_end", format!("{year}-12-31")),
        ("as_of_date", format!("{year}-12-31")),
        ("classification_declared", "非密".to_string()),
    ] {
        intake.header_entry(key, &Raw::Text(value.into()), Location::default());
    }
    for table in &schema.tables {
        let layout = Layout::Document { file: String::new(), path: format!("tables.{}", table.key) };
        let Some(mut rows) = intake.open_table(&table.key, layout, Location::default()) else { continue };
        for row in 0..RECORDS {
            let cells: Vec<(String, Raw<'_>)> =
                table.fields.iter().map(|field| (field.key.clone(), cell(field, dice))).collect();
            rows.record(row, &cells);
        }
        intake.close_table(rows);
    }
    let submission: Submission = intake.finish();
    Delivery { package: 1, content: Content::Read { submission, inspected: true } }
}

fn cell(field: &Field, dice: &mut Dice) -> Raw<'static> {
    // A blank or unreadable cell now and then: more would end most rules before they begin.
    match dice.below(24) {
        0 => Raw::Empty,
        1 => Raw::Text("？？".into()),
        _ => value(&field.ty, dice),
    }
}

fn value(ty: &FieldType, dice: &mut Dice) -> Raw<'static> {
    const TEXTS: [&str; 12] = [
        "202110820578.1",
        "ZL201930071397.7",
        "CN118072873B",
        "91620102MA71BTWN11",
        "620100",
        "H01S 3/00",
        "34982786",
        "示例敦煌牌",
        "内部材料",
        "AGI2014-02-1497",
        "示例〔2020〕1号",
        "一种示例装置",
    ];
    match ty {
        FieldType::Text => Raw::Text(TEXTS[dice.below(TEXTS.len())].into()),
        FieldType::Term(terms) => Raw::Text(terms[dice.below(terms.len())].value.clone().into()),
        FieldType::Integer(allowed) if !allowed.is_empty() => {
            Raw::Integer(allowed[dice.below(allowed.len())])
        }
        FieldType::Integer(_) => Raw::Integer([0, 1, -1, 7, 46, i64::MAX, i64::MIN][dice.below(7)]),
        FieldType::Decimal => Raw::Decimal(
            [Decimal::ZERO, Decimal::ONE, Decimal::new(-25, 1), Decimal::MAX, Decimal::new(4999, 2)]
                [dice.below(5)],
        ),
        FieldType::Date => {
            let year = 1985 + i16::try_from(dice.below(40)).unwrap();
            Raw::Date(
                Date::new(
                    year,
                    1 + i8::try_from(dice.below(12)).unwrap(),
                    1 + i8::try_from(dice.below(28)).unwrap(),
                )
                .unwrap(),
            )
        }
        FieldType::Boolean => Raw::Boolean(dice.below(2) == 0),
        FieldType::List(item) => Raw::List((0..dice.below(3)).map(|_| value(item, dice)).collect()),
        FieldType::Object(fields) => {
            Raw::Object(fields.iter().map(|field| (field.key.clone(), value(&field.ty, dice))).collect())
        }
    }
}
