//! Whole processes: `cargo xtask bench generate|scale|compile`. Peers are measured in the same run where they are on the `PATH`.

#[path = "process/plot.rs"]
mod plot;

use benches::process::{Run, Runs, is_installed, run};
use benches::scaled::{collection, openapi};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The command line, built like a release.
const XTASK: &str = env!("CARGO_BIN_EXE_xtask-measured");

/// Sizes by default, and the one that takes minutes and gigabytes.
const SIZES: [usize; 3] = [68, 680, 6_800];
const LARGEST: usize = 68_000;

fn main() -> Result<(), String> {
    let words: Vec<String> = env::args().skip(1).filter(|it| it != "--bench").collect();
    let has = |word: &str| words.iter().any(|it| it == word);
    let rounds = words.iter().find_map(|it| it.parse().ok()).unwrap_or(5);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root.canonicalize().map_err(|why| why.to_string())?;
    if has("generate") {
        generate(&root, rounds)?;
    }
    if has("scale") {
        scale(&root, rounds, has("large"))?;
    }
    if has("compile") {
        compile(&root, rounds)?;
    }
    Ok(())
}

/// Runs `once` so often, with the name of a folder that is there in no other round: ext4 takes long to make files where as many were just removed, which is not what is measured.
fn repeat(
    rounds: usize,
    mut once: impl FnMut(&str) -> Result<Run, String>,
) -> Result<Runs, String> {
    let runs = (0..rounds).map(|round| once(&format!("out-{round}")));
    runs.collect::<Result<Vec<_>, _>>().map(Runs)
}

fn head(what: &str) {
    println!("\n| {what} | CPU s (least to most) | wall s | MiB |\n|---|---|---|---|");
}

/// The collection in `spec/`: nothing changed, all made again, and alone from nothing.
fn generate(root: &Path, rounds: usize) -> Result<(), String> {
    head("generate");
    let folder = root.join("target/bench/generate");
    emptied(&folder)?;
    // A copy has no neighbours: neither overlay nor evidence.
    fs::copy(spec(root)?, folder.join("alone.json")).map_err(|why| why.to_string())?;
    run(root, XTASK, &["codegen", "-q"])?;
    let same = repeat(rounds, |_| run(root, XTASK, &["codegen", "-q"]))?;
    println!("| the client in this workspace, nothing changed | {} |", same.row());
    let whole = repeat(rounds, |_| run(root, XTASK, &["codegen", "-q", "--force"]))?;
    println!("| the same made again, with overlay and evidence | {} |", whole.row());
    let fresh = repeat(rounds, |out| {
        let words = ["codegen", "-q", "--spec", "alone.json", "--out", out, "--name", "fresh"];
        run(&folder, XTASK, &words)
    })?;
    println!("| its collection alone, into an empty folder | {} |", fresh.row());
    Ok(())
}

fn spec(root: &Path) -> Result<String, String> {
    let files = fs::read_dir(root.join("spec")).map_err(|why| why.to_string())?;
    let mut files = files.filter_map(Result::ok).map(|entry| entry.path());
    let is_json = |path: &PathBuf| path.extension().is_some_and(|it| it == "json");
    files.find(is_json).map(|path| path.display().to_string()).ok_or("no collection".to_owned())
}

fn emptied(folder: &Path) -> Result<(), String> {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).map_err(|why| why.to_string())
}

/// Time and memory over size, as a table and a plot.
fn scale(root: &Path, rounds: usize, large: bool) -> Result<(), String> {
    let folder = root.join("target/bench/scale");
    emptied(&folder)?;
    let peer = is_installed("cargo-progenitor");
    let converter = is_installed("postman2openapi");
    println!(
        "\n| requests, program | CPU s (least to most) | wall s | MiB | ms a request | ours to it |"
    );
    println!("|---|---|---|---|---|---|");
    let mut lines: Vec<plot::Line> = Vec::new();
    for size in SIZES.into_iter().chain(large.then_some(LARGEST)) {
        let inputs = inputs(&folder, size)?;
        // The largest takes minutes; its median would take an hour.
        let rounds = if size == LARGEST { 1 } else { rounds };
        let mut found =
            vec![("postman-codegen", repeat(rounds, |out| ours(&folder, &inputs, out))?)];
        if peer {
            found.push((
                "cargo-progenitor",
                repeat(rounds, |out| progenitor(&folder, &inputs, out))?,
            ));
        }
        if converter {
            let convert = |_: &str| run(&folder, "postman2openapi", &[&inputs[0]]);
            found.push(("postman2openapi (converts only)", repeat(rounds, convert)?));
        }
        let own = found[0].1.spread(|run| run.cpu)[0];
        for (name, runs) in found {
            let [cpu, ..] = runs.spread(|run| run.cpu);
            // GNU time counts hundredths: a run of none has no ratio.
            let ratio = if cpu < 0.01 { "–".to_owned() } else { format!("{:.2}", own / cpu) };
            let each = cpu * 1_000.0 / size as f64;
            println!("| {size} {name} | {} | {each:.3} | {ratio} |", runs.row());
            plot::add(&mut lines, name, size, cpu, runs.spread(|run| run.memory)[0]);
        }
    }
    let plot = root.join("target/bench/scale.svg");
    plot::draw(&plot, &lines).map_err(|why| why.to_string())?;
    println!("\n{}", plot.display());
    Ok(())
}

/// The files of both formats.
fn inputs(folder: &Path, size: usize) -> Result<[String; 2], String> {
    let paths = [folder.join(format!("{size}.json")), folder.join(format!("{size}.openapi.json"))];
    for (path, text) in paths.iter().zip([collection(size), openapi(size)]) {
        fs::write(path, text).map_err(|why| why.to_string())?;
    }
    Ok(paths.map(|path| path.display().to_string()))
}

fn ours(folder: &Path, [spec, _]: &[String; 2], out: &str) -> Result<Run, String> {
    let out = format!("{spec}.{out}");
    run(folder, XTASK, &["codegen", "-q", "--spec", spec, "--out", &out, "--name", "scaled"])
}

fn progenitor(folder: &Path, [_, spec]: &[String; 2], out: &str) -> Result<Run, String> {
    let out = format!("{spec}.{out}");
    let words = ["progenitor", "-i", spec, "-o", &out, "-n", "peer", "-v", "0.1.0"];
    run(folder, "cargo-progenitor", &words)
}

/// `cargo check` of the committed client alone, its dependencies built.
fn compile(root: &Path, rounds: usize) -> Result<(), String> {
    head("cargo check");
    let source = root.join("generated-client/src/lib.rs");
    let check = || run(root, "cargo", &["check", "--quiet", "--package", "auth0-management"]);
    check()?;
    let runs = repeat(rounds, |_| {
        let text = fs::read(&source).map_err(|why| why.to_string())?;
        fs::write(&source, text).map_err(|why| why.to_string())?;
        check()
    })?;
    println!("| the client in this workspace | {} |", runs.row());
    Ok(())
}
