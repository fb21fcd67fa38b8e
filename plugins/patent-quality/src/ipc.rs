//! Symbols of the International Patent Classification (IPC) as WIPO ST.8 writes them: `H01S 3/00`.
//!
//! A symbol is a section (A to H), a class (two digits), a subclass (a letter) and, if it goes so far, a main
//! group (one to four digits), a slash and a subgroup (two to six digits). Whether a subclass exists depends
//! on the edition: the list here is the one of [`EDITION`], codes only.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// The edition of the IPC whose subclasses [`IpcSymbol::subclass_exists`] knows.
pub const EDITION: &str = "2023.01";

/// A well-formed symbol; its subclass need not exist.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IpcSymbol {
    /// Section, class and subclass: `H01S`.
    subclass: String,
    /// Main group without leading zeros, and subgroup as written.
    group: Option<(u16, String)>,
}

/// The first part of a text that keeps it from being a symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IpcProblem {
    /// There is no text.
    Empty,
    /// The section is not a letter from A to H.
    Section,
    /// The class is not two digits.
    Class,
    /// The subclass is not a letter.
    Subclass,
    /// The main group is not a number from 1 to 9999, or no slash follows it.
    MainGroup,
    /// The subgroup is not two to six digits, or something follows it.
    Subgroup,
}

/// Reads `text` as one symbol. Full-width forms count as ordinary ones, small letters as capitals.
///
/// White space is allowed only between subclass and main group, where ST.8 pads with it.
pub fn parse(text: &str) -> Result<IpcSymbol, IpcProblem> {
    // Folding leaves ordinary letters and digits as they are.
    let folded: Cow<'_, str> =
        if text.is_ascii() { text.into() } else { text.nfkc().collect::<String>().into() };
    let folded = folded.trim().to_ascii_uppercase();
    let mut chars = folded.chars();
    let mut next = |problem, fits: fn(char) -> bool| chars.next().filter(|c| fits(*c)).ok_or(problem);

    if folded.is_empty() {
        return Err(IpcProblem::Empty);
    }
    let subclass = [
        next(IpcProblem::Section, |c| matches!(c, 'A'..='H'))?,
        next(IpcProblem::Class, |c| c.is_ascii_digit())?,
        next(IpcProblem::Class, |c| c.is_ascii_digit())?,
        next(IpcProblem::Subclass, |c| c.is_ascii_uppercase())?,
    ];
    let group = match chars.as_str().trim_start() {
        "" => None,
        rest => Some(parse_group(rest)?),
    };
    Ok(IpcSymbol { subclass: subclass.iter().collect(), group })
}

impl IpcSymbol {
    /// Section, class and subclass: `H01S`.
    pub fn subclass(&self) -> &str {
        &self.subclass
    }

    /// Main group and subgroup, if given: 3 and `00`.
    pub fn group(&self) -> Option<(u16, &str)> {
        self.group.as_ref().map(|(main, sub)| (*main, sub.as_str()))
    }

    /// Whether [`EDITION`] has the subclass. If not, it may still belong to another edition.
    pub fn subclass_exists(&self) -> bool {
        SUBCLASSES.contains(self.subclass.as_str())
    }

    /// The symbol as it is usually printed: `H01S 3/00`.
    pub fn normalised(&self) -> String {
        match &self.group {
            Some((main, sub)) => format!("{} {main}/{sub}", self.subclass),
            None => self.subclass.clone(),
        }
    }
}

/// The subclasses of the edition, below the line that names the source and the heading.
static SUBCLASSES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| include_str!("../data/ipc_subclasses.csv").lines().skip(2).map(str::trim).collect());

/// Reads `3/00`.
fn parse_group(text: &str) -> Result<(u16, String), IpcProblem> {
    let (main, sub) = text.split_once('/').ok_or(IpcProblem::MainGroup)?;
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !digits(main) || main.len() > 4 {
        return Err(IpcProblem::MainGroup);
    }
    if !digits(sub) || !(2..=6).contains(&sub.len()) {
        return Err(IpcProblem::Subgroup);
    }
    match main.parse() {
        Ok(number) if number > 0 => Ok((number, sub.to_owned())),
        _ => Err(IpcProblem::MainGroup),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VECTORS: &str = include_str!("../vectors/ipc.csv");

    #[test]
    fn judges_every_vector() {
        for row in csv::Reader::from_reader(VECTORS.as_bytes()).records() {
            let row = row.unwrap();
            let exists = parse(&row[1]).is_ok_and(|symbol| symbol.subclass_exists());
            assert_eq!(exists, &row[2] == "VALID", "{row:?}");
        }
    }

    #[test]
    fn reads_other_writings() {
        for text in ["Ｈ０１Ｓ　３／００", "h01s3/00", "H01S   3/00", " H01S0003/00 "] {
            assert_eq!(parse(text).unwrap().normalised(), "H01S 3/00", "{text}");
        }
        let symbol = parse("A61K").unwrap();
        assert_eq!((symbol.subclass(), symbol.group()), ("A61K", None));
    }

    #[test]
    fn names_the_part_at_fault() {
        use IpcProblem::{Class, Empty, MainGroup, Section, Subclass, Subgroup};
        let cases = [
            (" ", Empty),
            ("I01S 3/00", Section),
            ("A1B 1/00", Class),
            ("A01", Subclass),
            ("A01B 1", MainGroup),
            ("A01B 0/00", MainGroup),
            ("A01B 12345/00", MainGroup),
            ("A01B /00", MainGroup),
            ("A01B 1/0", Subgroup),
            ("A01B 1/00 (2006.01)", Subgroup),
        ];
        for (text, problem) in cases {
            assert_eq!(parse(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn knows_the_subclasses_of_the_edition() {
        assert_eq!(SUBCLASSES.len(), 651);
        assert!(SUBCLASSES.iter().all(|code| parse(code).is_ok()));
        assert!(include_str!("../data/ipc_subclasses.csv").lines().next().unwrap().contains(EDITION));
        assert!(!parse("A01X").unwrap().subclass_exists());
    }
}
