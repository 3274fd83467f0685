//! One binary for the tests that need the workspace or the whole pipeline; a module a topic.

mod cli;
mod disk;
mod tidy;
