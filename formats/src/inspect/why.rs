//! Why something cannot be inspected whole, in words of ours.

use hegui_core::text::Text;

use super::archive::ArchiveProblem;

/// Containers of old Office files, and of encrypted new ones.
pub(super) const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Portable documents.
pub(super) const PDF: &[u8] = b"%PDF";

/// Pictures: PNG, JPEG, GIF, BMP, TIFF of either order, and those in a RIFF container.
const PICTURES: [&[u8]; 7] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF"];

/// Why a file that is no archive cannot be inspected as text; `None` where it can.
pub(super) fn opaque(bytes: &[u8]) -> Option<Text> {
    if bytes.starts_with(OLE) {
        return Some(if is_encrypted(bytes) { encrypted() } else { old_office() });
    }
    if bytes.starts_with(PDF) {
        return Some(Text::new(
            "PDF 文件，无法逐字检查；附件不要放进报送包，在“附件”表登记文件名和 SHA-256 即可",
            "a PDF file, which cannot be inspected word by word; keep attachments out of the package and list them \
             by name and SHA-256 in the table of attachments",
        ));
    }
    if super::encoding::is_text(bytes) {
        return None;
    }
    Some(if PICTURES.iter().any(|magic| bytes.starts_with(magic)) {
        Text::new(
            "图片，其中的文字无法检查；附件不要放进报送包，在“附件”表登记文件名和 SHA-256 即可",
            "a picture, whose text cannot be inspected; keep attachments out of the package and list them by name \
             and SHA-256 in the table of attachments",
        )
    } else {
        Text::new(
            "既不是文本，也不是工作簿，无法检查",
            "neither text nor a workbook, so it cannot be inspected",
        )
    })
}

/// Whether an OLE container holds an encrypted document.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    let mark: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(mark.len()).any(|window| window == mark)
}

pub(super) fn encrypted() -> Text {
    Text::new(
        "加密的工作簿，没有密码无法检查",
        "an encrypted workbook, which cannot be inspected without its password",
    )
}

pub(super) fn old_office() -> Text {
    Text::new(
        "旧版 Office 格式（.xls、.doc 等），无法检查；请另存为 .xlsx",
        "an old Office format (.xls, .doc), which cannot be inspected; save it as .xlsx",
    )
}

pub(super) fn embedded() -> Text {
    Text::new("嵌入的对象无法检查", "an embedded object that cannot be inspected")
}

pub(super) fn not_well_formed() -> Text {
    Text::new("其中一部分 XML 已损坏，无法检查", "a part whose XML is damaged, so it cannot be inspected")
}

pub(super) fn too_deep() -> Text {
    Text::new("压缩包套压缩包，层数过多", "archives nested too deeply in one another")
}

pub(super) fn beside_members() -> Text {
    Text::new(
        "压缩包的成员之外还有别的内容，无法检查；请用 Excel 或 WPS 打开后另存",
        "the archive holds something beside its members, which cannot be inspected; open the file in Excel or WPS \
         and save it again",
    )
}

pub(super) fn failed() -> Text {
    Text::new("检查中途出错，无法查完", "inspection failed half-way")
}

/// Why an archive cannot be inspected.
pub(super) fn archive(problem: &ArchiveProblem) -> Text {
    problem.message()
}
