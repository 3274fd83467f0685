//! The stages of the pipeline, listed once: texts -> what each stage makes of them.
//!
//! In: the texts a client is made of. Out: an [`Analysis`], which whoever asks a question reads, and the emitted crate. Decides nothing itself: it hands what one stage made to the next.

use crate::api::{self, Api};
use crate::diagnostic::{Diagnostic, Severity};
use crate::draft::Draft;
use crate::emit::Emission;
use crate::evidence::{self, Evidence};
use crate::infer::reasons::Reasons;
use crate::infer::{self, Inferred, Reasoning};
use crate::name::{self, Lock, Names, Renaming};
use crate::output::FileTree;
use crate::overlay::{self, Overlay};
use crate::{emit, format, lower, postman};

/// How many threads print files; what they print does not depend on it.
const THREADS: usize = 2;

/// The texts a client is made of.
#[derive(Clone, Debug, Default)]
pub struct Input<'a> {
    /// File name of the spec, without its folder.
    pub spec_name: &'a str,
    /// The collection.
    pub spec: &'a str,
    /// The overlay, if any.
    pub overlay: Option<&'a str>,
    /// Name and text of each evidence file, in any order.
    pub evidence: &'a [(String, String)],
    /// Names that stay, if any.
    pub lock: Option<&'a str>,
    /// What becomes of those that could be others now.
    pub renaming: Renaming,
    /// Package name that beats the overlay's.
    pub package: Option<&'a str>,
}

/// The collection, read and understood, with all that later stages read beside it.
#[derive(Clone, Debug)]
pub struct Lowered<'a> {
    /// What the collection says.
    pub draft: Draft,
    /// What became of the collection's members.
    pub account: lower::Account,
    /// The corrections.
    pub overlay: Overlay,
    /// The names that stay.
    pub lock: Lock,
    /// What becomes of those that could be others now.
    renaming: Renaming,
    /// What was found on the way.
    pub diagnostics: Vec<Diagnostic>,
    evidence: &'a [(String, String)],
}

impl<'a> Lowered<'a> {
    /// Reads the overlay, the lock and the collection, and lowers it.
    ///
    /// # Errors
    ///
    /// A text that cannot be read at all.
    pub fn new(input: &Input<'a>) -> Result<Self, Vec<Diagnostic>> {
        let mut overlay = input.overlay.map_or_else(|| Ok(Overlay::default()), overlay::parse)?;
        let lock = input.lock.map_or_else(|| Ok(Lock::default()), Lock::parse)?;
        if let Some(name) = input.package {
            overlay.client.name = Some(name.to_owned());
        }
        let mut document = postman::document(input.spec)?;
        let secrets = postman::redact(&mut document);
        let (collection, mut diagnostics) = postman::collection(&document)?;
        diagnostics.extend(secrets);
        let account = lower::account::account(&document);
        diagnostics.extend(account.diagnostics());
        let (draft, noted) = lower::lower(&collection);
        diagnostics.extend(noted);
        let Input { evidence, renaming, .. } = *input;
        Ok(Self { draft, account, overlay, lock, renaming, diagnostics, evidence })
    }

    /// Name and evidence of each source.
    ///
    /// # Errors
    ///
    /// One diagnostic per file that cannot be read.
    pub fn sources(&self) -> Result<Vec<(String, Evidence)>, Vec<Diagnostic>> {
        evidence::file::read_each(self.evidence)
    }

    /// Types the draft by its samples and `evidence`.
    #[must_use]
    pub fn infer(&self, evidence: &Evidence, reasoning: Reasoning) -> Inferred {
        infer::infer(
            &self.draft,
            evidence,
            &self.overlay.hints,
            reasoning,
            self.lock.first_server(),
        )
    }

    /// Applies the overlay's corrections.
    #[must_use]
    pub fn correct(&self, api: Api) -> (Api, Vec<Diagnostic>) {
        overlay::apply::apply(api, &self.overlay.patches)
    }

    /// Makes every Rust name, and the lock that keeps them.
    #[must_use]
    pub fn name(&self, api: &Api) -> (Names, Lock, Vec<Diagnostic>) {
        name::name(api, &self.overlay.client, &self.overlay.names, (&self.lock, self.renaming))
    }
}

/// What an earlier run made, of which the next takes what is the same.
#[derive(Clone, Debug)]
pub struct Before<'a> {
    /// What the client offered.
    pub api: &'a Api,
    /// How it was called.
    pub names: &'a Names,
    /// Where it was said to come from.
    pub source: emit::Source,
    /// The files that were printed.
    pub files: &'a FileTree,
}

/// What every stage before emission made of an input that has no error.
#[derive(Clone, Debug)]
pub struct Analysis<'a> {
    /// What was read, and what it says.
    pub lowered: Lowered<'a>,
    /// Name and evidence of each source.
    pub sources: Vec<(String, Evidence)>,
    /// What inference made of it, as far as reasons were asked for.
    pub inferred: Api,
    /// Why, as far as it was asked for.
    pub reasons: Reasons,
    /// What the client offers: the same, corrected.
    pub api: Api,
    /// How it is called.
    pub names: Names,
    /// What keeps these names in the next run.
    pub lock: Lock,
    /// Notes and warnings of all stages; never an error.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Analysis<'a> {
    /// Runs the stages in order.
    ///
    /// # Errors
    ///
    /// All diagnostics found up to and with the stage that failed; at least one is an error.
    pub fn new(input: &Input<'a>, reasoning: Reasoning) -> Result<Self, Vec<Diagnostic>> {
        let mut found = Vec::new();
        let mut lowered = Lowered::new(input)?;
        checked(&mut found, std::mem::take(&mut lowered.diagnostics))?;
        let sources = lowered.sources()?;
        let typed = lowered.infer(&evidence::joined(&sources), reasoning);
        checked(&mut found, typed.found)?;
        let inferred = match reasoning {
            Reasoning::Kept => typed.api.clone(),
            Reasoning::Left => Api::default(),
        };
        let (api, noted) = lowered.correct(typed.api);
        checked(&mut found, noted)?;
        let (names, lock, noted) = lowered.name(&api);
        checked(&mut found, noted)?;
        name::complete(&api, &names)?;
        let reasons = typed.reasons;
        Ok(Self { lowered, sources, inferred, reasons, api, names, lock, diagnostics: found })
    }

    /// The files of the crate, as they are written.
    ///
    /// # Errors
    ///
    /// Something that must not stand in an emitted file: a bug of a stage before.
    pub fn files(&self, spec_name: &str) -> Result<FileTree, Vec<Diagnostic>> {
        self.files_after(spec_name, None)
    }

    /// The same, of which what is as it was `before` is not printed again.
    ///
    /// # Errors
    ///
    /// Those of [`Analysis::files`].
    pub fn files_after(
        &self,
        spec_name: &str,
        before: Option<&Before<'_>>,
    ) -> Result<FileTree, Vec<Diagnostic>> {
        let source = emit::Source { spec: spec_name.to_owned() };
        let emission = Emission::new(&self.api, &self.names, &source);
        let Some(before) = before else {
            return format::format(emission.parts(), &|at| emission.part(at), THREADS);
        };
        let kept = emission.kept(&Emission::new(before.api, before.names, &before.source));
        let text = |path: String| before.files.0.get(&path).cloned().map(|text| (path, text));
        let texts =
            |at: usize| emission.paths(at).into_iter().map(text).collect::<Option<Vec<_>>>();
        let kept = kept.iter().enumerate().map(|(at, is)| if *is { texts(at) } else { None });
        let kept: Vec<Option<Vec<_>>> = kept.collect();
        let is_kept = |at: usize| kept.get(at).is_some_and(Option::is_some);
        let part = |at| if is_kept(at) { Vec::new() } else { emission.part(at) };
        let mut files = format::format(emission.parts(), &part, THREADS)?;
        files.0.extend(kept.into_iter().flatten().flatten());
        Ok(files)
    }
}

fn checked(found: &mut Vec<Diagnostic>, noted: Vec<Diagnostic>) -> Result<(), Vec<Diagnostic>> {
    found.extend(noted);
    if found.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        return Err(std::mem::take(found));
    }
    Ok(())
}

/// A stage whose result can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The draft.
    Lower,
    /// The API, as inferred.
    Infer,
    /// The API, corrected.
    Overlay,
    /// The names.
    Name,
}

impl std::str::FromStr for Stage {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "lower" => Ok(Self::Lower),
            "infer" => Ok(Self::Infer),
            "overlay" => Ok(Self::Overlay),
            "name" => Ok(Self::Name),
            _ => Err("the stages are lower, infer, overlay and name"),
        }
    }
}

/// What `stage` hands to the next as text, and all findings up to it. Errors on the way do not stop it: it is there to look at what went wrong.
///
/// # Errors
///
/// A text that cannot be read at all.
pub fn dump(input: &Input<'_>, stage: Stage) -> Result<(String, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut lowered = Lowered::new(input)?;
    let mut found = std::mem::take(&mut lowered.diagnostics);
    if stage == Stage::Lower {
        return Ok((format!("{:#?}", lowered.draft), found));
    }
    let typed = lowered.infer(&evidence::joined(&lowered.sources()?), Reasoning::Left);
    found.extend(typed.found);
    if stage == Stage::Infer {
        return Ok((api::dump::dump(&typed.api), found));
    }
    let (api, noted) = lowered.correct(typed.api);
    found.extend(noted);
    if stage == Stage::Overlay {
        return Ok((api::dump::dump(&api), found));
    }
    let (names, _, noted) = lowered.name(&api);
    found.extend(noted);
    Ok((name::dump::dump(&api, &names), found))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = r#"{
        "info": { "name": "Oven", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/" },
        "item": [{ "name": "List loaves", "request": { "method": "GET", "url": "https://oven.test/loaves" } }]
    }"#;

    /// Nothing is left to correct, so this entry is an error.
    const OVERLAY: &str = "[[patch]]\nat = \"GET /gone\"\nreason = \"It is gone.\"\ndrop = true\n";

    #[test]
    fn a_dump_looks_past_errors_where_an_analysis_stops() {
        let input = Input { spec: SPEC, overlay: Some(OVERLAY), ..Input::default() };
        for stage in [Stage::Overlay, Stage::Name] {
            let (text, found) = dump(&input, stage).unwrap();
            assert!(text.contains("GET /loaves"), "{text}");
            assert!(found.iter().any(|it| it.severity == Severity::Error), "{found:?}");
        }
        let found = Analysis::new(&input, Reasoning::Left).unwrap_err();
        assert!(found.iter().any(|it| it.code == "overlay::dead"), "{found:?}");
    }

    #[test]
    fn the_name_that_is_given_beats_the_overlays_at_every_stage() {
        let overlay = Some("[client]\nname = \"stove\"\n");
        let input = Input { spec: SPEC, overlay, package: Some("kiln"), ..Input::default() };
        let (text, _) = dump(&input, Stage::Name).unwrap();
        assert!(text.contains("kiln") && !text.contains("stove"), "{text}");
        assert_eq!(Analysis::new(&input, Reasoning::Left).unwrap().names.package, "kiln");
    }
}
