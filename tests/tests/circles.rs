//! No circle of modules, in the generator and in the client's runtime: whoever reads a file reads what it uses first, and comes to an end.
//!
//! A file uses another one by a `use` line or a path; what is exported again counts for the file that defines it. A file may name types and constants of the files around it, which are the vocabulary of its room, but calls none of their functions.

use integration_tests::root;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A module's path below the crate; empty for the crate itself.
type Module = Vec<String>;

/// Files of one crate, by module.
struct Crate {
    texts: BTreeMap<Module, String>,
    /// What a module exports again: the name, and the path it stands for.
    exports: BTreeMap<Module, BTreeMap<String, Vec<String>>>,
}

impl Crate {
    fn read(folder: &str) -> Self {
        let (folder, mut texts) = (root().join(folder), BTreeMap::new());
        gather(&folder, &folder, &mut texts);
        Self::new(texts)
    }

    fn new(texts: BTreeMap<Module, String>) -> Self {
        let mut exports = BTreeMap::new();
        for (module, text) in &texts {
            let paths = uses(text).into_iter().filter(|(is_export, _)| *is_export);
            let named = |(_, path): (bool, Vec<String>)| Some((path.last()?.clone(), path));
            exports.insert(module.clone(), paths.filter_map(named).collect());
        }
        Self { texts, exports }
    }

    /// The module that `path` leads to from `base`, and the item in it, if any.
    fn resolve(&self, base: &[String], path: &[String]) -> (Module, Option<String>) {
        let Some((first, rest)) = path.split_first() else { return (base.to_vec(), None) };
        match first.as_str() {
            "crate" => return self.resolve(&[], rest),
            "self" => return self.resolve(base, rest),
            "super" => return self.resolve(base.split_last().map_or(&[], |it| it.1), rest),
            _ => {}
        }
        let child = [base, std::slice::from_ref(first)].concat();
        if self.texts.contains_key(&child) {
            return self.resolve(&child, rest);
        }
        match self.exports.get(base).and_then(|exports| exports.get(first)) {
            Some(export) if export.first() != Some(first) => {
                self.resolve(base, &[export.as_slice(), rest].concat())
            }
            Some(_) | None => (base.to_vec(), Some(first.clone())),
        }
    }

    /// Module -> the modules it uses.
    fn uses(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let used = |(module, text): (&Module, &String)| {
            let children =
                self.texts.keys().filter(|it| it.split_last().is_some_and(|it| it.1 == module));
            let mut heads: BTreeSet<&str> =
                children.filter_map(|it| it.last()).map(String::as_str).collect();
            heads.extend(["crate", "self", "super"]);
            let imports = uses(text).into_iter().filter(|(is_export, _)| !is_export);
            let paths = imports.map(|(_, path)| path).chain(paths(text));
            let paths = paths.filter(|path| heads.contains(path[0].as_str()));
            let ends = paths.map(|path| self.resolve(module, &path));
            let ends = ends
                .filter(|(end, item)| end != module && self.counts(module, end, item.as_deref()));
            (module.clone(), ends.map(|(end, _)| end).collect())
        };
        self.texts.iter().map(used).collect()
    }

    /// Of the files around a file, only functions count.
    fn counts(&self, module: &[String], end: &[String], item: Option<&str>) -> bool {
        if !module.starts_with(end) {
            return true;
        }
        let text = self.texts.get(end).map_or("", String::as_str);
        item.is_some_and(|item| {
            ["(", "<"].iter().any(|after| text.contains(&format!("fn {item}{after}")))
        })
    }

    /// A circle, if there is one.
    fn circle(&self) -> Option<String> {
        let mut left = self.uses();
        loop {
            let done = left.iter().find(|(_, used)| !used.iter().any(|it| left.contains_key(it)));
            let Some(done) = done.map(|(module, _)| module.clone()) else { break };
            left.remove(&done);
        }
        let mut walk = vec![left.keys().next()?.clone()];
        loop {
            let next = left[walk.last()?].iter().find(|it| left.contains_key(*it))?.clone();
            if let Some(start) = walk.iter().position(|it| *it == next) {
                walk.push(next);
                let names = walk[start..].iter().map(|it| it.join("::"));
                return Some(names.collect::<Vec<_>>().join(" -> "));
            }
            walk.push(next);
        }
    }
}

/// Reads all files but unit tests.
fn gather(crate_folder: &Path, folder: &Path, texts: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let is_test = matches!(stem, "tests" | "laws") || stem.ends_with("_tests");
        if path.is_dir() && !is_test {
            gather(crate_folder, &path, texts);
        } else if path.extension().is_some_and(|end| end == "rs") && !is_test {
            let below = path.strip_prefix(crate_folder).unwrap().with_extension("");
            let parts = below.iter().map(|part| part.to_str().unwrap().to_owned());
            let module: Module = parts.filter(|part| part != "lib").collect();
            texts.insert(module, code(&fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Everything before the file's unit tests, without whole-line comments.
pub(crate) fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The paths of all `use` lines, each with whether it is exported again.
fn uses(text: &str) -> Vec<(bool, Vec<String>)> {
    let mut found = Vec::new();
    for statement in text.split(';') {
        let line = statement.rsplit("\nuse ").next().unwrap();
        let exported = ["\npub use ", "\npub(crate) use ", "\npub(super) use "];
        let export = exported.iter().find_map(|start| statement.rsplit_once(start));
        let is_import = statement.contains("\nuse ") || statement.starts_with("use ");
        let tree = export.map_or(line, |(_, tree)| tree);
        if is_import || export.is_some() {
            let tree = tree.strip_prefix("use ").unwrap_or(tree);
            expand(tree, &[], &mut |path| found.push((export.is_some(), path)));
        }
    }
    found
}

/// The paths of one `use` tree.
fn expand(tree: &str, before: &[String], found: &mut dyn FnMut(Vec<String>)) {
    let segments = |text: &str| -> Vec<String> {
        let text = text.split(" as ").next().unwrap();
        text.split("::").map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let Some((head, list)) = tree.split_once('{') else {
        return found([before, &segments(tree)].concat());
    };
    let (before, mut depth, mut start) = ([before, &segments(head)].concat(), 0, 0);
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                let inner = list[start..at].trim();
                if !inner.is_empty() {
                    expand(inner, &before, found);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// Paths of two segments and more that stand anywhere in the code.
fn paths(text: &str) -> Vec<Vec<String>> {
    let outside = |c: char| c != ':' && c != '_' && !c.is_alphanumeric();
    let words = text.split(outside).map(|word| word.trim_end_matches(':'));
    let words = words.filter(|word| word.contains("::") && !word.starts_with(':'));
    words.map(|word| word.split("::").map(str::to_owned).collect()).collect()
}

#[test]
fn no_module_of_the_generator_stands_in_a_circle() {
    let generator = Crate::read("codegen/src");
    assert!(generator.uses().values().map(BTreeSet::len).sum::<usize>() > 500);
    assert_eq!(generator.circle(), None);
}

#[test]
fn no_module_of_the_runtime_stands_in_a_circle() {
    let runtime = Crate::read("codegen/runtime");
    assert!(runtime.uses().values().map(BTreeSet::len).sum::<usize>() > 100);
    assert_eq!(runtime.circle(), None);
}

/// A crate of a few files.
fn sample(files: &[(&str, &str)]) -> Crate {
    let module = |path: &str| -> Module {
        path.split("::").filter(|it| !it.is_empty()).map(str::to_owned).collect()
    };
    let texts = files.iter().map(|(path, text)| (module(path), code(text)));
    Crate::new(texts.collect())
}

#[test]
fn circles_are_found_in_every_spelling() {
    let circle = Some("a -> b -> a".to_owned());
    for (a, b) in [
        ("use crate::b::B;", "use crate::a::A;"),
        ("use super::b::B;", "use super::a;"),
        ("use super::{c::C, b::{B, D}};", "fn x() { crate::a::x() }"),
        ("use crate::B;", "use std::fmt;\nuse super::A;"),
        ("fn x() -> super::B { x() }", "use crate::{\n    A as Other,\n};"),
    ] {
        let top = "mod a;\nmod b;\npub use a::A;\npub use b::{B, D};\n";
        assert_eq!(sample(&[("", top), ("a", a), ("b", b), ("c", "")]).circle(), circle, "{a} {b}");
    }
}

#[test]
fn a_room_may_name_its_vocabulary_and_call_no_function_of_it() {
    let room = "mod inner;\npub struct Word;\nfn spell() {}\nfn all() { inner::one() }\n";
    let files = |inner| sample(&[("", ""), ("room", room), ("room::inner", inner)]);
    assert_eq!(files("use super::Word;\nfn one() {}").circle(), None);
    assert_eq!(files("// super::spell\nuse std::fmt;").circle(), None);
    let circle = Some("room -> room::inner -> room".to_owned());
    assert_eq!(files("use super::{Word, spell};").circle(), circle);
    assert_eq!(files("fn one() { super::spell() }").circle(), circle);
}
