//! A program run several times: the median of its CPU time and memory, and their spread.

use std::path::Path;
use std::process::Command;

/// One run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// User and system time with that of its children, in seconds.
    pub cpu: f64,
    /// From start to end, in seconds.
    pub wall: f64,
    /// Most memory at once, in MiB.
    pub memory: f64,
}

/// Several runs of one program.
#[derive(Clone, Debug)]
pub struct Runs(pub Vec<Run>);

impl Runs {
    /// The median of what `of` picks, the least and the most.
    #[must_use]
    pub fn spread(&self, of: impl Fn(&Run) -> f64) -> [f64; 3] {
        let mut values: Vec<f64> = self.0.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        let at = |index: usize| values.get(index).copied().unwrap_or(f64::NAN);
        [at(values.len() / 2), at(0), at(values.len().saturating_sub(1))]
    }

    /// The row of a table: CPU seconds with their spread, wall time, memory.
    #[must_use]
    pub fn row(&self) -> String {
        let [cpu, least, most] = self.spread(|run| run.cpu);
        let ([wall, ..], [memory, ..]) =
            (self.spread(|run| run.wall), self.spread(|run| run.memory));
        format!("{cpu:.3} ({least:.3} to {most:.3}) | {wall:.2} | {memory:.0}")
    }
}

/// Runs a program in `folder` once; GNU time tells what it took.
///
/// # Errors
///
/// There is no GNU time, or the program fails: what it said.
pub fn run(folder: &Path, program: &str, arguments: &[&str]) -> Result<Run, String> {
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%U %S %e %M", program]).args(arguments).current_dir(folder);
    let done = command.output().map_err(|why| format!("/usr/bin/time: {why}"))?;
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    let last = said.trim_end().lines().last().unwrap_or_default();
    let numbers: Vec<f64> = last.split(' ').filter_map(|word| word.parse().ok()).collect();
    match numbers.as_slice() {
        [user, system, wall, kilobytes] if done.status.success() => {
            Ok(Run { cpu: user + system, wall: *wall, memory: kilobytes / 1024.0 })
        }
        _ => Err(format!("{program} {}: {said}", arguments.join(" "))),
    }
}

/// Whether a program of that name is on the `PATH`.
#[must_use]
pub fn is_installed(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::{Run, Runs};

    #[test]
    fn the_median_is_the_middle_one() {
        let runs = [3.0, 1.0, 2.0].map(|cpu| Run { cpu, wall: 0.5, memory: 7.0 });
        assert_eq!(Runs(runs.to_vec()).spread(|run| run.cpu), [2.0, 1.0, 3.0]);
        assert_eq!(Runs(runs.to_vec()).row(), "2.000 (1.000 to 3.000) | 0.50 | 7");
    }
}
