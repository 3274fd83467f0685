//! The command line as a process: run to its end, or watched line by line.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use std::{io, thread};

/// What a finished process left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    /// Its exit code.
    pub code: Option<i32>,
    /// Its standard output.
    pub out: String,
    /// Its standard error.
    pub err: String,
}

/// Runs `program` in `folder` to its end.
///
/// # Errors
///
/// The program cannot be started.
pub fn run(program: &str, folder: &Path, arguments: &[&str]) -> io::Result<Finished> {
    let output = Command::new(program).args(arguments).current_dir(folder).output()?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Finished {
        code: output.status.code(),
        out: text(&output.stdout),
        err: text(&output.stderr),
    })
}

/// A process that goes on, and the lines it prints; it is killed when it is dropped.
#[derive(Debug)]
pub struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    /// Starts `program` in `folder`.
    ///
    /// # Errors
    ///
    /// The program cannot be started.
    pub fn start(program: &str, folder: &Path, arguments: &[&str]) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let (sender, lines) = channel();
        if let Some(out) = child.stdout.take() {
            thread::spawn(move || {
                let printed = BufReader::new(out).lines().map_while(Result::ok);
                printed.map(|line| sender.send(line)).find(Result::is_err)
            });
        }
        Ok(Self { child, lines })
    }

    /// The next line it prints; `None` when it ended, or says nothing for a minute.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        self.lines.recv_timeout(Duration::from_secs(60)).ok()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
