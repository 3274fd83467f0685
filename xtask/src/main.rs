//! The program: everything is the library's, so that another repository's own `xtask` is these three lines too.

/// Trees of many small pieces are what the generator makes; this allocator is made for them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    xtask::run(std::env::args_os())
}
