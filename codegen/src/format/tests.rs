//! What is printed how, and what the gate refuses.

use super::*;
use crate::emit::Module;
use expect_test::{Expect, expect};
use std::str::FromStr;

fn emitted(path: &str, source: &str) -> Emitted {
    let items = proc_macro2::TokenStream::from_str(source).unwrap();
    Emitted::Rust(Module { path: path.to_owned(), header: "// header\n".to_owned(), items })
}

/// Formats a crate of one file; tokens cannot be shared, so that they are made where they are printed.
fn format_one(file: Emitted) -> Result<FileTree, Vec<Diagnostic>> {
    let printed = print_file(file);
    tree(vec![printed])
}

fn check(source: &str, want: Expect) {
    let tree = format_one(emitted("src/x.rs", source)).unwrap();
    want.assert_eq(&tree.0["src/x.rs"]);
}

fn refusals(file: Emitted) -> Vec<String> {
    let found = format_one(file).unwrap_err();
    found.into_iter().map(|diagnostic| diagnostic.message).collect()
}

const MIXED: &str = r#"
        #![doc = " Docs."]
        mod a; pub mod b;
        pub use models::*;
        use super::runtime::{Call, Client};
        #[doc = " A type."] #[derive(Clone, Debug)] pub struct A { #[doc = " One."] pub one: i64 }
        impl A { pub fn one(&self) {} #[doc = " Two."] #[must_use] pub fn two(&self) {} }
        json_object! { A { required one: "one", optional type_: "ty\"pe\n\u{202e}", } }
        json_object! { B: Default { } }
        json_builder! { C(one => into String, two => plain Map<String, a::B>) { required one: "one", optional two: "2" => boxed C, } }
        json_builder! { D(..) { } }
        json_builder! { E(from ERequired) { patch one: "one" => patch String, } }
        setters! { Upload { optional file: "file" => plain FilePart, } }
        form_object! { D }
        json_enumeration! { Kind { A: "a", } }
        json_union! { Any { List, Page, } }
        multipart_object! { Upload { optional file: "file" as "text/csv", } }
        part_setter! { Upload }
        "#;

#[test]
fn prints_blank_lines_and_rows() {
    check(
        MIXED,
        expect![[r#"
            // header

            //! Docs.

            mod a;
            pub mod b;

            pub use models::*;

            use super::runtime::{Call, Client};

            /// A type.
            #[derive(Clone, Debug)]
            pub struct A {
                /// One.
                pub one: i64,
            }

            impl A {
                pub fn one(&self) {}

                /// Two.
                #[must_use]
                pub fn two(&self) {}
            }

            json_object! { A {
                required one: "one",
                optional type_: "ty\"pe\n\u{202e}",
            } }
            json_object! { B: Default {
            } }
            json_builder! { C(one => into String, two => plain Map<String, a::B>) {
                required one: "one",
                optional two: "2" => boxed C,
            } }
            json_builder! { D(..) {
            } }
            json_builder! { E(from ERequired) {
                patch one: "one" => patch String,
            } }
            setters! { Upload {
                optional file: "file" => plain FilePart,
            } }
            form_object! { D }
            json_enumeration! { Kind {
                A: "a",
            } }
            json_union! { Any {
                List,
                Page,
            } }
            multipart_object! { Upload {
                optional file: "file" as "text/csv",
            } }
            part_setter! { Upload }
        "#]],
    );
}

#[test]
fn docs_are_comments_line_by_line() {
    check(
        r#"
        #![doc = " A file.\n/ And more. "]
        #[doc = " A type.\n @"] pub struct A { #[doc = " One.\n\n And more. "] pub one: i64 }
        #[doc = ""] pub enum Set { #[doc = "@"] #[doc = " Two\n///@"] Two, Three }
        impl A { pub fn one(&self) {} #[doc = " Two.\n #[blank_line]"] #[must_use] pub fn two(&self) {} }
        "#,
        expect![[r#"
            // header

            //! A file.
            //!/ And more.

            /// A type.
            /// @
            pub struct A {
                /// One.
                ///
                /// And more.
                pub one: i64,
            }

            ///
            pub enum Set {
                ///@
                /// Two
                #[doc = "///@"]
                Two,
                Three,
            }

            impl A {
                pub fn one(&self) {}

                /// Two.
                /// #[blank_line]
                #[must_use]
                pub fn two(&self) {}
            }
        "#]],
    );
}

#[test]
fn prints_a_request_row_by_row() {
    check(
        r#"
        request_builder! {
            #[doc = " A request."] pub struct Get -> Option<b::A>, pages of Vec<A> {
                query 0 fields(text), #[doc = ""] #[doc = "/ ]"] #[doc = " Two\n\n lines."] #[doc = " a\n/ b"]
                header 12 kinds(each into b::Kind), body body(A),
            }
        }
        request_builder! { pub struct Put -> () { } }
        "#,
        expect![[r#"
            // header

            request_builder! {
                /// A request.
                pub struct Get -> Option<b::A>, pages of Vec<A> {
                    query 0 fields(text),
                    ///
                    #[doc = "/ ]"]
                    /// Two
                    ///
                    /// lines.
                    /// a
                    #[doc = "/ b"]
                    header 12 kinds(each into b::Kind),
                    body body(A),
                }
            }

            request_builder! {
                pub struct Put -> () {
                }
            }
        "#]],
    );
}

#[test]
fn constants_are_broken_where_a_person_would() {
    check(
        r#"
        impl Users {
            const LIST: Operation = Operation::new("users.list", "GET", "/users").auth(1)
                .query(&[QuerySlot::plain("first_name"), QuerySlot::plain("v").or("2")]);
            const GET: Operation = Operation::new("users.get", "GET", "/users/{id}").auth(1);
            const REPLACE: Operation =
                Operation::new("users.replace", "PUT", "/organisations/{organisation}/users/{id}")
                .auth(1).json();
            const FIND: Operation =
                Operation::new("users.find", "POST", "/organisations/{organisation}/users")
                .query(&[QuerySlot::plain("first_name"), QuerySlot::parts(&[Part::Variable("a")]),
                QuerySlot::plain("last_name").or_parts(&[Part::Uuid])])
                .headers(&[HeaderSlot::plain("x")]).json();
        }
        impl Other { const PLAIN: i64 = 1; }
        "#,
        expect![[r#"
            // header

            impl Users {
                const LIST: Operation = Operation::new("users.list", "GET", "/users").auth(1).query(&[
                    QuerySlot::plain("first_name"),
                    QuerySlot::plain("v").or("2"),
                ]);
                const GET: Operation = Operation::new("users.get", "GET", "/users/{id}").auth(1);
                const REPLACE: Operation =
                    Operation::new("users.replace", "PUT", "/organisations/{organisation}/users/{id}")
                        .auth(1).json();
                const FIND: Operation =
                    Operation::new("users.find", "POST", "/organisations/{organisation}/users")
                        .query(&[
                            QuerySlot::plain("first_name"),
                            QuerySlot::parts(&[Part::Variable("a")]),
                            QuerySlot::plain("last_name").or_parts(&[Part::Uuid]),
                        ]).headers(&[HeaderSlot::plain("x")]).json();
            }

            impl Other {
                const PLAIN: i64 = 1;
            }
        "#]],
    );
}

const HOSTILE: &[&str] = &[
    "#[path = \"/etc/passwd\"] mod a;",
    "mod a { }",
    "include!(\"x\");",
    "macro_rules! m { () => {} }",
    "const A: &str = include_str!(\"x\");",
    "const A: &str = env!(\"HOME\");",
    "impl A { fn f() { panic!() } }",
    "impl A { fn f() { unsafe { } } }",
    "impl A { unsafe fn f() {} }",
    "unsafe impl Send for A {}",
    "extern crate alloc;",
    "extern \"C\" { fn f(); }",
    "impl A { extern \"C\" fn f() {} }",
    "#[doc = include_str!(\"x\")] struct A;",
    "#[doc = include_str!(\"../../README.md\")] struct A;",
    "#[doc = include_bytes!(\"../README.md\")] struct A;",
    "#[doc = evil::include_str!(\"../README.md\")] struct A;",
    "#[doc(alias = \"x\")] struct A;",
    "#[cfg(unix)] struct A;",
    "#[cfg(feature = env!(\"x\"))] struct A;",
    "#[cfg_attr(all(), path = \"x\")] mod a;",
    "#[derive(Serialize)] struct A;",
    "#[derive(std::fmt::Debug)] struct A;",
    "#[deny(dead_code)] struct A;",
    "#[no_mangle] struct A;",
    "#[blank_line] struct A;",
    "#![feature(x)]",
    "#![forbid(missing_docs)]",
    "#![allow(missing_docs, dead_code)]",
    "#![allow(missing_docs, reason = env!(\"x\"))]",
    "#![allow(missing_docs, reason = \"a\", reason = \"b\")]",
    "#![allow(reason = \"a\")]",
    "fn f() {}",
    "static A: i64 = 0;",
    "static mut A: i64 = 0;",
    "trait T {}",
    "type A = i64;",
    "pub type A = std::process::Command;",
    "pub type A<T> = crate::B;",
    "union U { a: i64 }",
    "impl A { fn f(a: *const i64) {} }",
    "impl A { fn f(a: fn()) {} }",
    "impl A { fn f(a: concat!(\"x\")) {} }",
    "use evil::A;",
    "use ::std::A;",
    "use runtime::A;",
    "pub use super::A;",
    "json_object! { A { required a: \"a\", } fn f() {} }",
    "json_object! { A { secret a: \"a\", } }",
    "json_object! { A: Evil { required a: \"a\", } }",
    "json_union! { A: Default { B, } }",
    "json_object! { A { } B { } }",
    "json_object! { A { optional a: \"a\" => plain bool, } }",
    "json_builder! { A { } }",
    "json_builder! { A(a) { } }",
    "json_builder! { A(a => odd String) { } }",
    "json_builder! { A(a => plain fn()) { } }",
    "json_builder! { A(a => plain Vec<[u8; 1]>) { } }",
    "json_builder! { A(a => plain <B as C>::D) { } }",
    "json_builder! { A() { optional a: \"a\" => plain evil!(), } }",
    "json_builder! { A(of B) { } }",
    "form_object! { A { } }",
    "json_object! { A { required a: env!(\"x\"), } }",
    "json_object! { A { required a: \"a\" } }",
    "json_object! { A { required a: b\"a\", } }",
    "json_object! { A { required a: \"a\" as \"b\", } }",
    "json_union! { A { B: \"b\", } }",
    "json_enumeration! { A { B, } }",
    "#[cfg(feature = \"x\")] json_union! { A { B, } }",
    "other_macro! { A { B, } }",
    "evil::json_union! { A { B, } }",
    "request_builder! { struct A -> () {} }",
    "request_builder! { pub struct A -> fn() {} }",
    "request_builder! { pub struct A -> concat!(\"x\") {} }",
    "request_builder! { pub struct A -> (), pages of *const u8 {} }",
    "request_builder! { pub struct A -> () {} fn f() {} }",
    "request_builder! { pub struct A -> (), leaves of B {} }",
    "request_builder! { #[inline] pub struct A -> () {} }",
    "request_builder! { #[doc = include_str!(\"x\")] pub struct A -> () {} }",
    "request_builder! { pub struct A -> () { #[cfg(unix)] query 0 a(text), } }",
    "request_builder! { pub struct A -> () { query 0 a(text) } }",
    "request_builder! { pub struct A -> () { query 0u8 a(text), } }",
    "request_builder! { pub struct A -> () { query a(text), } }",
    "request_builder! { pub struct A -> () { cookie 0 a(text), } }",
    "request_builder! { pub struct A -> () { query 0 a(text bool), } }",
    "request_builder! { pub struct A -> () { query 0 a(), } }",
    "request_builder! { pub struct A -> () { query 0 a([u8; { panic!() }]), } }",
    "evil::request_builder! { pub struct A -> () {} }",
];

#[test]
fn the_gate_refuses_what_is_never_emitted() {
    for hostile in HOSTILE {
        let reasons =
            format_one(emitted("src/x.rs", hostile)).map(|tree| tree.0["src/x.rs"].clone());
        assert!(reasons.is_err(), "{hostile} came out as {reasons:?}");
    }
}

#[test]
fn says_what_it_refuses() {
    let both = emitted("src/x.rs", "#[inline] struct A; static B: i64 = 0;");
    expect![[r#"
        `src/x.rs` must not be written: it has the attribute `inline`
        `src/x.rs` must not be written: it has an item of a kind that is never emitted"#]]
    .assert_eq(&refusals(both).join("\n"));
    expect!["`src/x.rs` must not be written: expected identifier"]
        .assert_eq(&refusals(emitted("src/x.rs", "struct ;")).join("\n"));
}

#[test]
fn the_gate_refuses_paths() {
    for path in [
        "src/../x.rs",
        "/src/x.rs",
        "build.rs",
        "src/x",
        "src/X.rs",
        "src/a b.rs",
        "src//x.rs",
        "src/.rs",
        "src/é.rs",
        "Cargo.lock",
        ".cargo/config.toml",
        "src/bin/../x.rs",
    ] {
        assert_eq!(
            refusals(emitted(path, "struct A;")),
            [format!("`{path}` must not be written: it is no path of a crate")]
        );
    }
    let long = format!("src/{}.rs", "a".repeat(65));
    assert_eq!(refusals(emitted(&long, "struct A;")).len(), 1);
}

#[test]
fn the_runtime_is_its_source_below_comments() {
    let (path, source) = crate::emit::runtime::SOURCES[0];
    let file = |text: String| Emitted::Runtime { path: path.to_owned(), text };
    assert!(format_one(file(format!("// header\n{source}"))).is_ok());
    for text in [
        format!("// header\n{source} "),
        format!("// header\n{}", source.replacen("mod", "mid", 1)),
        format!("fn f() {{}}\n{source}"),
        format!("// header\nfn f() {{}}\n{source}"),
        format!("// header{source}"),
        source.to_owned(),
    ] {
        assert_eq!(refusals(file(text)).len(), 1);
    }
    let elsewhere =
        Emitted::Runtime { path: "src/y.rs".to_owned(), text: format!("// header\n{source}") };
    assert_eq!(refusals(elsewhere).len(), 1);
}
