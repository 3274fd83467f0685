//! `codegen --watch` as a process: what it makes of each way a file can change under it.
//!
//! Nothing sleeps here: a change is made, and the next line says what the watcher made of it. Cycles are numbered, so one that its own writes had set off would be seen.

use crate::XTASK;
use integration_tests::{Running, Scratch, bakery};
use std::fs;

const SPEC: &str = "spec/bakery.postman_collection.json";

struct Watched {
    scratch: Scratch,
    process: Running,
}

impl Watched {
    fn start() -> Self {
        let scratch = Scratch::workspace(&bakery()).unwrap();
        let process = Running::start(XTASK, scratch.path(), &["codegen", "--watch"]).unwrap();
        let this = Self { scratch, process };
        let inputs = "spec/bakery.postman_collection.json, spec/overlay.toml, spec/evidence";
        assert_eq!(this.line(), format!("watching {inputs}; ctrl-c ends"));
        this
    }

    fn line(&self) -> String {
        self.process.line().expect("a line")
    }

    fn client(&self) -> std::collections::BTreeMap<String, Vec<u8>> {
        self.scratch.files("generated-client").unwrap()
    }

    /// Saves the collection as many editors do: written beside, then renamed over.
    fn save_by_rename(&self, text: &str) {
        self.scratch.write("spec/.swap", text).unwrap();
        fs::rename(self.scratch.join("spec/.swap"), self.scratch.join(SPEC)).unwrap();
    }
}

#[test]
fn the_last_good_client_stays_while_the_collection_cannot_be_read() {
    let watched = Watched::start();
    let first = watched.line();
    assert!(first.starts_with("[1] 7 operations, ") && first.contains(" written, "), "{first}");
    let good = watched.client();

    let half = &bakery()[..bakery().len() / 2];
    watched.scratch.write(SPEC, half).unwrap();
    let place = "at spec/bakery.postman_collection.json";
    let said = watched.line();
    assert!(said.starts_with("[2] generated-client is kept: error["), "{said}");
    assert!(said.contains(&format!("the text ends here {place}:63:47")), "{said}");

    watched.save_by_rename("{\"info\": [}");
    let said = watched.line();
    assert!(said.starts_with("[3] generated-client is kept: error["), "{said}");
    assert!(said.contains(&format!("{place}:1:11")), "{said}");

    watched.scratch.write(SPEC, b"\xff").unwrap();
    let said = watched.line();
    assert!(said.starts_with("[4] generated-client is kept: "), "{said}");
    assert!(said.contains("json:1:1: not UTF-8"), "{said}");

    fs::remove_file(watched.scratch.join(SPEC)).unwrap();
    let said = watched.line();
    assert!(said.starts_with("[5] generated-client is kept: cannot read spec/"), "{said}");
    assert_eq!(watched.client(), good);

    watched.save_by_rename(&bakery());
    let said = watched.line();
    assert!(said.starts_with("[6] 7 operations, "), "{said}");
    assert!(said.contains("; nothing to do, all "), "{said}");
    assert_eq!(watched.client(), good);
}

#[test]
fn each_change_is_one_cycle() {
    let watched = Watched::start();
    let says = |start: &str, end: &str| {
        let said = watched.line();
        assert!(said.starts_with(start) && said.contains(end), "{said}");
    };
    says("[1] 7 operations, ", " files written, 0 unchanged, 0 removed");
    let good = watched.client();

    watched.save_by_rename(&bakery().replace(r#"\"count\": 0"#, r#"\"count\": true"#));
    says("[2] 7 operations, ", " 0 removed");
    assert_ne!(watched.client(), good);

    watched.scratch.write("spec/overlay.toml", "[client]\nname = \"oven\"\n").unwrap();
    says("[3] 7 operations, ", "; ");
    fs::remove_file(watched.scratch.join("spec/overlay.toml")).unwrap();
    says("[4] 7 operations, ", "; ");

    watched.scratch.write("spec/evidence/0.json", "no evidence").unwrap();
    says("[5] generated-client is kept: error[", "spec/evidence/0.json:1:2");
    fs::remove_dir_all(watched.scratch.join("spec/evidence")).unwrap();
    says("[6] 7 operations, ", "; nothing to do");

    watched.scratch.write(SPEC, bakery()).unwrap();
    says("[7] 7 operations, ", " 0 removed");
    assert_eq!(watched.client(), good);

    watched.scratch.write("generated-client/src/orders.rs", "// mine\n").unwrap();
    watched.save_by_rename(&bakery().replace("Create an order", "Place an order"));
    says("[8] generated-client is kept: refusing", "generated-client/src/orders.rs");
}
