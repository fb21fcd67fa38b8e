//! Numbers of international applications as the Administrative Instructions under the PCT write them.
//!
//! Section 307 numbers an application: `PCT/SE2004/000001`. Section 404 numbers its publication:
//! `WO 2004/123456`. Both have had a year of four digits and a serial number of six since 2004. Older numbers
//! are read if they are written so as well, as registers write them today; `PCT/US03/12345` is not read.

use crate::text;

/// The number of an international application. Made by [`parse_application`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Application {
    /// The two letters of the receiving Office; whether there is such an Office is not known here.
    office: String,
    number: YearAndSerial,
}

/// The number of an international publication. Made by [`parse_publication`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Publication(YearAndSerial);

/// The first part of a text that keeps it from being the number in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PctProblem {
    /// It does not begin with `PCT`, or `WO` for a publication.
    Prefix,
    /// Not two letters stand for the receiving Office.
    Office,
    /// The year is not of four digits.
    Year,
    /// The serial number is not of six digits, or something follows it.
    Serial,
}

/// Reads `text` as the number of an application, with or without slashes: file names cannot have them.
///
/// Full-width forms count as ordinary ones, small letters as capitals; white space does not count.
pub fn parse_application(text: &str) -> Result<Application, PctProblem> {
    let plain = text::plain(text);
    let rest = plain.strip_prefix("PCT").ok_or(PctProblem::Prefix)?;
    let (office, number) = after_slash(rest).split_at_checked(2).ok_or(PctProblem::Office)?;
    if !office.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(PctProblem::Office);
    }
    Ok(Application { office: office.to_owned(), number: parse_number(number)? })
}

/// Reads `text` as the number of a publication, with the same liberties. A kind code is not part of it.
pub fn parse_publication(text: &str) -> Result<Publication, PctProblem> {
    let plain = text::plain(text);
    let number = plain.strip_prefix("WO").ok_or(PctProblem::Prefix)?;
    parse_number(number).map(Publication)
}

impl Application {
    /// The number as section 307 writes it: `PCT/CN2025/079285`.
    pub fn normalised(&self) -> String {
        format!("PCT/{}{}/{}", self.office, self.number.year, self.number.serial)
    }
}

impl Publication {
    /// The number as section 404 writes it: `WO 2004/123456`.
    pub fn normalised(&self) -> String {
        format!("WO {}/{}", self.0.year, self.0.serial)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct YearAndSerial {
    year: u16,
    serial: String,
}

/// Reads `2004/000001`, or `2004000001`.
fn parse_number(text: &str) -> Result<YearAndSerial, PctProblem> {
    let (year, rest) = text.split_at_checked(4).ok_or(PctProblem::Year)?;
    let serial = after_slash(rest);
    match year.parse() {
        Ok(year @ 1000..=9999) if serial.len() == 6 && text::is_digits(serial) => {
            Ok(YearAndSerial { year, serial: serial.to_owned() })
        }
        Ok(1000..=9999) => Err(PctProblem::Serial),
        _ => Err(PctProblem::Year),
    }
}

fn after_slash(text: &str) -> &str {
    text.strip_prefix('/').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_other_writings() {
        for text in [
            "ＰＣＴ／ＣＮ２０２１／０７５８９１",
            "pct/cn2021/075891",
            " PCT / CN 2021 075891",
            "PCTCN2021075891",
        ] {
            assert_eq!(parse_application(text).unwrap().normalised(), "PCT/CN2021/075891", "{text}");
        }
        for text in ["WO2004/123456", "ｗｏ ２００４／１２３４５６", "WO2004123456"] {
            assert_eq!(parse_publication(text).unwrap().normalised(), "WO 2004/123456", "{text}");
        }
    }

    #[test]
    fn names_the_part_at_fault_of_an_application() {
        let cases = [
            ("", PctProblem::Prefix),
            ("WO 2004/123456", PctProblem::Prefix),
            ("PCT", PctProblem::Office),
            ("PCT/2021/075891", PctProblem::Office),
            ("PCT/中国2021/075891", PctProblem::Office),
            ("PCT//CN2021/075891", PctProblem::Office),
            ("PCT/CN", PctProblem::Year),
            ("PCT/CN/2021/075891", PctProblem::Year),
            ("PCT/CN0977/075891", PctProblem::Year),
            ("PCT/CN21年/075891", PctProblem::Year),
            ("PCT/US03/12345", PctProblem::Year),
            ("PCT/CN2021", PctProblem::Serial),
            ("PCT/CN2021/75891", PctProblem::Serial),
            ("PCT/CN2021/0758911", PctProblem::Serial),
            ("PCT/CN2021//075891", PctProblem::Serial),
            ("PCT/CN2021/号号", PctProblem::Serial),
        ];
        for (text, problem) in cases {
            assert_eq!(parse_application(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn names_the_part_at_fault_of_a_publication() {
        let cases = [
            ("PCT/CN2021/075891", PctProblem::Prefix),
            ("WO", PctProblem::Year),
            ("WO/2004/123456", PctProblem::Year),
            ("WO +204/123456", PctProblem::Year),
            ("WO 03/012345", PctProblem::Year),
            ("WO 2004/12345", PctProblem::Serial),
            ("WO 2004/123456 A1", PctProblem::Serial),
        ];
        for (text, problem) in cases {
            assert_eq!(parse_publication(text), Err(problem), "{text}");
        }
    }
}
