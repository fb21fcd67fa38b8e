//! Every format is understood alike, and what is wrong is said where it stands.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{
    Book, archive, cell, file, folder, header, problems, problems_besides_gaps, rows, rows_from, schema,
};
use hegui_core::schema::Schema;
use hegui_core::submission::{ReadProblemKind, Submission};
use hegui_formats::package::{Package, PackageKind};
use hegui_formats::read::read;

fn book(content: &str) -> Book {
    Book::with_header().sheet("专利台账", content)
}

fn json(text: &str) -> (Schema, Submission) {
    document("a.json", PackageKind::Json, text)
}

fn toml(text: &str) -> (Schema, Submission) {
    document("a.toml", PackageKind::Toml, text)
}

fn document(name: &str, kind: PackageKind, text: &str) -> (Schema, Submission) {
    let schema = schema();
    let submission = read(file(name, kind, text), &schema);
    (schema, submission)
}

fn csv(patents: &[u8]) -> (Schema, Submission) {
    let schema = schema();
    let header = "\"报告年度\" = 2025".as_bytes();
    let submission = read(folder(&[("header.toml", header), ("patents.csv", patents)]), &schema);
    (schema, submission)
}

fn workbook(book: &Book) -> (Schema, Submission) {
    let schema = schema();
    let submission = read(book.package(), &schema);
    (schema, submission)
}

fn numbers(submission: &Submission) -> Vec<u32> {
    submission.tables.iter().flatten().flat_map(|table| table.rows.clone()).collect()
}

fn mentions(package: &Package, words: &str) {
    let schema = schema();
    let submission = read(package.clone(), &schema);
    let problems = problems(&submission);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains(words), "{problems:?}");
    for problem in &submission.problems {
        assert!(!problem.kind.message().en.is_empty());
    }
}

#[test]
fn all_formats_say_the_same() {
    let header_rows =
        rows(&[&["字段", "值", "说明"], &["报告年度", "2025", "四位数"], &["保密审查.审查人", "张三"]]);
    let table = rows(&[&["申请号", "专利类型", "申请日"], &["CN1", "发明", "2020年5月12日"]]);
    let header_toml = "report_year = 2025\n[secrecy_review]\nreviewer = \"张三\"\n";
    let packages = [
        Book::new().sheet("报送信息", &header_rows).sheet("专利台账", &table).package(),
        folder(&[
            ("header.toml", header_toml.as_bytes()),
            ("专利台账.csv", "申请号,专利类型,申请日\nCN1,发明,2020/5/12\n".as_bytes()),
        ]),
        file(
            "a.json",
            PackageKind::Json,
            r#"{"header": {"报告年度": 2025, "保密审查": {"审查人": "张三"}},
                "tables": {"专利台账": [{"申请号": "CN1", "type": "发明", "申请日": "2020-05-12"}]}}"#,
        ),
        file(
            "a.toml",
            PackageKind::Toml,
            "[header]\nreport_year = 2025\nsecrecy_review.reviewer = \"张三\"\n\
             [[tables.patents]]\n\"申请号\" = \"CN1\"\ntype = \"发明\"\n\"申请日\" = 2020-05-12\n",
        ),
    ];
    let schema = schema();
    for package in packages {
        let submission = read(package.clone(), &schema);
        assert_eq!(problems_besides_gaps(&submission), Vec::<String>::new(), "{}", package.path);
        assert_eq!(header(&submission, &schema, "report_year"), "2025");
        assert_eq!(header(&submission, &schema, "secrecy_review"), "reviewer=张三");
        assert_eq!(cell(&submission, &schema, "patents", 0, "申请号"), "CN1");
        assert_eq!(cell(&submission, &schema, "patents", 0, "type"), "发明");
        assert_eq!(cell(&submission, &schema, "patents", 0, "申请日"), "2020-05-12");
    }
}

#[test]
fn cells_of_all_kinds() {
    let content = rows(&[&["申请号", "申请日", "授权公告日", "专利类型"]])
        + r#"<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" s="1"><v>43963.75</v></c><c r="C3"><v>43963</v></c></row>
             <row r="4"><c r="A4"><v>202010001</v></c><c r="B4" s="2"><v>1.5</v></c><c r="C4" t="e"><v>#DIV/0!</v></c></row>
             <row r="9"><c r="A9"><f>A3</f></c><c r="B9" t="str"><f>x</f><v>2020-05-12</v></c><c r="C9" t="str"><f>x</f><v></v></c></row>"#;
    let (schema, read) = workbook(&book(&content).string("<r><t>CN</t></r><r><t>1</t></r>"));
    let row =
        |row| ["申请号", "申请日", "授权公告日"].map(|field| cell(&read, &schema, "patents", row, field));
    assert_eq!(row(0), ["CN1", "2020-05-12", "2020-05-12"]);
    assert_eq!(row(1), ["202010001", "?36:00:00", "?#DIV/0!"]);
    assert_eq!(row(2), ["?（公式）", "2020-05-12", "空"]);
    assert_eq!(numbers(&read), [3, 4, 9]);
    let found = problems_besides_gaps(&read);
    assert!(found.iter().any(|problem| problem.starts_with("专利台账!B4 “申请日”应填日期")), "{found:?}");
    assert!(found.iter().any(|problem| problem.starts_with("专利台账!C4 “授权公告日”公式出错")), "{found:?}");
    assert!(
        found.iter().any(|problem| problem.starts_with("专利台账!A9 “申请号”公式没有计算结果")),
        "{found:?}"
    );
}

#[test]
fn the_calendar_of_old_macs() {
    let content = rows(&[&["申请号", "申请日"]]) + r#"<row r="2"><c r="B2" s="1"><v>42501</v></c></row>"#;
    let mut book = book(&content);
    book.date1904 = true;
    let (schema, read) = workbook(&book);
    assert_eq!(cell(&read, &schema, "patents", 0, "申请日"), "2020-05-12");
}

#[test]
fn titles_above_headings() {
    let content = rows(&[
        &["2025年专利台账"],
        &["单位：甘州某厂", "单位：件"],
        &["*申请号", "专利\n类型"],
        &["CN1", "发明"],
    ]);
    let (schema, read) = workbook(&book(&content));
    assert_eq!(cell(&read, &schema, "patents", 0, "type"), "发明");
    assert_eq!(problems_besides_gaps(&read), Vec::<String>::new());
    let content = rows(&[&["甲", "乙", "丙"], &["申请号"], &["CN1"]]);
    let (_, read) = workbook(&book(&content));
    assert_eq!(problems_besides_gaps(&read).len(), 3);
}

#[test]
fn headings_that_nobody_knows() {
    let (_, read) = workbook(&book(&rows(&[&["甲", "申请好"], &["1", "2"]])));
    let found = problems_besides_gaps(&read);
    assert!(found[0].starts_with("专利台账!A1 “专利台账”没有名为“甲”的一栏"), "{found:?}");
    assert!(found[1].contains("是不是“申请号”"), "{found:?}");
}

#[test]
fn sheets_of_all_kinds() {
    let book = book(&rows(&[&["申请号"]]))
        .sheet("Sheet1", "")
        .sheet("填表说明", &rows(&[&["请如实填写"]]))
        .sheet("专利台帐", &rows(&[&["申请号"]]))
        .sheet("patents", &rows(&[&["申请号"]]))
        .sheet("商标台账", "")
        .hidden("_字典", &rows(&[&["发明"]]))
        .hidden("底稿", &rows(&[&["1"]]))
        .hidden("空白", "")
        .hidden("商标台帐", &rows(&[&["1"]]));
    let (_, read) = workbook(&book);
    assert_eq!(
        problems_besides_gaps(&read),
        [
            "专利台帐 没有名为“专利台帐”的表，是不是“专利台账”？内容没有读入，请改名",
            "patents “专利台账”报了两次",
            "商标台账 “商标台账”没有标题行：第一行应是各栏名称",
            "底稿 隐藏的工作表“底稿”不是表，没有读入；其中若有要报的内容，请取消隐藏并按表名改名",
            "商标台帐 没有名为“商标台帐”的表，是不是“商标台账”？内容没有读入，请改名",
        ]
    );
}

#[test]
fn merged_cells_are_not_guessed() {
    let content = rows(&[&["申请号", "专利类型"], &["CN1", "发明"], &["CN2"], &[], &["CN4"]]);
    let merges = r#"<mergeCells><mergeCell ref="B2:B4"/><mergeCell ref="A5:B5"/></mergeCells>"#;
    let (schema, read) = workbook(&book(&content).after(merges));
    assert_eq!(numbers(&read), [2, 3, 5]);
    let types: Vec<_> = (0..3).map(|row| cell(&read, &schema, "patents", row, "type")).collect();
    assert_eq!(types, ["发明", "?B2:B4", "?A5:B5"]);
    assert!(problems_besides_gaps(&read)[0].starts_with("专利台账!B3 “专利类型”是合并单元格 B2:B4 的一部分"));
    // An area without a value, and one that belongs to the title, hide nothing.
    let content = rows(&[&["专利台账"], &["申请号", "专利类型"], &["CN1"], &["CN2", "发明"]]);
    let merges = r#"<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B3:B4"/></mergeCells>"#;
    let (_, read) = workbook(&book(&content).after(merges));
    assert_eq!(problems_besides_gaps(&read), Vec::<String>::new());
}

#[test]
fn the_header_sheet() {
    let content = rows(&[
        &["报送信息表"],
        &["字段", "值", "填写说明", "经办"],
        &["报告年度：", "2025", "四位数", "李四"],
    ]) + &rows_from(5, &[&["报告年渡", "2025"], &["", "孤儿"], &["报告年度", "2024"]]);
    let (schema, read) = workbook(&Book::new().sheet("报送信息", &content));
    assert_eq!(header(&read, &schema, "report_year"), "2025");
    assert_eq!(
        problems_besides_gaps(&read),
        [
            "报送信息!D3 这一格上方没有栏名，内容未被使用",
            "报送信息!B5 报送信息里没有“报告年渡”这一项",
            "报送信息!A6 这里应是字段名（值填在“值”一栏）",
            "报送信息!B7 报送信息里“报告年度”填了两次",
        ]
    );
    let (schema, read) = workbook(&Book::new().sheet("header", &rows(&[&["report_year", "2025"]])));
    assert_eq!(header(&read, &schema, "report_year"), "2025");
}

#[test]
fn header_sheets_by_other_names() {
    let content = rows(&[&["报告年度", "2025"]]);
    for name in ["报送信息表", "报送 信息", " 报送信息 ", "Header", "报送信息（企业）", "报送信息"]
    {
        let (schema, read) = workbook(&Book::new().sheet(name, &content));
        assert_eq!(header(&read, &schema, "report_year"), "2025", "{name}");
        assert_eq!(problems_besides_gaps(&read), Vec::<String>::new(), "{name}");
    }
    let (_, read) = workbook(&Book::with_header().sheet("报送信自", &content));
    assert_eq!(
        problems_besides_gaps(&read),
        ["报送信自 没有名为“报送信自”的表，是不是“报送信息”？内容没有读入，请改名"]
    );
}

#[test]
fn header_sheets_with_numbers() {
    let numbered = rows(&[&["序号", "字段", "值"], &["1", "报告年度", "2025"], &["2", "单位名称", "某厂"]]);
    let bare = rows(&[&["1", "报告年度", "2025"], &["2", "单位名称", "某厂"]]);
    for content in [numbered, bare] {
        let (schema, read) = workbook(&Book::new().sheet("报送信息", &content));
        assert_eq!(header(&read, &schema, "report_year"), "2025");
        assert_eq!(header(&read, &schema, "submitter_name"), "某厂");
        assert_eq!(problems_besides_gaps(&read), Vec::<String>::new());
    }
}

/// A telephone number is nowhere repeated, wherever on the sheet it stands.
#[test]
fn contacts_are_not_repeated() {
    let number = "13900000001";
    let content = rows(&[
        &["字段", "值"],
        &["报告年度", "2025"],
        &["联系电话", number],
        &["联系电话：13900000001"],
        &["手机 139 张三丰", "139"],
        &[number, "x"],
        &["a@139.example", "x"],
        &["", number],
        &["单位名称", "某厂", number],
    ]);
    let (_, read) = workbook(&Book::new().sheet("报送信息", &content));
    let said = format!("{:?}", read.problems);
    assert!(!said.contains("139") && !said.contains("张三丰"), "{said}");
    let found = problems_besides_gaps(&read);
    assert!(found.iter().any(|problem| problem.contains("没有“联系电话”这一项")), "{found:?}");
    assert!(found.iter().any(|problem| problem.contains("没有“手机”这一项")), "{found:?}");
    assert_eq!(found.len(), 7, "{found:?}");
    for text in [
        "联系人 = { 电话 = \"13900000001\" }\n",
        "电话 = \"13900000001\"\n",
        "[contact]\n电话 = \"13900000001\"\n",
        "contact = { 电话 = \"13900000001\" }\n",
        "contact.phone = \"13900000001\n",
        "contact = 13900000001 x\n",
        "phone = 139-0000-0001\n",
        "\"联系电话\" = \"13900000001\"\n",
    ] {
        let submission = common_read(text);
        assert!(!submission.problems.is_empty());
        assert!(!format!("{:?}", submission.problems).contains("139"), "{:?}", submission.problems);
    }
}

fn common_read(header: &str) -> Submission {
    read(folder(&[("header.toml", header.as_bytes())]), &schema())
}

#[test]
fn what_is_no_workbook() {
    let is = |bytes: &[u8], words| mentions(&file("a.xlsx", PackageKind::Workbook, bytes), words);
    is(b"", "文件是空的");
    is(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "加密的工作簿或旧版");
    is(b"<html><table>", "其实是网页");
    is("年度,2025".as_bytes(), "其实是文本文件");
    is(b"\x00\x01\x02", "它不是 Excel 工作簿");
    is(b"PK\x03\x04", "压缩结构已损坏");
    is(&archive(&[("a.txt".into(), b"x".to_vec())]), "文件内部结构有误");
    let bomb = archive(&[("xl/sharedStrings.xml".into(), vec![b' '; 80 << 20])]);
    is(&bomb, "不予读取");
    mentions(&file("a.pdf", PackageKind::Unknown("pdf".into()), ""), "不能读取“pdf”格式");
}

#[test]
fn a_broken_sheet_does_not_hide_the_others() {
    let sheet =
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row></sheetData></worksheet>";
    let book = Book::with_header()
        .sheet("商标台账", "")
        .sheet("专利台账", &rows(&[&["申请号"], &["CN1"]]))
        .part("xl/worksheets/sheet2.xml", sheet);
    let (schema, read) = workbook(&book);
    assert_eq!(cell(&read, &schema, "patents", 0, "申请号"), "CN1");
    assert!(problems_besides_gaps(&read)[0].starts_with("商标台账 不是完好的 xlsx 文件"));
}

#[test]
fn csv_in_any_encoding_and_delimiter() {
    let text = "申请号,专利类型\nCN1,发明\n";
    let gb18030 = encoding_rs::GB18030.encode(text).0.into_owned();
    for bytes in [
        text.as_bytes().to_vec(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        gb18030,
        text.replace(',', "\t").into_bytes(),
        text.replace(',', ";").into_bytes(),
        text.replace(',', "|").into_bytes(),
        text.replace('\n', "\r\n").into_bytes(),
        text.replace('\n', "\r").into_bytes(),
    ] {
        let (schema, read) = csv(&bytes);
        assert_eq!(cell(&read, &schema, "patents", 0, "type"), "发明");
        assert_eq!(problems_besides_gaps(&read), Vec::<String>::new());
    }
}

#[test]
fn csv_with_titles_above_the_headings() {
    let text = "2025年专利台账,,\n单位：甘州某厂\t共1页,,\n\n*申请号,专利类型,申请日\nCN1,发明,2020-05-12\n";
    let (schema, read) = csv(text.as_bytes());
    assert_eq!(cell(&read, &schema, "patents", 0, "申请日"), "2020-05-12");
    assert_eq!(numbers(&read), [5]);
    assert_eq!(problems_besides_gaps(&read), Vec::<String>::new());
    // The title has another sign than the table.
    let (schema, read) = csv("甲,乙专利台账\n申请号;专利类型\nCN1;发明\n".as_bytes());
    assert_eq!(cell(&read, &schema, "patents", 0, "type"), "发明");
}

#[test]
fn csv_with_chinese_commas() {
    for sign in ["，", "；", "、"] {
        let (_, read) = csv(format!("专利台账\n申请号{sign}专利类型\nCN1{sign}发明\n").as_bytes());
        let found = problems_besides_gaps(&read);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(&format!("中文标点“{sign}”；请改用英文逗号")), "{found:?}");
    }
}

#[test]
fn csv_lines_are_the_files_own() {
    let text = "\n申请号,专利类型\n\n\nCN1,发明\n,\n\"CN\n2\",发明,多\n\r\nCN3\n";
    let (schema, read) = csv(text.as_bytes());
    assert_eq!(numbers(&read), [5, 7, 10]);
    assert_eq!(cell(&read, &schema, "patents", 1, "申请号"), "CN\n2");
    assert_eq!(problems_besides_gaps(&read), ["patents.csv:7:3 这一格上方没有栏名，内容未被使用"]);
}

#[test]
fn csv_that_cannot_be_read() {
    let broken = |bytes: &[u8]| {
        let (_, read) = csv(bytes);
        let found = problems_besides_gaps(&read);
        assert_eq!(found.len(), 1, "{found:?}");
        found.into_iter().next().unwrap()
    };
    assert!(broken(b"a\0b").contains("空字符"));
    assert!(broken(b"a\xFF\xFFb").contains("GB18030"));
    assert!(
        broken("申请号\n\"CN1\nCN2\nCN3\n".as_bytes())
            .starts_with("patents.csv:2 不是完好的 CSV 文件：第 2 行起")
    );
    assert!(broken(b"").contains("没有标题行"));
    assert!(broken(b"\n ,\n").contains("没有标题行"));
}

#[test]
fn folders_of_csv() {
    let schema = schema();
    let found = |files: &[(&str, &[u8])]| problems_besides_gaps(&read(folder(files), &schema));
    assert_eq!(
        found(&[("patent.csv", b"")]),
        [
            "文件夹里有 CSV 表，但没有 header.toml；请补上报送信息",
            "没有名为“patent”的表，是不是“patents”？内容没有读入，请改名",
        ]
    );
    let header = "report_year = \"二〇二五\"\nregion_kode = \"620702\"\n";
    assert_eq!(
        found(&[("header.toml", header.as_bytes())]),
        [
            "header.report_year “报告年度”应填整数，不带单位、不带“约”等字",
            "header.region_kode 报送信息里没有“region_kode”这一项，是不是“region_code”？",
        ]
    );
}

#[test]
fn nothing_in_a_folder_is_passed_over() {
    let schema = schema();
    let header = b"report_year = 2025";
    let stray = |name: &str| -> String {
        let submission = read(folder(&[("header.toml", header), (name, b"")]), &schema);
        let strays: Vec<_> = submission
            .problems
            .iter()
            .filter(|problem| matches!(problem.kind, ReadProblemKind::StrayFile { .. }))
            .map(|problem| {
                assert_eq!(problem.location.file, format!("甘州/{name}"));
                problem.kind.message().zh
            })
            .collect();
        strays.join("\n")
    };
    for name in ["专利台账.xlsx", "旧.XLS", "专利台账.tsv", "专利台账.txt", "a.json", "expected.toml"]
    {
        assert!(stray(name).contains("另存为以表名命名的 .csv"), "{name}");
    }
    assert!(stray("附件/专利台账.csv").contains("移到 header.toml 旁边"));
    assert!(stray("Header.toml").contains("文件名是 header.toml"));
    for name in ["数据.zip", "无名", ".隐藏", "a.exe"] {
        assert!(
            stray(name).contains("既不是报送信息") || stray(name).contains("不是报送信息，也不是表"),
            "{name}"
        );
    }
    for name in ["证书.pdf", "附件/照片.JPG", "说明.docx", "填报说明.txt", "README.md"] {
        assert_eq!(stray(name), "", "{name}");
    }
    // Another package is told once.
    let nested: &[(&str, &[u8])] = &[
        ("header.toml", header),
        ("分公司/header.toml", header),
        ("分公司/patents.csv", b"a"),
        ("分公司/更深/x.txt", b"a"),
        ("分公司二/x.txt", b"a"),
    ];
    let found = problems_besides_gaps(&read(folder(nested), &schema));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("又有一份报送") && found[1].contains("另存为"), "{found:?}");
}

#[test]
fn listed_attachments_are_no_strays() {
    let schema = schema();
    let list =
        "引用名,文件名,SHA-256,字节数,是否公开材料\nA1,清单.xlsx,0,1,是\nA2,附件\\原始数据.CSV,0,1,是\n";
    let files: &[(&str, &[u8])] = &[
        ("header.toml", b"report_year = 2025"),
        ("附件.csv", list.as_bytes()),
        ("附件/清单.XLSX", b""),
        ("附件/原始数据.csv", b""),
        ("附件/另一份.csv", b""),
    ];
    let found = problems_besides_gaps(&read(folder(files), &schema));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("子文件夹里的 CSV"), "{found:?}");
}

#[test]
fn toml_mistakes_are_explained() {
    let why = |text: &str| {
        let (_, read) = toml(text);
        let ReadProblemKind::Broken { why, .. } = &read.problems[0].kind else {
            panic!("{:?}", read.problems)
        };
        assert_eq!(read.problems.len(), 1);
        (read.problems[0].location.line, why.zh.clone())
    };
    let (line, zh) = why("[header]\nyear = 1\n报告年度 = 2025\n");
    assert_eq!((line, zh.as_str()), (Some(3), "第 3 行，中文键名要加英文双引号，写成 \"报告年度\""));
    let (line, zh) = why("[header]\n\"报告年度\" = 1\n\"报告年度\" = 2\n");
    assert_eq!(line, Some(3));
    assert!(zh.contains("同一个键写了两次"), "{zh}");
    assert!(why("[header]\nx = 二〇二五\n").1.starts_with("第 2 行"));
}

#[test]
fn json_mistakes_are_explained() {
    let why = |text: &str| {
        let (_, read) = json(text);
        let ReadProblemKind::Broken { why, .. } = &read.problems[0].kind else {
            panic!("{:?}", read.problems)
        };
        assert_eq!(read.problems.len(), 1);
        (read.problems[0].location.line, why.zh.clone(), why.en.clone())
    };
    let (line, zh, en) = why("{\n\"a\": 1,\n}");
    assert_eq!((line, zh.as_str()), (Some(3), "第 3 行第 1 列，最后一项后面多了逗号"));
    assert_eq!(en, "line 3, column 1: trailing comma");
    assert!(why("{\"a\": ").1.contains("不完整"));
    assert!(why("{\"a\"： 1}").1.contains("中文冒号"));
    assert!(why("").1.contains("不完整"));
}

#[test]
fn json_numbers_are_exact() {
    let (schema, read) = json(
        r#"{"header": {"report_year": 2.025e3, "人口口径": {"人口数": 151.21000000000000001}},
            "tables": {"indicators": [{"value": 0.1}, {"value": 1E-2}, {"value": 1e400}, {"value": 12345678901234567890}]}}"#,
    );
    assert_eq!(header(&read, &schema, "report_year"), "2025");
    assert_eq!(header(&read, &schema, "population"), "value_wan=151.21000000000000001");
    let values: Vec<_> = (0..4).map(|row| cell(&read, &schema, "indicators", row, "value")).collect();
    assert_eq!(values, ["0.1", "0.01", "?1e+400", "12345678901234567890"]);
}

#[test]
fn json_keys_do_not_vanish() {
    let (_, read) = json(
        r#"{"header": {"report_year": 2025, "report_year": 2024, "secrecy_review": {"done": true, "done": false}},
            "tables": {"patents": [{"申请号": "1", "申请号": "2"}], "patents": []}, "tables": {}}"#,
    );
    assert_eq!(
        problems_besides_gaps(&read),
        [
            "header.report_year 报送信息里“报告年度”填了两次",
            "header.secrecy_review.done 报送信息里“done”填了两次",
            "tables.patents[0].申请号 “申请号”这一栏出现两次（前一次在 tables.patents[0].申请号），无法确定用哪一栏，请删去一栏",
            "tables.patents “专利台账”报了两次",
            "tables “tables”报了两次",
        ]
    );
}

#[test]
fn json_keys_do_not_vanish_at_any_depth() {
    let (_, read) = json(
        r#"{"header": {"report_year": 2025, "x": [{"a": {"b": 1, "b": 2}}, {"a": 1, "a": 2}]},
            "tables": {"patents": [{"申请号": {"c": [{"d": 1, "d": 1}]}}]}}"#,
    );
    let found = problems_besides_gaps(&read);
    for place in ["header.x[0].a.b ", "header.x[1].a ", "tables.patents[0].申请号.c[0].d "] {
        assert_eq!(found.iter().filter(|problem| problem.starts_with(place)).count(), 1, "{found:?}");
    }
}

#[test]
fn documents_of_the_wrong_shape() {
    let (_, read) = json(
        r#"{"header": [], "tables": {"patents": {}, "gi": [1], "patent": [], "trademarks": null},
            "report_year": 2025, "indicators": [], "foo": 1}"#,
    );
    assert_eq!(
        problems(&read),
        [
            "header 这里应是报送信息各项（键 = 值）",
            "tables.patents 这里应是记录的列表 [ … ]",
            "tables.gi[0] 这里应是一条记录（键 = 值）",
            "tables.patent 没有名为“patent”的表，是不是“patents”？内容没有读入，请改名",
            "report_year 没有名为“report_year”的表，是不是“header.report_year”？内容没有读入，请改名",
            "indicators 没有名为“indicators”的表，是不是“tables.indicators”？内容没有读入，请改名",
            "foo 没有名为“foo”的表；内容没有读入，请改名或删去",
            "没有报送信息（工作簿要有“报送信息”工作表，文档要有 header）",
        ]
    );
    let (_, read) = json("[]");
    assert!(problems(&read)[0].contains("含有 header 和 tables"));
}

#[test]
fn places_in_documents() {
    let (_, read) = json(
        r#"{"header": {"report_year": 2025}, "tables": {"专利台账": [{}, {"type": "发名", "foo": 1}]}}"#,
    );
    let found = problems_besides_gaps(&read);
    assert!(found.iter().any(|problem| problem.starts_with("tables.专利台账[1].foo ")), "{found:?}");
    assert!(
        found.iter().any(|problem| problem.starts_with("tables.专利台账[1].type “专利类型”只能填")),
        "{found:?}"
    );
}
