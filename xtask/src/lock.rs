//! The lock of names beside a collection: written after its client, and compared by `--check`.

use crate::job::{Job, Texts};
use anyhow::Context as _;
use postman_codegen::Generated;
use postman_codegen::output::{Difference, Drift, State, disk};
use std::path::Path;

/// Writes the lock where it says something else than before; returns its path as it is printed then.
pub(crate) fn write(
    job: &Job,
    generated: &Generated,
    texts: &Texts,
) -> anyhow::Result<Option<String>> {
    let text = generated.lock.to_string();
    let path = job.lock.as_ref().filter(|_| texts.lock.as_deref() != Some(text.as_str()));
    let Some(path) = path else { return Ok(None) };
    let name = path.file_name().and_then(|name| name.to_str()).context("--lock names no file")?;
    let folder = path.parent().filter(|folder| folder.parent().is_some());
    disk::replace(folder.unwrap_or(Path::new(".")), name, &text)?;
    Ok(Some(job.shown(path)))
}

/// How the lock on disk differs from what would be written, and the folder it lies in.
pub(crate) fn drift(job: &Job, generated: &Generated, texts: &Texts) -> Option<(String, Drift)> {
    let expected = generated.lock.to_string();
    let path = job.lock.as_ref().filter(|_| texts.lock.as_deref() != Some(expected.as_str()))?;
    let shown = job.shown(path);
    let (folder, name) = shown.rsplit_once('/').unwrap_or((".", &shown));
    let state = if texts.lock.is_some() { State::Stale } else { State::Missing };
    let found = texts.lock.clone();
    let difference = Difference { path: name.to_owned(), state, found, expected: Some(expected) };
    Some((folder.to_owned(), Drift { differences: vec![difference], unchanged: 0 }))
}
