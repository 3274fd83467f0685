//! Truth on the wire: what the emitted client really sends, compared with what Postman sends.
//!
//! In goes what the pipeline made of a collection; out goes the source of a *driver*, a program that makes every operation's example call through a recording transport and prints a JSON line for each. Lines are compared with those of Postman's own runtime. Runs nothing and touches no file: whoever calls it builds and runs the driver.

pub mod compare;
pub mod driver;
mod frozen;
mod json_equal;
mod lenient;
pub mod line;
mod parts;
mod rule;
mod rules;
mod sample;
pub mod scratch;
mod stand_ins;
pub mod vars;

pub use compare::{By, Comparison, Rule, Wrong, compare};
pub use driver::{Driver, DriverInput, driver};
pub use line::{Line, Sent, read_lines};
pub use vars::Vars;

/// Whether a collection is of the first format, whose lines are matched by their place.
#[must_use]
pub fn is_first_format(spec: &str) -> bool {
    crate::json::read(spec).is_ok_and(|root| sample::Spec::new(&root).is_first_format())
}
