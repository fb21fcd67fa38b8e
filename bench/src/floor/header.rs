//! What the checks need of the header, read from the lines of `header.toml`.

use super::columns::ReadError;
use super::day::{self, ABSENT, Day};

/// The days of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The last day of the period reported on.
    pub(super) period_end: Day,
    /// The day the ledger describes.
    pub(super) cut_off: Day,
}

impl Header {
    /// Reads `header.toml`, in which every value stands on a line of its own.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let day = |wanted: &'static str| {
            let mut lines = text.lines().filter_map(|line| line.split_once('='));
            let (_, value) = lines.find(|(key, _)| key.trim() == wanted).ok_or(ReadError::NoField(wanted))?;
            day::parse(value.as_bytes()).filter(|day| *day != ABSENT).ok_or(ReadError::NoField(wanted))
        };
        Ok(Self { period_end: day("period_end")?, cut_off: day("as_of_date")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_days() {
        let header =
            Header::parse("revision = 1\nperiod_end = 2020-12-31\nas_of_date = 2020-12-30\n").unwrap();
        assert_eq!(header, Header { period_end: 20_201_231, cut_off: 20_201_230 });
        assert!(Header::parse("period_end = 2020-12-31").is_err());
    }
}
