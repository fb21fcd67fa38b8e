//! The way of a package through the gate: every piece of text in it, before anything of it is parsed.
//!
//! A gate knows what to look for; this module knows where text can hide: in names, in text of any encoding and
//! behind escapes, in every part of a workbook. It fails closed: what cannot be looked at whole is held. It never
//! repeats what it saw: places are numbers and fixed words, and nothing is logged.

pub(crate) mod archive;
mod cells;
mod container;
pub(crate) mod encoding;
mod eye;
mod frame;
mod pieces;
mod place;
mod text;
mod why;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hegui_core::gate::{Gate, Held, HeldReason};

use crate::package::{Package, PackageFile};
use eye::Eye;
use place::Place;

/// Shows the whole package to the gates. `number` is the package's number in the run, counted from 1. `None` where
/// no gate stops it.
pub fn inspect(package: &Package, number: usize, gates: &[&dyn Gate]) -> Option<Held> {
    let mut reasons = Vec::new();
    for (at, file) in package.files.iter().enumerate().filter(|_| !gates.is_empty()) {
        let mut eye = Eye::new(gates);
        if at == 0 {
            // The name of a file that is a package is looked at as the file's own.
            let single = file.path == package.path;
            let folders = if single {
                package.path.rsplit_once('/').map_or("", |(path, _)| path)
            } else {
                &package.path
            };
            look_at_path(&mut eye, folders);
        }
        look_at(&mut eye, file);
        reasons.extend(held(eye, at + 1, || file.sha256()));
    }
    reasons.sort();
    reasons.dedup_by(|a, b| (&a.rule, a.file, &a.place, a.offset) == (&b.rule, b.file, &b.place, b.offset));
    (!reasons.is_empty()).then_some(Held { package: number, reasons })
}

/// Shows the gates the path of something that could not be loaded, before anybody repeats it.
pub fn inspect_path(path: &str, number: usize, gates: &[&dyn Gate]) -> Option<Held> {
    let mut eye = Eye::new(gates);
    look_at_path(&mut eye, path);
    let mut reasons = held(eye, 1, || PackageFile::default().sha256());
    reasons.sort();
    reasons.dedup();
    (!reasons.is_empty()).then_some(Held { package: number, reasons })
}

/// Every folder on the way counts: reports repeat the whole path.
fn look_at_path(eye: &mut Eye<'_>, path: &str) {
    for part in path.split('/') {
        eye.look(&Place::FolderName, part);
    }
}

/// Whatever happens in here, the file is either seen whole or held.
fn look_at(eye: &mut Eye<'_>, file: &PackageFile) {
    for part in file.name.split('/') {
        eye.look(&Place::FileName, part);
    }
    let sound = catch_unwind(AssertUnwindSafe(|| {
        if archive::is_zip(&file.bytes) {
            container::look(eye, &file.bytes, 0);
        } else if let Some(why) = why::opaque(&file.bytes) {
            text::look_in_binary(eye, &Place::File, &file.bytes);
            eye.cannot_see(&Place::File, why);
        } else {
            text::look_in_file(eye, &file.bytes);
        }
    }));
    if sound.is_err() {
        eye.cannot_see(&Place::File, why::failed());
    }
}

fn held(eye: Eye<'_>, file: usize, sha256: impl FnOnce() -> String) -> Vec<HeldReason> {
    let seen = eye.into_seen();
    if seen.is_empty() {
        return Vec::new();
    }
    let sha256 = sha256();
    seen.into_iter()
        .map(|seen| HeldReason {
            rule: seen.rule,
            file,
            place: seen.place.text_within(&seen.within),
            offset: seen.offset,
            length: seen.length,
            sha256: sha256.clone(),
            why: seen.why,
        })
        .collect()
}
