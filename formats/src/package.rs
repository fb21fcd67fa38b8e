//! Packages: the files and folders in which submissions arrive. The only place of this crate that touches the disk.
//!
//! Finding and loading are separate, so that a caller may load one package, judge it and drop it before the next.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use hegui_core::submission::{ReadProblem, ReadProblemKind};
use hegui_core::text::Text;
use hegui_core::verdict::Location;
use sha2::{Digest, Sha256};

/// The largest single file that is loaded.
pub const MAX_FILE_BYTES: u64 = 512 << 20;
/// The most that the files of one folder may weigh together.
pub const MAX_PACKAGE_BYTES: u64 = 1 << 30;
/// The most files that a folder may hold.
pub const MAX_PACKAGE_FILES: usize = 10_000;
/// The file that makes a folder one package.
pub const HEADER_FILE: &str = "header.toml";

/// A package: the bytes of its files, before anything of them is read.
#[derive(Debug, Clone)]
pub struct Package {
    /// Its path as shown to people, with forward slashes.
    pub path: String,
    /// What it is by its name.
    pub kind: PackageKind,
    /// Its files, sorted by name.
    pub files: Vec<PackageFile>,
}

/// One file of a package.
#[derive(Debug, Clone, Default)]
pub struct PackageFile {
    /// Its path as shown to people.
    pub path: String,
    /// Its name within the package; of a file that is a package, the file's name.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl PackageFile {
    /// The SHA-256 of its bytes, in hex, by which an office finds it.
    pub fn sha256(&self) -> String {
        Sha256::digest(&self.bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What a package is by its name; whether it really is, the reader finds out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackageKind {
    /// An `.xlsx` or `.xlsm` file.
    Workbook,
    /// A folder with `header.toml` and CSV files.
    CsvFolder,
    /// A `.json` file.
    Json,
    /// A `.toml` file.
    Toml,
    /// A file of another format; its extension.
    Unknown(String),
}

/// What an argument led to: a package to load, or a problem.
#[derive(Debug, Clone)]
pub enum Found {
    /// A package.
    Package(PackagePlace),
    /// Nothing that can be loaded, and why.
    Problem(Box<ReadProblem>),
}

/// Where a package is; see [`load`].
#[derive(Debug, Clone)]
pub struct PackagePlace {
    /// Its path as shown to people, with forward slashes.
    pub path: String,
    /// What it is by its name.
    pub kind: PackageKind,
    on_disk: PathBuf,
}

impl Found {
    /// The path as shown to people.
    pub fn path(&self) -> &str {
        match self {
            Self::Package(place) => &place.path,
            Self::Problem(problem) => &problem.location.file,
        }
    }
}

/// The packages that `arguments` name, sorted by path, each once. An argument is a path or a pattern with `*`, `?`
/// and `[…]`; a path that exists is never taken for a pattern. A file named outright is always a package; folders
/// are walked.
pub fn discover(arguments: &[String]) -> Vec<Found> {
    let mut search = Search::default();
    for argument in arguments {
        search.argument(argument);
    }
    let mut found: Vec<Found> = search.packages.into_values().map(Found::Package).collect();
    found.extend(search.problems.into_iter().map(|((path, _), kind)| Found::Problem(problem(kind, path))));
    found.sort_by(|a, b| a.path().cmp(b.path()));
    found
}

/// Loads a package's files.
///
/// # Errors
///
/// The problem that was found already, or why a file cannot be loaded.
pub fn load(found: &Found) -> Result<Package, Box<ReadProblem>> {
    let place = match found {
        Found::Package(place) => place,
        Found::Problem(problem) => return Err(problem.clone()),
    };
    let files = match place.kind {
        PackageKind::CsvFolder => load_folder(place)?,
        _ => vec![load_file(&place.on_disk, place.path.clone(), file_name(&place.on_disk))?],
    };
    Ok(Package { path: place.path.clone(), kind: place.kind.clone(), files })
}

#[derive(Default)]
struct Search {
    /// By the path the system knows it under, so that a package named twice counts once.
    packages: BTreeMap<PathBuf, PackagePlace>,
    /// By path and message.
    problems: BTreeMap<(String, String), ReadProblemKind>,
    walked: BTreeSet<PathBuf>,
}

impl Search {
    fn argument(&mut self, argument: &str) {
        let path = Path::new(argument);
        if path.exists() {
            return self.named(path);
        }
        let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
        let matches: Vec<PathBuf> = match glob::glob_with(argument, options) {
            Ok(paths) if argument.contains(['*', '?', '[']) => paths.filter_map(Result::ok).collect(),
            _ => Vec::new(),
        };
        if matches.is_empty() {
            return self.problem(ReadProblemKind::NoSuchFile, path);
        }
        for path in matches.iter().filter(|path| !is_ignored(&file_name(path))) {
            self.named(path);
        }
    }

    fn named(&mut self, path: &Path) {
        if path.is_dir() {
            let before = self.packages.len() + self.problems.len();
            self.walk(path);
            // A folder that was walked before, under another name, is not empty.
            let again =
                self.packages.keys().any(|known| canonical(path).is_some_and(|path| known.starts_with(path)));
            if self.packages.len() + self.problems.len() == before && !again {
                self.problem(ReadProblemKind::EmptyFolder, path);
            }
        } else if !path.is_file() {
            self.problem(no_file(path), path);
        } else if file_name(path) == HEADER_FILE {
            let folder =
                path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            self.package(folder, PackageKind::CsvFolder);
        } else {
            self.package(path, kind_of(path));
        }
    }

    fn walk(&mut self, folder: &Path) {
        // Links may lead in circles.
        if !self.walked.insert(canonical(folder).unwrap_or_else(|| folder.to_path_buf())) {
            return;
        }
        if folder.join(HEADER_FILE).is_file() {
            return self.package(folder, PackageKind::CsvFolder);
        }
        let entries = match entries(folder) {
            Ok(entries) => entries,
            Err(error) => return self.problem(unreadable(&error), folder),
        };
        if entries.iter().any(|path| is_csv(path) && path.is_file()) {
            self.package(folder, PackageKind::CsvFolder);
        }
        for path in entries.into_iter().filter(|path| !is_ignored(&file_name(path))) {
            if path.is_dir() {
                self.walk(&path);
            } else if !path.is_file() {
                self.problem(no_file(&path), &path);
            } else if looks_like_submission(&path) {
                self.package(&path, kind_of(&path));
            }
        }
    }

    fn package(&mut self, path: &Path, kind: PackageKind) {
        let key = canonical(path).unwrap_or_else(|| path.to_path_buf());
        let place = PackagePlace { path: shown(path), kind, on_disk: path.to_path_buf() };
        let known = self.packages.entry(key).or_insert_with(|| place.clone());
        if place.path < known.path {
            *known = place;
        }
    }

    fn problem(&mut self, kind: ReadProblemKind, path: &Path) {
        self.problems.insert((shown(path), kind.message().en), kind);
    }
}

/// All files of a folder with a header, those in its sub-folders too: attachments belong to the package. Of a folder
/// without one only the CSV files that made it a package; what else it holds was found on its own.
fn load_folder(place: &PackagePlace) -> Result<Vec<PackageFile>, Box<ReadProblem>> {
    let whole = place.on_disk.join(HEADER_FILE).is_file();
    let mut paths = Vec::new();
    let (mut folders, mut seen) = (vec![place.on_disk.clone()], BTreeSet::new());
    while let Some(folder) = folders.pop() {
        if !seen.insert(canonical(&folder)) {
            continue;
        }
        for path in entries(&folder).map_err(|error| problem(unreadable(&error), shown(&folder)))? {
            if path.is_dir() {
                folders.extend(whole.then_some(path));
            } else if !(whole || is_csv(&path)) {
                // Found on its own, or passed over by the walk.
            } else if path.is_file() {
                paths.push(path);
            } else {
                return Err(problem(no_file(&path), shown(&path)));
            }
        }
        if paths.len() > MAX_PACKAGE_FILES {
            let limit = format!("{MAX_PACKAGE_FILES} 个文件 (files)");
            return Err(problem(ReadProblemKind::TooLarge { limit }, place.path.clone()));
        }
    }
    let mut files = Vec::with_capacity(paths.len());
    let mut total = 0;
    for path in paths {
        let name = shown(path.strip_prefix(&place.on_disk).unwrap_or(&path));
        let file = load_file(&path, shown(&path), name)?;
        total += file.bytes.len() as u64;
        if total > MAX_PACKAGE_BYTES {
            return Err(problem(too_large(MAX_PACKAGE_BYTES), place.path.clone()));
        }
        files.push(file);
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn load_file(path: &Path, shown: String, name: String) -> Result<PackageFile, Box<ReadProblem>> {
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|error| problem(unreadable(&error), shown.clone()))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(problem(too_large(MAX_FILE_BYTES), shown));
    }
    Ok(PackageFile { path: shown, name, bytes })
}

fn problem(kind: ReadProblemKind, path: String) -> Box<ReadProblem> {
    Box::new(ReadProblem::new(kind, Location::file(path)))
}

fn too_large(bytes: u64) -> ReadProblemKind {
    ReadProblemKind::TooLarge { limit: format!("{} MiB", bytes >> 20) }
}

fn unreadable(error: &std::io::Error) -> ReadProblemKind {
    match error.kind() {
        std::io::ErrorKind::NotFound => ReadProblemKind::NoSuchFile,
        _ => ReadProblemKind::Unreadable(Text::same(error.to_string())),
    }
}

/// What stands in a folder and is neither file nor folder.
fn no_file(path: &Path) -> ReadProblemKind {
    ReadProblemKind::Unreadable(if path.is_symlink() {
        Text::new(
            "它是一个链接，指向的文件不存在；请换成文件本身，或删去链接",
            "it is a link to a file that does not exist; put the file itself there, or delete the link",
        )
    } else {
        Text::new("它不是普通文件；请删去", "it is no regular file; delete it")
    })
}

/// What a folder holds and is not ignored, sorted.
fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| !is_litter(&file_name(path)));
    paths.sort();
    Ok(paths)
}

/// What systems and office programs leave behind. Nobody hands it in, and it cannot be inspected; everything else in
/// a package's folder belongs to the package and passes the gate, whatever its name.
fn is_litter(name: &str) -> bool {
    name.starts_with("~$") || matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// What a walk passes over because it stands beside submissions and is none: hidden files, locks that Office leaves,
/// notes, what this program itself writes and reads. Within a package nothing is passed over.
fn is_ignored(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || lower.starts_with("readme")
        || lower.ends_with(".snap")
        || ["expected.toml", "hegui.toml", "thumbs.db", "desktop.ini", "__macosx"].contains(&lower.as_str())
}

fn kind_of(path: &Path) -> PackageKind {
    match extension(path).as_str() {
        "xlsx" | "xlsm" => PackageKind::Workbook,
        "json" => PackageKind::Json,
        "toml" => PackageKind::Toml,
        other => PackageKind::Unknown(other.to_string()),
    }
}

/// Whether a file found in a folder was meant as a submission: what is read, and the documents and archives people
/// send instead. Pictures, plain notes and the like are left alone.
fn looks_like_submission(path: &Path) -> bool {
    const DOCUMENTS: [&str; 24] = [
        "xlsx", "xlsm", "json", "toml", "xls", "xlsb", "xlt", "xltx", "xltm", "ods", "et", "ett", "wps",
        "doc", "docx", "docm", "odt", "rtf", "pdf", "ofd", "zip", "rar", "7z", "parquet",
    ];
    DOCUMENTS.contains(&extension(path).as_str())
}

fn is_csv(path: &Path) -> bool {
    extension(path) == "csv"
}

fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn canonical(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

fn shown(path: &Path) -> String {
    // Taking a path apart drops what means nothing in it: `a/./b/`.
    let whole: PathBuf = path.components().collect();
    let bare = whole.strip_prefix(".").ok().filter(|bare| !bare.as_os_str().is_empty()).unwrap_or(&whole);
    bare.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}
