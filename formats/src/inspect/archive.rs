//! Zip archives of unknown origin: what may be taken out of them, and how much.
//!
//! Sizes that an archive declares are not believed: bytes are counted as they unfold.

use std::io::{Cursor, Read};
use std::ops::Range;

use hegui_core::text::Text;
use zip::ZipArchive;
use zip::result::ZipError;

/// The most members an archive may have.
pub(crate) const MAX_MEMBERS: usize = 10_000;
/// The most that one member may unfold to.
pub(crate) const MAX_MEMBER_BYTES: u64 = 512 << 20;
/// The most that an archive may unfold to, nested ones counted.
pub(crate) const MAX_UNFOLDED_BYTES: u64 = 1 << 30;
/// How many times its size an archive may unfold to, beyond [`RATIO_FROM_BYTES`]. Sheets of formatted empty rows
/// reach 100.
pub(crate) const MAX_RATIO: u64 = 400;
/// Below this no ratio is a danger.
pub(crate) const RATIO_FROM_BYTES: u64 = 64 << 20;

/// What is wrong with an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ArchiveProblem {
    /// Cut off or damaged.
    Damaged,
    /// Its directory and its members contradict each other, so that two programs may see two different files.
    Contradictory,
    /// A member is encrypted.
    Encrypted,
    /// A member is compressed by a method that is not read.
    Compression,
    /// Unfolds to more than anything a submission can be; the limit.
    TooLarge(String),
}

impl ArchiveProblem {
    /// What is wrong.
    pub(crate) fn message(&self) -> Text {
        match self {
            Self::Damaged => Text::new("压缩结构已损坏或不完整", "its zip structure is damaged or cut off"),
            Self::Contradictory => {
                Text::new("压缩目录与实际内容不一致", "its zip directory does not agree with what it holds")
            }
            Self::Encrypted => Text::new("其中有加密的内容", "part of it is encrypted"),
            Self::Compression => {
                Text::new("使用了不支持的压缩方法", "it uses a method of compression that is not read")
            }
            Self::TooLarge(limit) => Text::new(
                format!("解压后过大（超过 {limit}）"),
                format!("too large when unpacked (over {limit})"),
            ),
        }
    }
}

impl From<ZipError> for ArchiveProblem {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::UnsupportedArchive(why) if why.contains("assword") => Self::Encrypted,
            ZipError::InvalidPassword => Self::Encrypted,
            ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => Self::Compression,
            _ => Self::Damaged,
        }
    }
}

/// Whether these bytes claim to be a zip archive, whatever the file is called.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"].iter().any(|magic| bytes.starts_with(*magic))
}

/// Where the pieces of a member lie in the file, in bytes.
pub(crate) struct Extent {
    /// Its local header.
    pub(crate) header: usize,
    /// Its compressed bytes.
    pub(crate) data: Range<usize>,
    /// Its entry in the directory.
    pub(crate) entry: usize,
}

/// An archive that is opened and, by its own account, not too large.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    compressed: u64,
}

impl<'a> Archive<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ArchiveProblem> {
        let mut zip = ZipArchive::new(Cursor::new(bytes))?;
        if zip.len() > MAX_MEMBERS {
            return Err(ArchiveProblem::TooLarge(format!("{MAX_MEMBERS} 个成员 (members)")));
        }
        let mut declared = 0u64;
        for at in 0..zip.len() {
            let member = zip.by_index_raw(at)?;
            if member.encrypted() {
                return Err(ArchiveProblem::Encrypted);
            }
            declared = declared.saturating_add(member.size());
        }
        let archive = Self { zip, compressed: bytes.len() as u64 };
        archive.afford(declared)?;
        Ok(archive)
    }

    /// Whether directory and members agree and nothing lies between them.
    pub(crate) fn check_consistency(&mut self) -> Result<(), ArchiveProblem> {
        self.zip.validate_header_consistency().map_err(|_| ArchiveProblem::Contradictory)
    }

    pub(crate) fn len(&self) -> usize {
        self.zip.len()
    }

    /// A member's name as the archive writes it.
    pub(crate) fn raw_name(&self, at: usize) -> Vec<u8> {
        self.zip.by_index_data(at).map(|member| member.name_raw().to_vec()).unwrap_or_default()
    }

    /// A member's name in lower case with forward slashes, for telling parts apart.
    pub(crate) fn name(&self, at: usize) -> String {
        String::from_utf8_lossy(&self.raw_name(at)).replace('\\', "/").to_lowercase()
    }

    /// The notes of the archive and of a member.
    pub(crate) fn note(&self) -> &[u8] {
        self.zip.comment()
    }

    /// The note of a member.
    pub(crate) fn member_note(&self, at: usize) -> Vec<u8> {
        self.zip.by_index_data(at).map(|member| member.comment_raw().to_vec()).unwrap_or_default()
    }

    /// Where the pieces of a member lie.
    pub(crate) fn extent(&mut self, at: usize) -> Option<Extent> {
        let member = self.zip.by_index_raw(at).ok()?;
        let data = usize::try_from(member.data_start()?).ok()?;
        Some(Extent {
            header: usize::try_from(member.header_start()).ok()?,
            data: data..data.checked_add(usize::try_from(member.compressed_size()).ok()?)?,
            entry: usize::try_from(member.central_header_start()).ok()?,
        })
    }

    /// Where the directory begins.
    pub(crate) fn directory(&self) -> usize {
        usize::try_from(self.zip.central_directory_start()).unwrap_or(usize::MAX)
    }

    /// Unfolds a member. `unfolded` is how much has been unfolded so far, and is carried on.
    pub(crate) fn member(&mut self, at: usize, unfolded: &mut u64) -> Result<Vec<u8>, ArchiveProblem> {
        let mut bytes = Vec::new();
        let member = self.zip.by_index(at)?;
        let left = MAX_MEMBER_BYTES.min(MAX_UNFOLDED_BYTES.saturating_sub(*unfolded));
        let read = member.take(left + 1).read_to_end(&mut bytes).map_err(|_| ArchiveProblem::Damaged);
        *unfolded = unfolded.saturating_add(bytes.len() as u64);
        if bytes.len() as u64 > left {
            return Err(ArchiveProblem::TooLarge(format!("{} MiB", left >> 20)));
        }
        self.afford(*unfolded)?;
        read?;
        Ok(bytes)
    }

    /// Unfolds everything and keeps nothing: whether its true size can be afforded. Also says whether any member
    /// holds `needle`.
    pub(crate) fn rehearse(&mut self, needle: &[u8]) -> Result<bool, ArchiveProblem> {
        let (mut unfolded, mut found) = (0u64, false);
        let mut buffer = vec![0; 1 << 16];
        for at in 0..self.zip.len() {
            let compressed = self.compressed;
            let mut member = self.zip.by_index(at)?;
            let (mut kept, mut size) = (0, 0u64);
            loop {
                let read = member.read(&mut buffer[kept..]).map_err(|_| ArchiveProblem::Damaged)?;
                if read == 0 {
                    break;
                }
                unfolded += read as u64;
                size += read as u64;
                if size > MAX_MEMBER_BYTES {
                    return Err(ArchiveProblem::TooLarge(format!("{} MiB", MAX_MEMBER_BYTES >> 20)));
                }
                afford(unfolded, compressed)?;
                let filled = kept + read;
                found = found || buffer[..filled].windows(needle.len().max(1)).any(|window| window == needle);
                // The needle may lie across two reads.
                kept = filled.min(needle.len().saturating_sub(1));
                buffer.copy_within(filled - kept..filled, 0);
            }
        }
        Ok(found)
    }

    fn afford(&self, unfolded: u64) -> Result<(), ArchiveProblem> {
        afford(unfolded, self.compressed)
    }
}

fn afford(unfolded: u64, compressed: u64) -> Result<(), ArchiveProblem> {
    if unfolded > MAX_UNFOLDED_BYTES {
        return Err(ArchiveProblem::TooLarge(format!("{} MiB", MAX_UNFOLDED_BYTES >> 20)));
    }
    if unfolded > RATIO_FROM_BYTES && unfolded > compressed.saturating_mul(MAX_RATIO) {
        return Err(ArchiveProblem::TooLarge(format!("{MAX_RATIO} 倍 (times its size)")));
    }
    Ok(())
}
