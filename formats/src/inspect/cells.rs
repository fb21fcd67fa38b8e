//! Which part is which sheet, and which cells show a shared text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use hegui_core::verdict::RuleId;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::encoding::readings;
use super::eye::{Eye, Seen};
use super::place::Place;
use super::xml::PartKind;

/// How many cells are named for one shared text.
const MAX_CELLS: usize = 8;

/// The sheets of a workbook in the order of their tabs.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    /// The parts' names in lower case.
    parts: Vec<String>,
}

impl Sheets {
    /// What a member of this name is.
    pub(super) fn kind(&self, name: &str) -> PartKind {
        let file = name.rsplit('/').next().unwrap_or(name);
        if !name.ends_with(".xml") {
            PartKind::Other
        } else if let Some(at) = self.parts.iter().position(|part| part == name) {
            PartKind::Sheet(at + 1)
        } else if name.contains("worksheets/") {
            let digits: String = file.chars().filter(char::is_ascii_digit).take(6).collect();
            PartKind::Sheet(digits.parse().unwrap_or(0))
        } else if file == "sharedstrings.xml" {
            PartKind::SharedTexts
        } else if name.contains("comment") {
            PartKind::Notes
        } else if name.starts_with("docprops/") {
            PartKind::Properties
        } else if file == "workbook.xml" {
            PartKind::Workbook
        } else {
            PartKind::Other
        }
    }
}

/// Reads the order of sheets, as far as it can be read; without it sheets are numbered by their parts' names.
pub(super) fn sheet_order(archive: &mut Archive<'_>, unfolded: &mut u64) -> Sheets {
    let mut text = |wanted: &str| {
        let at = (0..archive.len()).find(|at| archive.name(*at) == wanted)?;
        let bytes = archive.member(at, unfolded).ok()?;
        readings(&bytes).next().map(Cow::into_owned)
    };
    let (Some(workbook), Some(relations)) = (text("xl/workbook.xml"), text("xl/_rels/workbook.xml.rels"))
    else {
        return Sheets::default();
    };
    let mut targets = BTreeMap::new();
    each_element(&relations, |tag| {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            let target = target.to_lowercase();
            let whole = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_string(),
                None => format!("xl/{target}"),
            };
            targets.insert(id, whole);
        }
    });
    let mut parts = Vec::new();
    each_element(&workbook, |tag| {
        if tag.local_name().as_ref() == "sheet" {
            let target =
                attribute(tag, "r:id").or_else(|| attribute(tag, "id")).and_then(|id| targets.get(&id));
            parts.push(target.cloned().unwrap_or_default());
        }
    });
    Sheets { parts }
}

/// Puts the cells that show a shared text in the place of its number.
pub(super) fn name_shared_texts(eye: &mut Eye<'_>, since: usize, archive: &mut Archive<'_>, sheets: &Sheets) {
    let within = eye.within.clone();
    let mut wanted: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    for seen in eye.since(since).iter().filter(|seen| seen.within == within) {
        if let Place::SharedText(number) = seen.place {
            wanted.insert(number, Vec::new());
        }
    }
    if wanted.is_empty() {
        return;
    }
    // What was unfolded once may be unfolded again.
    let mut unfolded = 0;
    for at in 0..archive.len() {
        let PartKind::Sheet(sheet) = sheets.kind(&archive.name(at)) else { continue };
        if let Ok(bytes) = archive.member(at, &mut unfolded) {
            find_cells(sheet, &readings(&bytes).next().unwrap_or_default(), &mut wanted);
        }
    }
    let mut more: Vec<(Seen, Place)> = Vec::new();
    for seen in eye.since(since).iter_mut().filter(|seen| seen.within == within) {
        let Place::SharedText(number) = seen.place else { continue };
        if let Some([first, others @ ..]) = wanted.get(&number).map(Vec::as_slice) {
            more.extend(others.iter().map(|place| (seen.clone(), place.clone())));
            seen.place = first.clone();
        }
    }
    for (seen, place) in more {
        let rule: RuleId = seen.rule;
        let hit = hegui_core::gate::Hit {
            rule,
            offset: seen.offset.unwrap_or_default(),
            length: seen.length.unwrap_or_default(),
        };
        eye.keep(hit, place);
    }
}

fn find_cells(sheet: usize, xml: &str, wanted: &mut BTreeMap<usize, Vec<Place>>) {
    let mut reader = Reader::from_str(xml);
    let (mut name, mut shared, mut value) = (String::new(), false, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "c" => {
                    shared = attribute(&tag, "t").is_some_and(|kind| kind == "s");
                    name = attribute(&tag, "r").unwrap_or_default();
                }
                element => value = element == "v",
            },
            Ok(Event::Text(text)) if shared && value => {
                let number = text.trim().parse::<usize>().ok().and_then(|index| index.checked_add(1));
                if let Some(places) = number.and_then(|number| wanted.get_mut(&number))
                    && places.len() < MAX_CELLS
                {
                    places.push(Place::cell(sheet, &name));
                }
            }
            Ok(Event::End(_)) => value = false,
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn each_element(xml: &str, mut see: impl FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => see(&tag),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .filter_map(Result::ok)
        .find(|found| found.key.as_ref() == name)
        .map(|found| found.value.to_string())
}
