//! Publication and grant numbers (ZC 0007 and ZC 0008-2004).

use super::columns::Kind;
use super::fold::fold;

/// The type that a number belongs to; none where it is malformed, or its first digit and letter disagree.
pub(super) fn kind(text: &[u8], folded: &mut Vec<u8>) -> Option<Kind> {
    let number = fold(text, folded).strip_prefix(b"CN")?;
    let (code, digits) = number.split_last()?;
    let kind = match code {
        b'A' | b'B' | b'C' => Kind::Invention,
        b'U' | b'Y' => Kind::UtilityModel,
        b'S' | b'D' => Kind::Design,
        _ => return None,
    };
    let well_formed = matches!(digits.len(), 7 | 9) && digits.iter().all(u8::is_ascii_digit);
    let first = match digits.first()? {
        b'1' => Kind::Invention,
        b'2' => Kind::UtilityModel,
        b'3' => Kind::Design,
        _ => return None,
    };
    (well_formed && first == kind).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_type() {
        let kind = |text: &str| kind(text.as_bytes(), &mut Vec::new());
        assert_eq!(kind("CN118072873B"), Some(Kind::Invention));
        assert_eq!(kind(" cn ２06844774U"), Some(Kind::UtilityModel));
        assert_eq!(kind("CN3340998D"), Some(Kind::Design));
        for text in
            ["106844774A", "CN106844774", "CN10684477A", "CN206844774A", "CN806844774A", "CN1一6844A", ""]
        {
            assert_eq!(kind(text), None, "{text}");
        }
    }
}
