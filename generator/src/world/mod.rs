//! The synthetic world: places and firms over the years, and the stories told of them.
//!
//! A package is a clean submission (`places` or `firms`, from the figures in `world/`) changed by a story
//! (`stories/<group>/<slug>.toml`) and written in the form that the story asks for. Nothing is random: what varies is
//! derived from slug, year and row. The verdicts are not generated; a person writes `expected.toml` beside the package.

mod digits;
mod document;
mod firms;
mod manifest;
mod places;
mod story;
mod write;

use std::fs;
use std::path::Path;

use document::Document;
use manifest::Manifest;
use story::Story;

use crate::error::{Error, failed_to, fault};

pub(crate) use write::File;

/// What clean submissions are made from.
pub(crate) struct World {
    manifest: Manifest,
}

impl World {
    /// Reads what the world rests on.
    pub(crate) fn read(plugins: &Path) -> Result<Self, Error> {
        Ok(Self { manifest: Manifest::read(plugins)? })
    }

    /// The files of the package that a story tells of; its group is the year.
    pub(crate) fn package(&self, path: &Path) -> Result<Vec<File>, Error> {
        let text = fs::read_to_string(path).map_err(failed_to("read", path))?;
        let story: Story = toml::from_str(&text).map_err(failed_to("understand", path))?;
        let problem = |what: String| fault("tell", path, what);
        let of = story.of.as_deref().map_or(path, Path::new);
        let mut document = self.clean(of).map_err(problem)?;
        story.tell(&mut document).map_err(problem)?;
        write::package(&story, &document, &self.manifest).map_err(problem)
    }

    /// The clean submission of a year and submitter, which a path such as `2022/province` names.
    fn clean(&self, path: &Path) -> Result<Document, String> {
        let name = |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).map(str::to_string);
        let slug = name(path.file_stem()).ok_or("a story needs a name")?;
        let group = name(path.parent().and_then(Path::file_name)).ok_or("a story needs a group")?;
        let year = group.parse().map_err(|_| "a story's group is a year".to_string())?;
        if slug.starts_with("enterprise-") {
            firms::document(year, &slug, &self.manifest)
        } else {
            places::document(year, &slug, &self.manifest)
        }
    }
}
