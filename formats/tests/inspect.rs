//! A mark is found wherever it hides; what cannot be inspected is held; nothing is repeated.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Book, Sentinel, WORD, archive, file, folder, rows};
use hegui_core::gate::{Gate, Held};
use hegui_formats::inspect::inspect;
use hegui_formats::package::{Package, PackageKind};

fn look(package: &Package) -> Option<Held> {
    let gates: [&dyn Gate; 1] = [&Sentinel];
    inspect(package, 1, &gates)
}

/// The places where the gate stopped, each once; for what could not be inspected, why.
fn places(package: &Package) -> Vec<String> {
    let Some(held) = look(package) else { return Vec::new() };
    let text = format!("{held:?}");
    assert!(!text.contains(WORD), "the word is repeated: {text}");
    let mut places: Vec<String> = held
        .reasons
        .iter()
        .map(|reason| match &reason.why {
            Some(why) => {
                assert_eq!((reason.rule.0.as_str(), reason.offset, reason.length), ("TST-999", None, None));
                format!("{} {}", reason.place.zh, why.zh)
            }
            None => {
                assert_eq!((reason.rule.0.as_str(), reason.length), ("TST-001", Some(3)));
                assert!(reason.place.en.is_ascii(), "{reason:?}");
                reason.place.zh.clone()
            }
        })
        .collect();
    places.dedup();
    places
}

fn text(name: &str, bytes: impl Into<Vec<u8>>) -> Package {
    file(name, PackageKind::Unknown(String::new()), bytes)
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn a_clean_package_passes() {
    assert_eq!(look(&Book::with_header().sheet("专利台账", &rows(&[&["申请号"]])).package()), None);
    assert_eq!(
        look(&folder(&[("header.toml", b"report_year = 2025"), ("patents.csv", b"a,b\n1,2\n")])),
        None
    );
}

#[test]
fn without_a_gate_nothing_is_held() {
    assert_eq!(inspect(&text("x.xlsx", *b"\xD0\xCF\x11\xE0"), 1, &[]), None);
}

#[test]
fn names_are_inspected() {
    assert_eq!(places(&text(&format!("{WORD}.txt"), "")), ["文件名"]);
    assert_eq!(places(&folder(&[(&format!("附件/{WORD}.txt"), b"")])), ["文件名"]);
    let mut package = folder(&[("header.toml", b"")]);
    package.path = format!("报送/{WORD}");
    assert_eq!(places(&package), ["文件夹名"]);
    let book = Book::with_header().part(&format!("xl/{WORD}.xml"), "<a/>").package();
    assert_eq!(places(&book), ["压缩包成员名8"]);
}

#[test]
fn text_in_any_encoding() {
    let line = format!("a,b\n1,x{WORD}\n");
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(line.encode_utf16().flat_map(bytes)).collect()
    };
    for bytes in [
        line.clone().into_bytes(),
        [b"\xEF\xBB\xBF", line.as_bytes()].concat(),
        gb18030(&line),
        utf16([0xFF, 0xFE], u16::to_le_bytes),
        utf16([0xFE, 0xFF], u16::to_be_bytes),
        // Neither sound UTF-8 nor sound GB18030.
        [line.as_bytes(), b"\xFF"].concat(),
    ] {
        let held = look(&text("表.csv", bytes)).unwrap();
        assert_eq!((held.reasons[0].place.zh.as_str(), held.reasons[0].offset), ("第2行", Some(3)));
        assert_eq!(held.reasons[0].sha256.len(), 64);
    }
}

/// Chinese in UTF-16 need hold no zero, so it may pass for text of another encoding.
#[test]
fn utf16_without_its_mark() {
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let utf16: Vec<u8> = format!("甘州某厂{WORD}").encode_utf16().flat_map(bytes).collect();
        for shift in [&b""[..], b"\n"] {
            let package = text("a.csv", [shift, &utf16].concat());
            assert!(places(&package).iter().any(|place| place.starts_with('第')), "{:?}", places(&package));
        }
    }
}

#[test]
fn number_formats() {
    let format = |code: &str| {
        let styles = format!("<styleSheet><numFmts><numFmt formatCode=\"{code}\"/></numFmts></styleSheet>");
        places(&Book::with_header().part("xl/styles.xml", styles).package())
    };
    for code in [
        WORD,
        "\\哨\\兵\\词",
        "0\\哨\\兵\\词;@",
        "&quot;哨&quot;&quot;兵词&quot;",
        "哨[红色]兵_-词",
        "哨* 兵&quot;词&quot;",
        "\\&#x54E8;\\&#x5175;\\&#x8BCD;",
    ] {
        assert_eq!(format(code), ["第5部分"], "{code}");
    }
    assert_eq!(format("0.00_ ;[红色]\\-0.00&quot;元&quot;"), Vec::<String>::new());
    let chart = "<c:chart><c:formatCode>\\哨\\兵\\词</c:formatCode></c:chart>";
    assert_eq!(places(&Book::with_header().part("xl/charts/chart1.xml", chart).package()), ["第8部分"]);
}

#[test]
fn escapes_are_undone() {
    let escaped: String = WORD.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    assert_eq!(places(&text("x.json", format!("{{\n\"a\": \"{escaped}\"\n}}"))), ["第2行"]);
    let long: String = WORD.chars().map(|c| format!("\\U{:08X}", u32::from(c))).collect();
    assert_eq!(places(&text("x.toml", format!("a = \"{long}\""))), ["第1行"]);
    let entities: String = WORD.chars().map(|c| format!("&#{};", u32::from(c))).collect();
    assert_eq!(places(&text("x.xls", format!("<html><td>{entities}</td></html>"))), ["第1行"]);
    assert_eq!(places(&text("x.xls", "<html><td><b>哨</b>兵<i>词</i></td></html>")), ["第1行"]);
}

#[test]
fn cells_of_a_workbook() {
    let shared =
        r#"<row r="3"><c r="B3" t="s"><v>1</v></c></row><row r="7"><c r="C7" t="s"><v>1</v></c></row>"#;
    let book =
        Book::with_header().sheet("专利台账", shared).string("<t>甲</t>").string(&format!("<t>{WORD}</t>"));
    assert_eq!(places(&book.package()), ["工作表2!B3", "工作表2!C7"]);
    let orphan = Book::with_header().string(&format!("<t>{WORD}</t>"));
    assert_eq!(places(&orphan.package()), ["共享字符串1"]);
    let inline = Book::with_header().sheet("专利台账", &rows(&[&[], &["", "", WORD]]));
    assert_eq!(places(&inline.package()), ["工作表2!C2"]);
    let value =
        Book::new().sheet("a", &format!(r#"<row r="2"><c r="A2" t="str"><f>B1</f><v>{WORD}</v></c></row>"#));
    assert_eq!(places(&value.package()), ["工作表1!A2"]);
    // A cell's name is the package's own text, unless it is one.
    let evil = Book::new().sheet("a", r#"<row><c r="甲乙丙" t="str"><v>哨兵词</v></c></row>"#);
    assert_eq!(places(&evil.package()), ["工作表1"]);
}

#[test]
fn text_split_over_runs_is_one_piece() {
    let shown = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#;
    for item in [
        "<r><rPr><b/></rPr><t>哨</t></r><r><t>兵</t></r><r><t>词</t></r>",
        "<r><t>哨</t></r>\n  <r><rPr><color rgb=\"FF0000\"></color></rPr><t>兵词</t></r>",
        "<r><t>哨</t></r><rPh sb=\"0\" eb=\"1\"><t>しょう</t></rPh><r><t>兵词</t></r>",
        "<t>&#x54E8;&#20853;词</t>",
        "<t><![CDATA[哨兵]]>词</t>",
        "<t>_x54E8__x5175_词</t>",
    ] {
        let book = Book::new().sheet("a", shown).string(item);
        assert_eq!(places(&book.package()), ["工作表1!A1"], "{item}");
    }
}

#[test]
fn neighbouring_cells_are_not_read_together() {
    let book = Book::new().sheet("a", &rows(&[&["哨兵", "词"]])).string("<t>哨</t>").string("<t>兵词</t>");
    assert_eq!(places(&book.package()), Vec::<String>::new());
}

#[test]
fn every_corner_of_a_workbook() {
    let book = || Book::with_header();
    let comments = "<comments><commentList><comment ref=\"A1\"><text><r><t>甲</t></r></text></comment>\
                    <comment ref=\"B1\"><text><r><t>哨兵</t></r><r><t>词</t></r></text></comment></commentList></comments>";
    assert_eq!(places(&book().part("xl/comments1.xml", comments).package()), ["批注2"]);
    let core = format!("<cp:coreProperties><dc:title>{WORD}</dc:title></cp:coreProperties>");
    assert_eq!(places(&book().part("docProps/core.xml", core).package()), ["文档属性"]);
    assert_eq!(places(&book().sheet(WORD, "").package()), ["工作表名2"]);
    let validation = format!("<dataValidations><dataValidation prompt=\"{WORD}\"/></dataValidations>");
    assert_eq!(places(&book().after(&validation).package()), ["工作表1"]);
    let footer = format!("<headerFooter><oddFooter>&amp;C{WORD}</oddFooter></headerFooter>");
    assert_eq!(places(&book().after(&footer).package()), ["工作表1"]);
    let drawing =
        "<xdr:wsDr><a:p><a:r><a:rPr/><a:t>哨</a:t></a:r><a:r><a:t>兵词</a:t></a:r></a:p></xdr:wsDr>";
    assert_eq!(places(&book().part("xl/drawings/drawing1.xml", drawing).package()), ["第8部分"]);
    // Even where the split is one that no person would see as one piece.
    let split = "<xdr:wsDr><a:p><a:t>哨</a:t></a:p><a:p><a:t>兵词</a:t></a:p></xdr:wsDr>";
    assert_eq!(places(&book().part("xl/drawings/drawing1.xml", split).package()), ["第8部分"]);
    let target = format!("<Relationships><Relationship Id=\"r\" Target=\"file:///{WORD}\"/></Relationships>");
    assert_eq!(places(&book().part("xl/worksheets/_rels/sheet1.xml.rels", target).package()), ["第8部分"]);
    assert_eq!(places(&book().part("xl/x.xml", format!("<a><!-- {WORD} --></a>")).package()), ["第8部分"]);
    let vml = format!("<xml><v:shape><br>{WORD}</v:shape></xml>");
    assert_eq!(places(&book().part("xl/drawings/vmlDrawing1.vml", vml).package()), ["第8部分"]);
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(
            format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>{WORD}</a>")
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    assert_eq!(places(&book().part("xl/x.xml", utf16).package()), ["第8部分"]);
    let gbk = gb18030(&format!("<?xml version=\"1.0\" encoding=\"GBK\"?><a>{WORD}</a>"));
    assert_eq!(places(&book().part("xl/x.xml", gbk).package()), ["第8部分"]);
}

#[test]
fn members_that_are_no_xml() {
    let book = |bytes: Vec<u8>| Book::with_header().part("xl/vbaProject.bin", bytes).package();
    assert_eq!(places(&book([&[0, 1, 2], WORD.as_bytes(), &[0]].concat())), ["第8部分"]);
    assert_eq!(places(&book([vec![0, 1, 2], gb18030(WORD), vec![0]].concat())), ["第8部分"]);
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let utf16: Vec<u8> = WORD.encode_utf16().flat_map(bytes).collect();
        for shift in [vec![0, 1], vec![0, 1, 2]] {
            assert_eq!(places(&book([shift, utf16.clone()].concat())), ["第8部分"]);
        }
    }
    assert_eq!(places(&book(vec![0, 1, 2, 0xFF])), Vec::<String>::new());
}

#[test]
fn archives_in_archives() {
    let mut inner = archive(&[("word/document.xml".into(), format!("<a>{WORD}</a>").into_bytes())]);
    let book = |bytes: &[u8]| places(&Book::with_header().part("xl/embeddings/a.docx", bytes).package());
    assert_eq!(book(&inner), ["第8部分·第1部分"]);
    inner = archive(&[("a.zip".into(), inner)]);
    assert_eq!(book(&inner), ["第8部分·第1部分·第1部分"]);
    inner = archive(&[("b.zip".into(), inner)]);
    assert_eq!(book(&inner), ["第8部分·第1部分·第1部分 压缩包套压缩包，层数过多"]);
}

/// Programs never look before, between and behind an archive's members; the gate does.
#[test]
fn what_lies_beside_members() {
    let whole = Book::with_header().bytes();
    let hidden = "压缩包成员之外 压缩包的成员之外还有别的内容，无法检查；请用 Excel 或 WPS 打开后另存";
    let seen = |bytes: Vec<u8>| places(&text("a.xlsx", bytes));
    assert_eq!(seen(whole.clone()), Vec::<String>::new());
    assert_eq!(seen([&whole[..], b"\r\n\0"].concat()), Vec::<String>::new());
    // Behind the end.
    assert_eq!(seen([&whole[..], WORD.as_bytes()].concat()), ["压缩包成员之外", hidden]);
    assert_eq!(seen([&whole[..], &gb18030(WORD)].concat()), ["压缩包成员之外", hidden]);
    // Compressed, so that no reading shows it.
    let deflated = archive(&[("a".into(), WORD.repeat(50).into_bytes())]);
    assert_eq!(seen([&whole[..], &deflated[30..60]].concat()), [hidden]);
    // Before the first member, and between two: offsets of the directory are mended.
    let first = whole.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    let second = 4 + whole[4..].windows(4).position(|window| window == b"PK\x03\x04").unwrap();
    assert_eq!(seen([WORD.as_bytes(), &whole].concat()).len(), 2);
    for at in [second, first] {
        // So short, it may be a member's checksum.
        assert_eq!(seen(with_gap(&whole, at, WORD.as_bytes())), ["压缩包成员之外"], "{at}");
        let bytes = with_gap(&whole, at, WORD.repeat(9).as_bytes());
        assert_eq!(seen(bytes), ["压缩包成员之外", hidden], "{at}");
    }
    // In the field for more.
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut options = zip::write::FullFileOptions::default();
    options.add_extra_field(0x6666, WORD.as_bytes(), false).unwrap();
    writer.start_file("a.txt", options).unwrap();
    assert_eq!(seen(writer.finish().unwrap().into_inner()), ["压缩包成员之外"]);
}

/// The archive with bytes put in at a place, and every offset behind it mended.
fn with_gap(bytes: &[u8], at: usize, gap: &[u8]) -> Vec<u8> {
    let mut whole = [&bytes[..at], gap, &bytes[at..]].concat();
    let mut mend = |field: usize| {
        let old = u32::from_le_bytes(whole[field..field + 4].try_into().unwrap());
        if old as usize >= at {
            let new = old + u32::try_from(gap.len()).unwrap();
            whole[field..field + 4].copy_from_slice(&new.to_le_bytes());
        }
    };
    for entry in 0..bytes.len() - 4 {
        let moved = if entry >= at { entry + gap.len() } else { entry };
        match &bytes[entry..entry + 4] {
            b"PK\x01\x02" => mend(moved + 42),
            b"PK\x05\x06" => mend(moved + 16),
            _ => {}
        }
    }
    whole
}

#[test]
fn what_cannot_be_inspected_is_held() {
    let why = |bytes: &[u8]| {
        let places = places(&text("a.xlsx", bytes));
        assert_eq!(places.len(), 1, "{places:?}");
        places.into_iter().next().unwrap()
    };
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
    assert!(why(&ole).contains("旧版 Office"));
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(why(&[&ole[..], &name].concat()).contains("加密的工作簿"));
    assert!(why(b"%PDF-1.7").contains("PDF"));
    assert!(why(b"\x89PNG\r\n\x1a\n\0\0").contains("图片"));
    assert!(why(b"\xFF\xD8\xFF\xE0\0\x10JFIF\0").contains("图片"));
    assert!(why(b"\0\x01\x02").contains("既不是文本"));
    let whole = Book::with_header().bytes();
    assert!(why(&whole[..whole.len() / 2]).contains("损坏或不完整"));
    assert!(why(&Book::with_header().part("xl/x.xml", "<a><b></a>").bytes()).contains("XML 已损坏"));
    assert!(why(&Book::with_header().part("xl/x.xml", "<a>").bytes()).contains("XML 已损坏"));
    let entity = "<!DOCTYPE a [<!ENTITY x \"哨\">]><a>&x;兵词</a>";
    assert!(why(&Book::with_header().part("xl/x.xml", entity).bytes()).contains("XML 已损坏"));
    let pdf = Book::with_header().part("xl/embeddings/a.bin", *b"%PDF-1.7\0");
    assert!(why(&pdf.bytes()).contains("嵌入的对象"));
}

#[test]
fn flags_that_lie() {
    // Bit 0 of the flags: encrypted. In the directory, at offset 8 of each entry.
    let mut bytes = Book::with_header().bytes();
    for at in 0..bytes.len() - 4 {
        if bytes[at..].starts_with(b"PK\x01\x02") {
            bytes[at + 8] |= 1;
        }
    }
    assert_eq!(places(&text("a.xlsx", bytes)), ["文件 其中有加密的内容"]);
    // A member of which the directory does not know.
    let hidden = archive(&[("hidden.xml".into(), format!("<a>{WORD}</a>").into_bytes())]);
    let end = hidden.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    let bytes = [&hidden[..end], &Book::with_header().bytes()].concat();
    assert!(!places(&text("a.xlsx", bytes)).is_empty());
}

#[test]
fn bombs_are_held() {
    let zeros = vec![b' '; 80 << 20];
    let bomb = archive(&[("xl/workbook.xml".into(), [b"<a>", zeros.as_slice(), b"</a>"].concat())]);
    assert_eq!(places(&text("a.xlsx", bomb)), ["文件 解压后过大（超过 400 倍 (times its size)）"]);
}

#[test]
fn a_text_called_workbook_is_text() {
    assert_eq!(look(&file("a.xlsx", PackageKind::Workbook, "年度,2025")), None);
    assert_eq!(places(&file("a.xlsx", PackageKind::Workbook, WORD)), ["第1行"]);
}

#[test]
fn reasons_are_sorted_and_single() {
    let package =
        folder(&[("b.csv", WORD.as_bytes()), ("c.csv", format!("{WORD}\n{WORD},{WORD}").as_bytes())]);
    let held = look(&package).unwrap();
    let found: Vec<_> = held.reasons.iter().map(|reason| (reason.file, reason.place.zh.as_str())).collect();
    assert_eq!(found, [(1, "第1行"), (2, "第1行"), (2, "第2行")]);
}

#[test]
fn a_file_full_of_marks_is_held_in_time() {
    let begin = std::time::Instant::now();
    let held = look(&text("a.csv", format!("{WORD},\n").repeat(5_000))).unwrap();
    assert_eq!(held.reasons.len(), 1_000);
    assert!(begin.elapsed() < std::time::Duration::from_secs(60), "{:?}", begin.elapsed());
}
