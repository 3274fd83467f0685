//! What is nearly right is answered with what is.

use super::{api, apply, parse};

#[test]
fn a_place_that_is_misspelt() {
    for (at, right) in [
        ("/pet .owner.name", "/pets"),
        ("error .code", "errors"),
        ("POST /pest body.age", "POST /pets"),
    ] {
        let overlay = format!("[[patch]]\nat = '{at}'\nrequired = true\nreason = 'seen'\n");
        let (_, found) = apply(api(), &parse(&overlay).unwrap().patches);
        let help = found[0].help.as_deref().unwrap();
        assert!(help.starts_with(&format!("did you mean `{right}`?")), "{at}: {help}");
    }
}

#[test]
fn a_type_by_another_name_is_answered_with_ours() {
    for (text, right) in [
        ("string", "text"),
        ("list<Boolean>", "bool"),
        ("array", "list<…>"),
        ("nullable<intger>", "integer"),
        ("text | float", "number"),
    ] {
        let overlay = format!("[[patch]]\nat = 'x'\nreason = 'r'\ntype = '{text}'\n");
        let found = parse(&overlay).unwrap_err();
        assert_eq!(found[0].help, Some(format!("did you mean `{right}`?")), "{text}");
    }
    let found = parse("[[patch]]\nat = 'x'\nreason = 'r'\ntype = 'zebra crossing'\n").unwrap_err();
    assert_eq!(found[0].help, None);
}
