//! The program: everything is the library's, so that another repository's own `xtask` is these three lines too.

fn main() -> std::process::ExitCode {
    xtask::run(std::env::args_os())
}
