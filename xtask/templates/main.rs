//! The command line of this workspace: `cargo xtask help` says what it can.

fn main() -> std::process::ExitCode {
    xtask::run(std::env::args_os())
}
