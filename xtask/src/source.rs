//! A path -> the text of a collection: of a file, or of all files of a folder in format v3, as one bundle.

use anyhow::{Context as _, anyhow, bail};
use postman_codegen::bundle;
use postman_codegen::diagnostic::line_and_column;
use postman_codegen::origin::Span;
use postman_codegen::postman::decode;
use std::path::{Path, PathBuf};

/// More files than any collection has: the folder is not the one that was meant.
const MAX_FILES: usize = 100_000;

/// What belongs to a folder of requests without being one of them.
const RESOURCES: &str = ".resources";

/// Whether `path` is a collection in format v3: a folder of YAML files around a definition.
pub(crate) fn is_folder(path: &Path) -> bool {
    let definition = path.join(RESOURCES).join("definition");
    ["yaml", "yml"].iter().any(|end| definition.with_extension(end).is_file())
}

/// The collection's own name: of its file, or of its folder, even where that is `.`.
pub(crate) fn name(path: &Path) -> String {
    let given = path.file_name().map(ToOwned::to_owned);
    let found = || path.canonicalize().ok()?.file_name().map(ToOwned::to_owned);
    let name = given.or_else(found).unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The text of the collection at `path`; `shown` prints a path.
pub(crate) fn read(path: &Path, shown: &dyn Fn(&Path) -> String) -> anyhow::Result<String> {
    if !is_folder(path) {
        return text(path, shown);
    }
    let name = name(path);
    let mut parts = Vec::new();
    for file in files(path)? {
        let below = file.strip_prefix(path)?;
        let below = below.to_str().with_context(|| format!("{}: no UTF-8", shown(&file)))?;
        let is_yaml = file.extension().is_some_and(|end| end == "yaml" || end == "yml");
        let text = if is_yaml { text(&file, shown)? } else { String::new() };
        parts.push((format!("{name}/{}", below.replace('\\', "/")), text));
    }
    bundle::join(&parts).map_err(|why| anyhow!("{}: {why}", shown(path)))
}

/// The files of the collection at `path`, ordered; hidden ones are none of it.
pub(crate) fn files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !is_folder(path) {
        return Ok(vec![path.to_owned()]);
    }
    let (mut found, mut folders) = (Vec::new(), vec![path.to_owned()]);
    while let Some(folder) = folders.pop() {
        let cannot = || format!("cannot list {}", folder.display());
        for entry in std::fs::read_dir(&folder).with_context(cannot)? {
            let entry = entry.with_context(cannot)?;
            let (path, kind) = (entry.path(), entry.file_type().with_context(cannot)?);
            let name = entry.file_name();
            if name.to_string_lossy().starts_with('.') && name != RESOURCES {
                continue;
            }
            if kind.is_symlink() {
                bail!("{} is a link; a collection's folder holds files alone", path.display());
            }
            if kind.is_dir() { folders.push(path) } else { found.push(path) }
        }
        if found.len() + folders.len() > MAX_FILES {
            bail!("{}: more than {MAX_FILES} files are no collection", path.display());
        }
    }
    found.sort();
    Ok(found)
}

/// The text of one file.
pub(crate) fn text(path: &Path, shown: &dyn Fn(&Path) -> String) -> anyhow::Result<String> {
    let shown = shown(path);
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {shown}"))?;
    decoded(&bytes, &shown)
}

/// The text in `bytes` of the file that is printed as `shown`.
pub(crate) fn decoded(bytes: &[u8], shown: &str) -> anyhow::Result<String> {
    decode(bytes).map_err(|error| match std::str::from_utf8(bytes) {
        Err(invalid) if error.starts_with("not UTF-8") => {
            let start = invalid.valid_up_to();
            let text = String::from_utf8_lossy(bytes);
            let (line, column) = line_and_column(&text, Span { start, end: start });
            anyhow!("{shown}:{line}:{column}: not UTF-8; save the file in that encoding")
        }
        _ => anyhow!("{shown}: {error}"),
    })
}
