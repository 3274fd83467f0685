//! What types are expected of the collections of a folder, and whether they have them.
//!
//! An expectation is a file `NAME.expect` beside or apart from `NAME.json`: blocks of lines, each of which must stand in the dump of the API as it is. A block is a line and the indented lines after it; a line that begins with `#` is a remark.

use super::row::Row;
use anyhow::Context as _;
use postman_codegen::Generated;
use postman_codegen::api::dump::dump;
use std::fmt::Write as _;
use std::path::Path;

/// Whether a collection has the types that `folder` expects of it; nothing where it expects none.
pub(super) fn expected(
    folder: &Path,
    stem: &str,
    generated: &Generated,
) -> anyhow::Result<Option<Result<(), String>>> {
    let path = folder.join(format!("{stem}.expect"));
    if !path.exists() {
        return Ok(None);
    }
    let wanted = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Some(held(&dump(&generated.api), &wanted)))
}

/// Whether all blocks of `wanted` stand in `dump`; else the first that does not, and what stands there.
fn held(dump: &str, wanted: &str) -> Result<(), String> {
    let found = blocks(dump);
    for block in blocks(wanted) {
        if !found.contains(&block) {
            let title = block.lines().next();
            let other = found.iter().find(|other| other.lines().next() == title);
            let other = other.map_or("nothing", String::as_str);
            return Err(format!("expected\n{block}found\n{other}"));
        }
    }
    Ok(())
}

/// The blocks of a text.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        match blocks.last_mut().filter(|_| line.starts_with(' ')) {
            Some(block) => block.push_str(line),
            None => blocks.push(line.to_owned()),
        }
        blocks.iter_mut().last().into_iter().for_each(|block| block.push('\n'));
    }
    blocks
}

/// How many expectations hold, after what does not.
pub(super) fn judged(rows: &[Row]) -> (String, bool) {
    let mut out = String::new();
    let (mut all, mut right) = (0_usize, 0_usize);
    for row in rows {
        let Some(types) = &row.types else { continue };
        all += 1;
        match types {
            Ok(()) => right += 1,
            Err(why) => {
                let _ = writeln!(out, "types of {}: {why}", row.file);
            }
        }
    }
    let _ = writeln!(out, "types {right} of {all} right");
    (out, right == all && all > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_stands_in_the_dump_as_it_is() {
        let dump = "api A\nGET /a [A]\n  answer `/a .`\nstruct `/a .` answer\n  id?: integer\n";
        assert_eq!(
            held(
                dump,
                "# one\nstruct `/a .` answer\n  id?: integer\n\nGET /a [A]\n  answer `/a .`\n"
            ),
            Ok(())
        );
        let why = held(dump, "struct `/a .` answer\n  id?: text\n").unwrap_err();
        assert!(
            why.contains("  id?: text\nfound\nstruct `/a .` answer\n  id?: integer\n"),
            "{why}"
        );
        assert!(held(dump, "struct `/a .` answer\n").is_err(), "a field too many");
        let row = |types| Row { types: Some(types), ..Row::default() };
        let (text, all) = judged(&[row(Ok(())), row(Err("x".to_owned())), Row::default()]);
        assert!(!all && text.ends_with("types 1 of 2 right\n"), "{text}");
        assert!(judged(&[row(Ok(()))]).1 && !judged(&[Row::default()]).1);
    }
}
