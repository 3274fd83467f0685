//! Modules -> text, and the gate: what may stand in an emitted file.
//!
//! In: token streams and texts of `emit`. Out: a [`FileTree`], or what is wrong with a file. Must not know where the tokens come from: the gate trusts nobody.

mod comments;
mod constant;
mod gate;
mod print;
mod program;
mod read;
mod request;
mod table;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;
use crate::emit::{Emitted, Module};
use crate::origin::Origin;
use crate::output::FileTree;
use crate::visible::escaped;
use proc_macro2::TokenStream;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A file's path and its text, or why it must not be written.
type Printed = (String, Result<String, Vec<String>>);

/// Prints the files of every part and checks them; `part` makes those of one, in whichever thread prints them.
///
/// # Errors
///
/// A file that does not parse, or holds what the gate refuses: a broken promise of `emit`'s, named with file and item.
pub fn format(
    parts: usize,
    part: &(dyn Fn(usize) -> Vec<Emitted> + Sync),
    threads: usize,
) -> Result<FileTree, Vec<Diagnostic>> {
    tree(printed(parts, part, threads))
}

fn tree(files: Vec<Printed>) -> Result<FileTree, Vec<Diagnostic>> {
    let (mut tree, mut found) = (FileTree::default(), Vec::new());
    for (path, text) in files {
        found.extend(gate::path(&path).err().map(|why| refused(&path, &why)));
        match text {
            Ok(text) => drop(tree.0.insert(path, text)),
            Err(reasons) => found.extend(reasons.iter().map(|why| refused(&path, why))),
        }
    }
    if found.is_empty() { Ok(tree) } else { Err(found) }
}

/// The files in the order of their parts. Tokens cannot leave the thread that made them, so that each thread takes the next part and prints it before it takes another.
fn printed(
    parts: usize,
    part: &(dyn Fn(usize) -> Vec<Emitted> + Sync),
    threads: usize,
) -> Vec<Printed> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done: Vec<(usize, Vec<Printed>)> = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= parts {
                return done;
            }
            done.push((at, part(at).into_iter().map(print_file).collect()));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(parts)).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().flat_map(|(_, files)| files).collect()
}

fn print_file(file: Emitted) -> Printed {
    match file {
        Emitted::Rust(Module { path, header, items }) => (path, rust(&header, items)),
        Emitted::Runtime { path, text } => {
            let checked = gate::runtime(&path, &text).map(|()| text).map_err(|why| vec![why]);
            (path, checked)
        }
        Emitted::Program { path, root, text } => {
            let checked = program::check(&text, &root).map(|()| escaped(&text).into_owned());
            (path, checked)
        }
        Emitted::Text { path, text } => (path, Ok(text)),
    }
}

/// A file's text. Characters that nobody sees stand in literals alone, where an escape means the same.
fn rust(header: &str, items: TokenStream) -> Result<String, Vec<String>> {
    let file = read::file(items)?;
    gate::file(&file)?;
    Ok(format!("{header}\n{}", escaped(&print::file(file))))
}

fn refused(path: &str, why: &str) -> Diagnostic {
    Diagnostic::error(
        "format::refused",
        format!("`{path}` must not be written: {why}"),
        Origin::default(),
    )
    .with_help("this is a fault of the generator: please report it with the collection")
}
