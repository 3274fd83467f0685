//! What the loopback tests share: a server that can break HTTP in every way, a mini client as emitted code writes it, and a clock that never waits.

pub mod alone;
pub mod client;
pub mod clock;
pub mod server;
pub mod signed;
pub mod spans;
pub mod trace;
