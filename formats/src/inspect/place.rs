//! Where something was seen, in numbers and fixed words only.

use hegui_core::text::Text;

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
    /// What an archive holds beside its members: its own structure, and what lies between and behind.
    ArchiveFrame,
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

impl Place {
    /// The place in words.
    pub(super) fn text(&self) -> Text {
        match self {
            Self::File => Text::new("文件", "file"),
            Self::FileName => Text::new("文件名", "file name"),
            Self::FolderName => Text::new("文件夹名", "folder name"),
            Self::Line(n) => Text::new(format!("第{n}行"), format!("line {n}")),
            Self::MemberName(n) => Text::new(format!("压缩包成员名{n}"), format!("name of member {n}")),
            Self::ArchiveNote => Text::new("压缩包附注", "note of the archive"),
            Self::ArchiveFrame => Text::new("压缩包成员之外", "archive outside its members"),
            Self::Part(n) => Text::new(format!("第{n}部分"), format!("part {n}")),
            Self::Properties => Text::new("文档属性", "document properties"),
            Self::Sheet(n) => Text::new(format!("工作表{n}"), format!("sheet {n}")),
            Self::SheetName(n) => Text::new(format!("工作表名{n}"), format!("name of sheet {n}")),
            Self::Cell(n, cell) => Text::new(format!("工作表{n}!{cell}"), format!("sheet {n}!{cell}")),
            Self::SharedText(n) => Text::new(format!("共享字符串{n}"), format!("shared text {n}")),
            Self::Note(n) => Text::new(format!("批注{n}"), format!("note {n}")),
        }
    }

    /// The place within archives that are nested in one another, outermost first.
    pub(super) fn text_within(&self, archives: &[Self]) -> Text {
        let words: Vec<Text> = archives.iter().chain([self]).map(Self::text).collect();
        let zh: Vec<&str> = words.iter().map(|word| word.zh.as_str()).collect();
        let en: Vec<&str> = words.iter().map(|word| word.en.as_str()).collect();
        Text::new(zh.join("·"), en.join(", "))
    }

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
