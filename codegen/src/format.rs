//! Modules -> text, and the gate: what may stand in an emitted file.
//!
//! In: token streams and texts of `emit`. Out: a [`FileTree`], or what is wrong with a file. Must not know where the tokens come from: the gate trusts nobody.

mod constant;
mod gate;
mod print;
mod program;
mod request;
mod table;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;
use crate::emit::{Emitted, Module};
use crate::origin::Origin;
use crate::output::FileTree;
use crate::visible::escaped;

/// Prints every file and checks it.
///
/// # Errors
///
/// A file that does not parse, or holds what the gate refuses: a broken promise of `emit`'s, named with file and item.
pub fn format(files: Vec<Emitted>) -> Result<FileTree, Vec<Diagnostic>> {
    let (mut tree, mut found) = (FileTree::default(), Vec::new());
    for file in files {
        let (path, text) = match file {
            Emitted::Rust(module) => (module.path.clone(), rust(&module)),
            Emitted::Runtime { path, text } => {
                let checked = gate::runtime(&path, &text).map(|()| text).map_err(|why| vec![why]);
                (path, checked)
            }
            Emitted::Program { path, root, text } => {
                let checked = program::check(&text, &root).map(|()| escaped(&text).into_owned());
                (path, checked)
            }
            Emitted::Text { path, text } => (path, Ok(text)),
        };
        let path = gate::path(&path).map(|()| path.clone()).unwrap_or_else(|why| {
            found.push(refused(&path, &why));
            path
        });
        match text {
            Ok(text) => drop(tree.0.insert(path, text)),
            Err(reasons) => found.extend(reasons.iter().map(|why| refused(&path, why))),
        }
    }
    if found.is_empty() { Ok(tree) } else { Err(found) }
}

/// A file's text. Characters that nobody sees stand in literals alone, where an escape means the same.
fn rust(module: &Module) -> Result<String, Vec<String>> {
    let file: syn::File =
        syn::parse2(module.items.clone()).map_err(|error| vec![format!("{error}")])?;
    gate::file(&file)?;
    let text = print::file(file).map_err(|why| vec![why])?;
    Ok(format!("{}\n{}", module.header, escaped(&text)))
}

fn refused(path: &str, why: &str) -> Diagnostic {
    Diagnostic::error(
        "format::refused",
        format!("`{path}` must not be written: {why}"),
        Origin::default(),
    )
    .with_help("this is a fault of the generator: please report it with the collection")
}
