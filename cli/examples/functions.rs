//! Writes the lists of native functions in `docs/rules.md` and `docs/rules.zh-CN.md`, between the two marks
//! `<!-- functions -->`, from the functions' own declarations:
//!
//! ```sh
//! cargo run --example functions
//! ```

use std::error::Error;
use std::fs;
use std::path::Path;

use hegui_core::native::{Native, core_natives};
use hegui_core::text::{Lang, Text};

const MARK: &str = "<!-- functions -->";
const PAGES: [(Lang, &str); 2] = [(Lang::Zh, "docs/rules.zh-CN.md"), (Lang::En, "docs/rules.md")];

fn main() -> Result<(), Box<dyn Error>> {
    for (lang, page) in PAGES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(page);
        let text = fs::read_to_string(&path)?;
        let (before, rest) = text.split_once(MARK).ok_or("the first mark is missing")?;
        let (_, after) = rest.split_once(MARK).ok_or("the second mark is missing")?;
        fs::write(&path, format!("{before}{MARK}\n\n{}\n{MARK}{after}", sections(lang)))?;
    }
    Ok(())
}

/// A table of the core's functions, and one for each plugin that has any.
fn sections(lang: Lang) -> String {
    let core = ("core", core_natives());
    let plugins = hegui::plugins().map(|plugin| (plugin.name(), plugin.natives()));
    let tables = [core].into_iter().chain(plugins).filter(|(_, natives)| !natives.is_empty());
    tables.map(|(name, natives)| table(lang, name, &natives)).collect::<Vec<_>>().join("\n")
}

fn table(lang: Lang, name: &str, natives: &[Native]) -> String {
    let title = match name {
        "core" => Text::new("核心", "Core"),
        name => Text::new(format!("插件 `{name}`"), format!("Plugin `{name}`")),
    };
    let head = Text::new("| 函数 | 结果 | 作用 | 例 |", "| function | answer | what it does | example |");
    let rows: String = natives.iter().map(|native| row(lang, native)).collect();
    format!("**{}**\n\n{}\n|---|---|---|---|\n{rows}", title.get(lang), head.get(lang))
}

fn row(lang: Lang, native: &Native) -> String {
    let label = |ty: hegui_core::native::Type| ty.label().get(lang).to_string();
    let params: Vec<String> =
        native.params.iter().map(|param| format!("{}: {}", param.name, label(param.ty))).collect();
    let or_empty = match (native.may_be_empty, lang) {
        (false, _) => "",
        (true, Lang::Zh) => "，可能为空",
        (true, Lang::En) => ", or empty",
    };
    let doc = match lang {
        Lang::Zh => native.doc_zh,
        Lang::En => native.doc,
    };
    let example = native.examples.first().map_or(String::new(), |example| format!("`{example}`"));
    let cells = [
        format!("`{}` `{}`<br>({})", native.name, native.name_zh, params.join(", ")),
        format!("{}{or_empty}", label(native.returns)),
        doc.to_string(),
        example,
    ];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}
