//! Fuzzing on the stable toolchain: `cargo xtask fuzz SECONDS`, which runs every target that long and prints how often it ran.
//!
//! A loop of our own over seeds and a mutator: the same seed makes the same inputs on any machine. It knows no coverage; what it finds becomes a test where the fault was.

#[path = "../../tests/payloads/check.rs"]
mod check;
#[path = "fuzz/client.rs"]
mod client;
#[path = "fuzz/mutate.rs"]
mod mutate;
#[path = "../../tests/payloads/samples.rs"]
mod samples;
#[path = "../../tests/payloads/table.rs"]
mod table;
#[path = "fuzz/texts.rs"]
mod texts;

use mutate::Chance;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Longest that one input may take, in a build with optimisations; what takes longer hangs a pipeline sooner or later.
const SLOW: Duration = Duration::from_secs(5);

/// A target: its name, and what it does with an input of chance. It panics where something does not hold; what it returns is the input, for the report.
type Target = (&'static str, fn(&mut Chance, &mut String));

const TARGETS: [Target; 14] = [
    ("parse", texts::parse),
    ("pipeline", texts::pipeline),
    ("lenient-json", texts::lenient_json),
    ("yaml", texts::yaml),
    ("url", texts::url),
    ("overlay", texts::overlay),
    ("lock", texts::lock),
    ("har", texts::har),
    ("secrets", texts::secrets),
    ("path-segment", client::path_segment),
    ("query", client::query),
    ("retry-after", client::retry_after),
    ("multipart", client::multipart),
    ("json-types", client::json_types),
];

fn main() -> ExitCode {
    // `cargo bench` adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let number = |at: usize| words.get(at).and_then(|word| word.parse::<u64>().ok());
    let Some(seconds) = number(0) else {
        eprintln!("usage: cargo xtask fuzz SECONDS [SEED] [TARGET]");
        return ExitCode::from(2);
    };
    let (seed, only) = (number(1).unwrap_or(1), words.get(2));
    let mut failed = false;
    std::panic::set_hook(Box::new(|_| {}));
    for (name, target) in TARGETS.into_iter().filter(|(name, _)| only.is_none_or(|it| it == name)) {
        failed |= !run(name, target, seed, Duration::from_secs(seconds));
    }
    ExitCode::from(u8::from(failed))
}

/// Runs one target; whether it held.
fn run(name: &str, target: fn(&mut Chance, &mut String), seed: u64, limit: Duration) -> bool {
    let begin = Instant::now();
    let (mut count, mut slowest) = (0_u64, Duration::ZERO);
    while begin.elapsed() < limit {
        let mut input = String::new();
        let mut chance = Chance::new(seed.wrapping_mul(1_000_003).wrapping_add(count));
        let start = Instant::now();
        let done = catch_unwind(AssertUnwindSafe(|| target(&mut chance, &mut input)));
        let took = start.elapsed();
        slowest = slowest.max(took);
        if let Err(why) = done {
            let text = why.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| why.downcast_ref::<&str>().copied()).unwrap_or_default();
            println!(
                "{name}: input {count} of seed {seed} fails: {}\n  {:?}",
                text.escape_debug(),
                input
            );
            return false;
        }
        if took > SLOW {
            println!("{name}: input {count} of seed {seed} takes {took:?}\n  {input:?}");
            return false;
        }
        count += 1;
    }
    println!(
        "{name:<14}{count:>12} executions in {:.0?}, the slowest in {slowest:.1?}",
        begin.elapsed()
    );
    true
}
