//! Where something was seen, in numbers and fixed words only.

use std::fmt;

/// A place in a file. Never holds text of the package; a cell's name is checked to be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// The file as a whole.
    File,
    /// The file's own name.
    FileName,
    /// The name of the folder that is the package.
    FolderName,
    /// A line of a text file.
    Line(usize),
    /// The name of an archive's member.
    MemberName(usize),
    /// The note an archive carries.
    ArchiveNote,
    /// A member of an archive.
    Part(usize),
    /// The document properties.
    Properties,
    /// A sheet, apart from its cells.
    Sheet(usize),
    /// The name of a sheet.
    SheetName(usize),
    /// A cell of a sheet.
    Cell(usize, String),
    /// A text that cells share, where no cell is known to show it.
    SharedText(usize),
    /// A note on a cell.
    Note(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("文件"),
            Self::FileName => f.write_str("文件名"),
            Self::FolderName => f.write_str("文件夹名"),
            Self::Line(n) => write!(f, "第{n}行"),
            Self::MemberName(n) => write!(f, "压缩包成员名{n}"),
            Self::ArchiveNote => f.write_str("压缩包附注"),
            Self::Part(n) => write!(f, "第{n}部分"),
            Self::Properties => f.write_str("文档属性"),
            Self::Sheet(n) => write!(f, "工作表{n}"),
            Self::SheetName(n) => write!(f, "工作表名{n}"),
            Self::Cell(n, cell) => write!(f, "工作表{n}!{cell}"),
            Self::SharedText(n) => write!(f, "共享字符串{n}"),
            Self::Note(n) => write!(f, "批注{n}"),
        }
    }
}

impl Place {
    /// The cell of this name in the sheet; the sheet alone where the name is none.
    pub(super) fn cell(sheet: usize, name: &str) -> Self {
        let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
        let digits = name.len() - letters;
        let sound = (1..=3).contains(&letters)
            && (1..=7).contains(&digits)
            && name.bytes().skip(letters).all(|byte| byte.is_ascii_digit());
        if sound { Self::Cell(sheet, name.to_string()) } else { Self::Sheet(sheet) }
    }
}
