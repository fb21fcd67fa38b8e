//! Numbers of geographical indications (地理标志): of agricultural products, and of notices that protect a product.
//!
//! The Ministry of Agriculture numbered the technical specification of each product, `AGI2012-02-869`, and its
//! certificate, `AGI00423`. Products are protected by numbered notices: of the quality administration (质检总局)
//! year by year, of the intellectual property administration (国家知识产权局) with or without the year.
//! A mark has its registration number, which is none of these.
//!
//! Full-width forms count as ordinary ones, small letters as capitals; white space does not count.

/// Whether `text` is the number of a technical specification (质量控制技术规范编号).
///
/// The serial number has three or four digits. Which years are possible is not checked: no source says.
pub fn is_agi_number(text: &str) -> bool {
    let plain = plain(text);
    let Some(number) = plain.strip_prefix("AGI") else { return false };
    let parts: Vec<&str> = number.split('-').collect();
    let [year, batch, serial] = *parts else { return false };
    is_year(year)
        && is_digits(batch)
        && batch.len() == 2
        && is_digits(serial)
        && matches!(serial.len(), 3 | 4)
}

/// Whether `text` is the number of a certificate (登记证书编号).
pub fn is_agi_certificate(text: &str) -> bool {
    plain(text).strip_prefix("AGI").is_some_and(|number| is_digits(number) && number.len() == 5)
}

/// Whether `text` is the number of a notice (公告号) that protects a product.
///
/// A notice of the quality administration must name its year; one of the intellectual property administration may.
pub fn is_notice(text: &str) -> bool {
    let plain = plain(text);
    let Some((office, number)) = plain.split_once("公告") else { return false };
    let Some((year, ordinal)) = number.split_once('第') else { return false };
    let dated = year.strip_suffix('年').is_some_and(is_year);
    let office_fits = match office {
        "质检总局" | "国家质检总局" | "国家质量监督检验检疫总局" => dated,
        "国家知识产权局" => year.is_empty() || dated,
        _ => false,
    };
    office_fits && ordinal.strip_suffix('号').is_some_and(is_ordinal)
}

/// A number from 1 to 9999 without leading zeros.
fn is_ordinal(text: &str) -> bool {
    is_digits(text) && (1..=4).contains(&text.len()) && !text.starts_with('0')
}

fn is_year(text: &str) -> bool {
    is_digits(text) && text.len() == 4 && !text.starts_with('0')
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// The characters that count: folded (NFKC), in capitals, without white space and what is pasted along unseen.
fn plain(text: &str) -> String {
    let is_hidden = |c| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let folded = hegui_core::text::fold(text).to_ascii_uppercase();
    folded.chars().filter(|c| !c.is_whitespace() && !is_hidden(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_numbers_of_specifications() {
        let right =
            ["AGI2012-02-869", "AGI2016-01-1794", "ＡＧＩ２０１２－０２－８６９", " agi 2012-02-869\u{200b}"];
        assert!(right.iter().all(|text| is_agi_number(text)));
        for wrong in [
            "",
            "AGI",
            "AGI00423",
            "2012-02-869",
            "AGI+012-02-869",
            "AGI12-02-869",
            "AGI2012-2-869",
            "AGI2012-002-869",
            "AGI2012-02-86",
            "AGI2012-02-86900",
            "AGI2012-02-869-1",
            "AGI2012-02",
            "AGI2012--869",
            "AGI201202869",
            "AGI2012-二-869",
        ] {
            assert!(!is_agi_number(wrong), "{wrong}");
        }
    }

    #[test]
    fn knows_numbers_of_certificates() {
        let right = ["AGI00423", "ＡＧＩ０１４５９", "agi 01459"];
        assert!(right.iter().all(|text| is_agi_certificate(text)));
        for wrong in ["", "AGI", "00423", "AGI0423", "AGI000423", "AGI0042X", "AGI2012-02-869", "AGI零零"] {
            assert!(!is_agi_certificate(wrong), "{wrong}");
        }
    }

    #[test]
    fn knows_numbers_of_notices() {
        for right in [
            "质检总局公告2012年第111号",
            "国家质检总局公告 ２０１４年 第39号",
            "国家质量监督检验检疫总局公告2006年第5号",
            "国家知识产权局公告第475号",
            "国家知识产权局公告 第４７５号",
            "国家知识产权局公告2020年第393号",
        ] {
            assert!(is_notice(right), "{right}");
        }
        for wrong in [
            "",
            "公告",
            "第111号",
            "质检总局",
            "质检总局公告",
            "质检总局公告第111号",
            "质检总局公告2012第111号",
            "质检总局公告12年第111号",
            "质检总局公告2012年第号",
            "质检总局公告2012年第0号",
            "质检总局公告2012年第11111号",
            "质检总局公告2012年第一号",
            "质检总局公告2012年第111号(附件)",
            "国家知识产权局公告475号",
            "国家知识产权局第475号公告",
            "农业部公告第1813号",
        ] {
            assert!(!is_notice(wrong), "{wrong}");
        }
    }
}
