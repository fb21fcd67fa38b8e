//! Held packages: numbers by which the office finds the place, and what to do. No word of the package.

use std::io;

use hegui_core::gate::HeldReason;
use hegui_core::text::Lang;
use hegui_core::verdict::{Finding, Severity, Verdicts};

use super::page::{Ink, Page, Piece};
use super::words::say;
use crate::write::book::{Book, package_number};

/// A held package and why it is held: by the gate, or by a rule with severity stop.
pub(super) struct Package<'a> {
    number: Option<usize>,
    reasons: &'a [HeldReason],
    stops: Vec<&'a Finding>,
}

/// The held packages by number.
pub(super) fn packages(verdicts: &Verdicts) -> Vec<Package<'_>> {
    let mut packages: Vec<Package<'_>> = verdicts
        .submissions
        .iter()
        .filter(|verdict| verdict.held)
        .map(|verdict| Package {
            number: package_number(verdict),
            reasons: &verdict.hold,
            stops: verdicts
                .findings
                .iter()
                .filter(|finding| finding.submission.as_ref() == Some(&verdict.id))
                .filter(|finding| verdict.gate_reasons().all(|reason| reason.rule != finding.rule))
                .collect(),
        })
        .collect();
    packages.sort_by_key(|package| package.number.unwrap_or(usize::MAX));
    packages
}

/// Writes the held packages.
pub(super) fn write(
    page: &mut Page<'_>,
    book: &Book<'_>,
    lang: Lang,
    packages: &[Package<'_>],
) -> io::Result<()> {
    page.blank()?;
    page.across()?;
    for package in packages {
        let number = match (package.number, lang) {
            (Some(n), Lang::Zh) => format!("第 {n} 个报送包（按路径排序）"),
            (Some(n), Lang::En) => format!("package {n}, counted by path"),
            (None, Lang::Zh) => "一个报送包".to_string(),
            (None, Lang::En) => "a package".to_string(),
        };
        let words = format!("{}{number}", say(lang, "封存：", "Held: "));
        page.paragraph(0, Ink::Grave(Severity::Stop), &words)?;
        files(page, lang, package.reasons)?;
        for finding in &package.stops {
            page.flow(2, &stop(lang, finding))?;
            if let Some(title) = book.rules.get(&finding.rule) {
                page.labelled(4, say(lang, "不符合", "breaks"), Ink::Plain, title.title.get(lang))?;
            }
        }
        page.blank()?;
    }
    let reasons = || packages.iter().flat_map(|package| package.reasons);
    let advice = say(
        lang,
        "按保密规定处理，不要转发；由保密员按 SHA-256 核对文件。",
        "Handle under the secrecy rules; do not forward. The secrecy officer finds the file by its SHA-256.",
    );
    page.paragraph(0, Ink::Strong, advice)?;
    if reasons().any(|reason| reason.why.is_some()) {
        let advice = say(
            lang,
            "无法检查的，请报送单位去掉密码、另存为完好的 .xlsx 再报；附件只登记，不放进报送包。",
            "Of what cannot be inspected, ask the submitter for a sound .xlsx without a password; attachments are \
             listed, not handed in.",
        );
        page.paragraph(0, Ink::Strong, advice)?;
    }
    Ok(())
}

/// The files by which the office finds the package, and what the gate stopped at in each.
fn files(page: &mut Page<'_>, lang: Lang, reasons: &[HeldReason]) -> io::Result<()> {
    let mut file = None;
    for reason in reasons {
        if file.replace(reason.file) != Some(reason.file) {
            let words = match lang {
                Lang::Zh => format!("第 {} 个文件", reason.file),
                Lang::En => format!("file {}", reason.file),
            };
            page.line(2, &[(Ink::Plain, words)])?;
            // Never broken, so that it can be copied.
            page.line(4, &[(Ink::Faint, "SHA-256  ".to_string()), (Ink::Plain, reason.sha256.clone())])?;
        }
        // What a rule stopped at stands below, with its record and field.
        if !reason.is_by_gate() {
            continue;
        }
        let mut pieces: Vec<Piece> = vec![(Ink::Strong, reason.rule.to_string())];
        let mut push = |label: &str, value: String| pieces.push((Ink::Plain, format!("{label} {value}")));
        push(say(lang, "位置", "place"), reason.place.get(lang).to_string());
        if let Some(offset) = reason.offset {
            push(say(lang, "偏移", "offset"), offset.to_string());
        }
        if let Some(length) = reason.length {
            push(say(lang, "长度", "length"), length.to_string());
        }
        page.flow(4, &pieces)?;
        if let Some(why) = &reason.why {
            page.labelled(6, say(lang, "原因", "why"), Ink::Plain, why.get(lang))?;
        }
    }
    Ok(())
}

/// Rule and place of a stop rule's finding; by now only numbers and the schema's words are left of it.
fn stop(lang: Lang, finding: &Finding) -> Vec<Piece> {
    let place = &finding.location;
    let mut pieces = vec![(Ink::Strong, finding.rule.to_string())];
    let parts = [
        (say(lang, "表", "table"), place.table.clone()),
        (say(lang, "记录", "record"), place.record.map(|n| n.to_string())),
        (say(lang, "字段", "field"), place.field.clone()),
        (say(lang, "单元格", "cell"), place.cell.clone()),
        (say(lang, "行", "line"), place.line.map(|n| n.to_string())),
        (say(lang, "列", "column"), place.column.map(|n| n.to_string())),
    ];
    for (label, value) in parts {
        if let Some(value) = value {
            pieces.push((Ink::Plain, format!("{label} {value}")));
        }
    }
    pieces
}
