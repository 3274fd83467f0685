//! Tests in a process of their own: for memory that is measured, and for what is global to a process.

use std::process::Command;

const CHILD: &str = "RUNTIME_SUITE_ALONE";

/// Runs `test`, which is the body of the test called `name`, in a process that runs nothing else.
pub fn alone(name: &str, test: impl FnOnce()) {
    if std::env::var(CHILD).as_deref() == Ok(name) {
        return test();
    }
    let mut child = Command::new(std::env::current_exe().unwrap());
    let output = child.args([name, "--exact", "--nocapture"]).env(CHILD, name).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    println!("{}", text(&output.stdout));
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("1 passed"), "no test is called {name}");
}
