//! `hegui docs FOLDER`: the rulebook as a static site, written or held against what is there.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use hegui_core::text::Text;
use hegui_formats::write::pages::site;

use crate::args::{Common, DocsArgs};
use crate::exit;
use crate::messages::Failure;
use crate::source::{self, Config, shown};

/// Runs the command.
pub(crate) fn run(common: &Common, args: &DocsArgs) -> Result<u8, Failure> {
    let book = source::load(&Config::find(common)?)?;
    let lang = common.lang();
    let files = site::files(&book, lang);
    let leftover = leftover(&args.folder, &files).map_err(|error| cannot(&args.folder, &error))?;
    let stale = files.iter().filter(|(path, text)| {
        fs::read_to_string(args.folder.join(path)).map_or(true, |there| there != **text)
    });
    let stale: Vec<&String> = stale.map(|(path, _)| path).collect();
    if args.check {
        for path in stale.iter().copied().chain(&leftover) {
            let text = Text::new(format!("不是最新的：{path}"), format!("not current: {path}"));
            anstream::println!("{}", text.get(lang));
        }
        let current = stale.is_empty() && leftover.is_empty();
        return Ok(if current { exit::CLEAN } else { exit::FINDINGS });
    }
    for path in &stale {
        write(&args.folder.join(path), &files[*path])?;
    }
    for path in &leftover {
        let path = args.folder.join(path);
        fs::remove_file(&path).map_err(|error| cannot(&path, &error))?;
    }
    let folder = shown(&args.folder);
    let text = Text::new(
        format!("{folder}：{} 页，改写 {}，删去 {}", files.len(), stale.len(), leftover.len()),
        format!("{folder}: {} files, {} written, {} removed", files.len(), stale.len(), leftover.len()),
    );
    anstream::println!("{}", text.get(lang));
    Ok(exit::CLEAN)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let made = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    made.map_err(|error| cannot(path, &error))
}

fn cannot(path: &Path, error: &io::Error) -> Failure {
    Failure::other(
        format!("写不了 {}：{error}", shown(path)),
        format!("cannot write {}: {error}", shown(path)),
    )
}

/// Pages of rules that are no more. Only what bears the mark of this command counts: the folder may hold other things.
fn leftover(folder: &Path, files: &BTreeMap<String, String>) -> io::Result<Vec<String>> {
    let pages = folder.join(site::RULES);
    if !pages.is_dir() {
        return Ok(Vec::new());
    }
    let mut leftover = Vec::new();
    for entry in fs::read_dir(pages)? {
        let entry = entry?;
        let path = format!("{}/{}", site::RULES, entry.file_name().to_string_lossy());
        let ours = || fs::read_to_string(entry.path()).is_ok_and(|text| text.contains(site::MARK));
        if !files.contains_key(&path) && ours() {
            leftover.push(path);
        }
    }
    leftover.sort();
    Ok(leftover)
}
