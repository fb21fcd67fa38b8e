//! Where the rulebook comes from: what is compiled into the binary, `hegui.toml`, and folders named on the command
//! line. Later sources replace earlier ones rule by rule and plugin by plugin.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use hegui_civil_military::CivilMilitary;
use hegui_core::diagnostic::SourceFile;
use hegui_core::plugin::Plugin;
use hegui_core::rulebook::{Rulebook, RulebookSource};
use hegui_core::schema::PluginFolder;
use hegui_core::toml_source;
use hegui_patent_quality::PatentQuality;
use hegui_trademark_brands::TrademarkBrands;
use rust_embed::RustEmbed;
use serde::Deserialize;

use crate::args::Common;
use crate::messages::Failure;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../rules"]
struct BuiltInRules;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../plugins"]
struct BuiltInPlugins;

/// Whether a file of a plugin's folder is its data: `plugin.toml` and the code lists beside it. The sources of the
/// Rust half stand in the same folder and are embedded with it, but never looked at; sieving them out while building
/// would take the whole of a regular expression engine.
fn is_plugin_data(name: &str) -> bool {
    name == "plugin.toml" || (name.ends_with(".csv") && !name.contains('/'))
}

/// The Rust halves of the plugins that have one.
pub fn plugins() -> [&'static dyn Plugin; 3] {
    [&CivilMilitary, &PatentQuality, &TrademarkBrands]
}

/// `hegui.toml`: where the rulebook of this folder comes from. Paths are relative to the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Whether the rulebook in the binary is the base.
    #[serde(default = "yes")]
    pub builtin: bool,
    /// Folders of rules.
    #[serde(default)]
    pub rules: Vec<PathBuf>,
    /// Folders of plugins.
    #[serde(default)]
    pub plugins: Vec<PathBuf>,
    /// Folders of fixtures, for `hegui test`.
    #[serde(default)]
    pub fixtures: Vec<PathBuf>,
}

fn yes() -> bool {
    true
}

impl Default for Config {
    fn default() -> Self {
        Self { builtin: true, rules: Vec::new(), plugins: Vec::new(), fixtures: Vec::new() }
    }
}

impl Config {
    /// The configuration of a run: the named file, else `hegui.toml` of the current folder, else none.
    pub(crate) fn find(common: &Common) -> Result<Self, Failure> {
        let default = PathBuf::from("hegui.toml");
        let mut config = match &common.config {
            Some(path) => Self::read(path)?,
            None if default.is_file() => Self::read(&default)?,
            None => Self::default(),
        };
        config.rules.extend(common.rules.iter().cloned());
        config.plugins.extend(common.plugins.iter().cloned());
        Ok(config)
    }

    /// Reads a configuration file.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let text = read_text(path)?;
        let mut config: Self = toml_source::parse(&text).map_err(|problem| {
            let file = SourceFile::new(shown(path), text.as_str());
            Failure::Rulebook(vec![problem.diagnostic("C001", &file)])
        })?;
        let base = path.parent().unwrap_or(Path::new("")).to_path_buf();
        for folder in config.rules.iter_mut().chain(&mut config.plugins).chain(&mut config.fixtures) {
            *folder = base.join(&*folder);
        }
        Ok(config)
    }
}

/// Loads the rulebook of a configuration.
pub fn load(config: &Config) -> Result<Rulebook, Failure> {
    let source = gather(config)?;
    Rulebook::load(&source, &plugins()).map_err(Failure::Rulebook)
}

fn gather(config: &Config) -> Result<RulebookSource, Failure> {
    let mut gathered = Gathered::default();
    if config.builtin {
        gathered.built_in();
    }
    for folder in &config.plugins {
        gathered.plugins_of(folder)?;
    }
    for folder in &config.rules {
        gathered.rules_of(folder)?;
    }
    let agreement = gathered.agreement.ok_or_else(|| {
        Failure::other(
            "没有议定书：规则文件夹里应有 agreement.toml，或不要写 builtin = false",
            "there is no agreement: a rules folder must hold agreement.toml, or leave out builtin = false",
        )
    })?;
    let rules = gathered.rules.into_values().flatten().collect();
    Ok(RulebookSource {
        agreement,
        plugins: gathered.plugins.into_values().collect(),
        rules,
        parameters: gathered.parameters.into_values().collect(),
    })
}

/// Files by the name under which a later source replaces an earlier.
#[derive(Default)]
struct Gathered {
    agreement: Option<SourceFile>,
    plugins: BTreeMap<String, PluginFolder>,
    /// By rule id; files without a readable id by path. Several files of one source may claim one id, which the
    /// loader reports.
    rules: BTreeMap<String, Vec<(String, SourceFile)>>,
    parameters: BTreeMap<String, SourceFile>,
}

impl Gathered {
    fn built_in(&mut self) {
        let mut rules = Vec::new();
        for path in BuiltInRules::iter() {
            let Some(file) = BuiltInRules::get(&path) else { continue };
            let text = String::from_utf8_lossy(&file.data).into_owned();
            self.file_of_rules(&path, SourceFile::new(format!("rules/{path}"), text), &mut rules);
        }
        self.add_rules(rules);
        for path in BuiltInPlugins::iter() {
            let (Some(file), Some((plugin, name))) = (BuiltInPlugins::get(&path), path.split_once('/'))
            else {
                continue;
            };
            if !is_plugin_data(name) {
                continue;
            }
            let folder = self.plugins.entry(plugin.to_string()).or_insert_with(|| PluginFolder {
                name: plugin.to_string(),
                path: format!("plugins/{plugin}"),
                files: BTreeMap::new(),
            });
            folder.files.insert(name.to_string(), String::from_utf8_lossy(&file.data).into_owned());
        }
    }

    /// A folder of plugins, or one plugin's folder.
    fn plugins_of(&mut self, folder: &Path) -> Result<(), Failure> {
        let single = folder.join("plugin.toml").is_file();
        let folders = if single { vec![folder.to_path_buf()] } else { children(folder)? };
        for folder in folders.into_iter().filter(|path| path.join("plugin.toml").is_file()) {
            let mut files = BTreeMap::new();
            for path in children(&folder)?.into_iter().filter(|path| path.is_file()) {
                let name = file_name(&path);
                if is_plugin_data(&name) {
                    files.insert(name, read_text(&path)?);
                }
            }
            let absolute = fs::canonicalize(&folder).unwrap_or_else(|_| folder.clone());
            let name = file_name(&absolute);
            self.plugins.insert(name.clone(), PluginFolder { name, path: shown(&folder), files });
        }
        Ok(())
    }

    /// A folder of rules: `<plugin>/*.rhai`, `parameters/<year>.toml`, `agreement.toml`; rule files that stand in
    /// the folder itself belong to the plugin `common`.
    fn rules_of(&mut self, folder: &Path) -> Result<(), Failure> {
        let mut rules = Vec::new();
        for path in children(folder)? {
            let inner = if path.is_dir() { children(&path)? } else { vec![path.clone()] };
            for file in inner.into_iter().filter(|file| file.is_file()) {
                let name = file_name(&file);
                if !name.ends_with(".rhai") && !name.ends_with(".toml") {
                    continue;
                }
                let relative = match path.is_dir() {
                    true => format!("{}/{name}", file_name(&path)),
                    false => name,
                };
                let source = SourceFile::new(shown(&file), read_text(&file)?);
                self.file_of_rules(&relative, source, &mut rules);
            }
        }
        self.add_rules(rules);
        Ok(())
    }

    fn file_of_rules(&mut self, relative: &str, file: SourceFile, rules: &mut Vec<(String, SourceFile)>) {
        match relative.split_once('/') {
            None if relative == "agreement.toml" => self.agreement = Some(file),
            Some(("parameters", name)) if name.ends_with(".toml") => {
                self.parameters.insert(name.to_string(), file);
            }
            Some((plugin, name)) if name.ends_with(".rhai") => rules.push((plugin.to_string(), file)),
            None if relative.ends_with(".rhai") => rules.push(("common".to_string(), file)),
            _ => {}
        }
    }

    fn add_rules(&mut self, rules: Vec<(String, SourceFile)>) {
        let mut of_this_source: BTreeMap<String, Vec<(String, SourceFile)>> = BTreeMap::new();
        for (plugin, file) in rules {
            let id = hegui_core::rule::declared_id(&file.text).unwrap_or_else(|| file.path.clone());
            of_this_source.entry(id).or_default().push((plugin, file));
        }
        self.rules.extend(of_this_source);
    }
}

fn children(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut paths = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| unreadable(folder, &error))?;
    paths.sort();
    Ok(paths)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let path = shown(path);
    match error.kind() {
        std::io::ErrorKind::NotFound => {
            Failure::other(format!("找不到 {path}"), format!("there is no {path}"))
        }
        _ => Failure::other(format!("打不开 {path}：{error}"), format!("cannot open {path}: {error}")),
    }
}

pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    let text = match String::from_utf8_lossy(&bytes) {
        Cow::Borrowed(text) => text.to_string(),
        Cow::Owned(_) => {
            return Err(Failure::other(
                format!("{} 不是 UTF-8 编码；请在编辑器里另存为 UTF-8", shown(path)),
                format!("{} is not UTF-8; save it as UTF-8", shown(path)),
            ));
        }
    };
    Ok(text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text))
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A path as shown to people: with forward slashes.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
