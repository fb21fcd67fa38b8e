//! The whole report over the shared sample, in both languages and at several widths.

use hegui_core::diagnostic::Style;
use hegui_core::text::{Lang, Text};
use hegui_core::verdict::{Excerpt, RuleId, Verdicts};

use super::super::{Detail, Options, sample};
use super::{text, write};

fn render(verdicts: &Verdicts, options: Options) -> String {
    let agreement = sample::agreement();
    let mut out = Vec::new();
    write(&mut out, verdicts, &sample::book(&agreement), &options).unwrap();
    String::from_utf8(out).unwrap()
}

fn sample_report(options: Options) -> String {
    render(&sample::verdicts(), options)
}

#[test]
fn writes_the_sample_in_chinese() {
    let text = sample_report(Options::default());
    sample::assert_snapshot("terminal_zh", "the sample verdicts at width 100", &text);
}

#[test]
fn writes_the_sample_in_english() {
    let text = sample_report(Options { lang: Lang::En, ..Options::default() });
    sample::assert_snapshot("terminal_en", "the sample verdicts at width 100", &text);
}

#[test]
fn writes_the_sample_narrowly() {
    let text =
        sample_report(Options { width: 60, max_findings: 1, detail: Detail::Full, ..Options::default() });
    sample::assert_snapshot(
        "terminal_narrow",
        "the sample verdicts at width 60, one finding a rule, in full",
        &text,
    );
}

#[test]
fn writes_the_sample_in_colour() {
    let text = sample_report(Options { style: Style::Coloured, ..Options::default() });
    // A file with escapes hides what they do.
    let text = text.replace('\u{1b}', "^");
    sample::assert_snapshot("terminal_colour", "the sample verdicts with colours, ESC shown as ^", &text);
}

#[test]
fn writes_the_sample_briefly() {
    let text = sample_report(Options { detail: Detail::Brief, ..Options::default() });
    sample::assert_snapshot("terminal_brief", "the sample verdicts, counts only", &text);
}

#[test]
fn no_line_is_wider_than_the_page() {
    for width in [60, 80, 100, 120] {
        for lang in [Lang::Zh, Lang::En] {
            for line in sample_report(Options { lang, width, ..Options::default() }).lines() {
                // A digest is never broken, so that it can be copied.
                assert!(text::width(line) <= width || line.contains("SHA-256"), "{width}: {line}");
            }
        }
    }
}

#[test]
fn colour_changes_no_word() {
    let plain = sample_report(Options::default());
    let coloured = sample_report(Options { style: Style::Coloured, ..Options::default() });
    let mut bare = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        bare.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    bare.push_str(rest);
    let without_arrows: Vec<&str> = plain.lines().filter(|line| line.trim() != "▲").collect();
    assert_eq!(bare.lines().map(str::trim_end).collect::<Vec<_>>(), without_arrows);
}

#[test]
fn plain_style_writes_no_escape() {
    let text = sample_report(Options::default());
    assert!(text.contains('␛') && !text.contains('\u{1b}') && !text.contains('\u{202e}'));
}

#[test]
fn counts_what_it_does_not_list() {
    let mut verdicts = sample::verdicts();
    let first =
        verdicts.findings.iter().find(|finding| finding.rule == RuleId("PAT-008".into())).unwrap().clone();
    verdicts.findings.extend(std::iter::repeat_n(first, 37));
    let text = render(&verdicts, Options { max_findings: 1, ..Options::default() });
    assert!(text.contains("PAT-008 另有 75 处同类问题未列出（--max-findings）"), "{text}");
    assert_eq!(text.matches("错误  PAT-008").count(), 1);
    assert!(text.contains("错误 77 处"), "{text}");
}

#[test]
fn an_empty_batch_has_a_report() {
    let mut verdicts = sample::verdicts();
    verdicts.submissions.clear();
    verdicts.findings.clear();
    verdicts.left_out.clear();
    verdicts.clauses.clear();
    let agreement = sample::agreement();
    let mut out = Vec::new();
    write(&mut out, &verdicts, &sample::book(&agreement), &Options::default()).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.ends_with("错误 0 处，警告 0 处，提示 0 处；无法判定 0 条；封存 0 个报送包\n"), "{text}");
}

#[test]
fn no_text_breaks_the_page() {
    let hostile = [
        "\u{1b}]0;title\u{7}\u{9b}2J\r\n",
        "\u{301}\u{200d}\u{feff}\u{2069}",
        "一".repeat(500).as_str(),
        "x".repeat(500).as_str(),
        "👨‍👩‍👧、（".repeat(100).as_str(),
        "",
    ]
    .map(String::from);
    for text in hostile {
        let mut verdicts = sample::verdicts();
        verdicts.submissions[0].submitter.name.clone_from(&text);
        for finding in &mut verdicts.findings {
            finding.message = Text::same(&text);
            finding.location.sheet = Some(text.clone());
            finding.location.file.clone_from(&text);
            finding.key = Some(text.clone());
            finding.found = Some(text.clone());
            finding.excerpt = Some(Excerpt {
                headings: vec![text.clone(); 2],
                cells: vec![text.clone(); 9],
                marked: Some(7),
            });
        }
        for line in render(&verdicts, Options { width: 60, ..Options::default() }).lines() {
            assert!(text::width(line) <= 60 || line.contains("SHA-256"), "{line}");
            assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
        }
    }
}
