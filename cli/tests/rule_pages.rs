//! `hegui rule` and `hegui docs` through the binary: what is said of a rule, in the terminal and on pages.

#![allow(clippy::unwrap_used)] // Helpers are not seen as tests.

mod common;

use std::fs;

use common::{empty_folder, hegui, root, rule, write};

/// What has no words in a rule's steps.
const WORDLESS: &str = "〔见脚本〕";

#[test]
fn prints_a_rule() {
    let run = hegui(&root(), &["rule", "PAT-008", "--width", "90"]).exits(0);
    insta::assert_snapshot!("rule_pat_008", run.out);
    let run = hegui(&root(), &["rule", "CORE-028", "--width", "90", "--lang", "en"]).exits(0);
    insta::assert_snapshot!("rule_core_028_en", run.out);
}

#[test]
fn prints_a_rule_of_the_gate() {
    let run = hegui(&root(), &["rule", "mci-001"]).exits(0).says(&["国家秘密标志", "保密检查", "封存"]);
    assert!(!run.out.contains("怎样查"), "{}", run.out);
}

#[test]
fn takes_an_id_however_typed_and_suggests_another() {
    hegui(&root(), &["rule", "ｐａｔ-００８"]).exits(0).says(&["PAT-008"]);
    hegui(&root(), &["rule", "PAT-0008"])
        .exits(2)
        .complains(&["没有编号为“PAT-0008”的规则", "是不是“PAT-008”"]);
    hegui(&root(), &["rule", "甲", "--lang", "en"]).exits(2).complains(&["there is no rule `甲`"]);
    hegui(&root(), &["rule"]).exits(2);
}

/// Every shipped rule can be told in words, in both languages, and has its history.
#[test]
fn tells_every_shipped_rule() {
    for lang in ["zh", "en"] {
        let folder = empty_folder(&format!("pages-{lang}"));
        hegui(&root(), &["docs", &folder.to_string_lossy(), "--lang", lang]).exits(0);
        let mut rules = 0;
        for entry in fs::read_dir(folder.join("rules")).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            assert!(!text.contains(WORDLESS), "{}", path.display());
            if text.contains("<pre>") {
                let history = if lang == "zh" { "<h2>沿革</h2>" } else { "<h2>History</h2>" };
                assert!(text.contains(history), "{}", path.display());
                assert!(text.contains("class=\"fail\""), "{}", path.display());
            }
            rules += 1;
        }
        assert!(rules > 150, "{rules}");
        for page in ["index.html", "clauses.html", "parameters.html"] {
            let text = fs::read_to_string(folder.join(page)).unwrap();
            assert!(text.starts_with("<!doctype html>") && text.trim_end().ends_with("</html>"), "{text}");
        }
    }
}

#[test]
fn keeps_the_site_current_and_strangers_files_alone() {
    let folder = empty_folder("site");
    let site = folder.join("网站");
    let path = site.to_string_lossy().into_owned();
    hegui(&root(), &["docs", &path, "--check"]).exits(1).says(&["不是最新的：index.html"]);
    hegui(&root(), &["docs", &path]).exits(0);
    hegui(&root(), &["docs", &path, "--check"]).exits(0);
    hegui(&root(), &["docs", &path]).exits(0).says(&["改写 0，删去 0"]);

    write(&site, "rules/PAT-008.html", "改过了");
    write(&site, "rules/笔记.html", "别人的");
    fs::copy(site.join("rules/PAT-001.html"), site.join("rules/ZZ-999.html")).unwrap();
    hegui(&root(), &["docs", &path, "--check"]).exits(1).says(&["rules/PAT-008.html", "rules/ZZ-999.html"]);
    hegui(&root(), &["docs", &path]).exits(0).says(&["改写 1，删去 1"]);
    hegui(&root(), &["docs", &path, "--check"]).exits(0);
    assert_eq!(fs::read_to_string(site.join("rules/笔记.html")).unwrap(), "别人的");
}

/// Whatever an author writes in a rule is text on its page, and nothing else.
#[test]
fn pages_hold_no_markup_of_authors() {
    let folder = empty_folder("markup");
    let body = "if 报送.报告年度 == 1999 { fail(\"<script>alert(1)</script>\"); }";
    write(&folder, "r/common/ZZ-001-test.rhai", rule("ZZ-001", "error", "active", body));
    let (rules, site) = (folder.join("r"), folder.join("site"));
    hegui(&root(), &["docs", &site.to_string_lossy(), "--rules", &rules.to_string_lossy()]).exits(0);
    let page = fs::read_to_string(site.join("rules/ZZ-001.html")).unwrap();
    assert!(page.contains("&lt;script&gt;alert(1)&lt;&#x2f;script&gt;"), "{page}");
    assert!(!page.contains("<script>alert"), "{page}");
}
