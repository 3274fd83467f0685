//! Corrections of credentials.

use super::operation;
use crate::api::{Api, Credential, CredentialId, Operation, Scheme, dump};
use crate::overlay::apply::apply;
use crate::overlay::parse::parse;
use crate::template::Template;
use expect_test::{Expect, expect};

/// The credentials and variables after an entry, or what is wrong with it.
fn check(at: &str, auth: &str, wanted: Expect) {
    let credential =
        |key: &str, scheme| Credential { key: key.to_owned(), scheme, variables: Vec::new() };
    let [service, region] = ["execute-api", "us-east-1"].map(Template::literal);
    let credentials = vec![
        credential("aws", Scheme::AwsV4 { service, region }),
        credential("digest", Scheme::Digest),
    ];
    let using = |id| Operation {
        auth: Some(CredentialId(id)),
        ..operation("GET", "/pets", &format!("By {id}"), None)
    };
    let api = Api { credentials, operations: vec![using(0), using(1)], ..Api::default() };
    let overlay = format!("[[patch]]\nat = '{at}'\nauth = {auth}\nreason = 'seen'\n");
    let (api, found) = match parse(&overlay) {
        Ok(parsed) => apply(api, &parsed.patches),
        Err(found) => (api, found),
    };
    let mut shown: String =
        api.variables.iter().map(|it| format!("variable {}\n", it.name)).collect();
    for credential in &api.credentials {
        shown += &format!("{}: {}\n", credential.key, dump::scheme_text(&credential.scheme));
    }
    shown.extend(found.iter().map(|found| found.render("overlay.toml", &overlay)));
    wanted.assert_eq(&shown);
}

#[test]
fn a_signature_is_for_another_place() {
    check(
        "aws",
        "{ kind = 'awsv4', region = '{{aws_region}}' }",
        expect![[r#"
            variable aws_region
            aws: awsv4 execute-api {{aws_region}}
            digest: digest
        "#]],
    );
    check(
        "aws",
        "{ kind = 'awsv4', service = 's3', region = 'eu-west-1' }",
        expect![[r#"
        aws: awsv4 s3 eu-west-1
        digest: digest
    "#]],
    );
    check(
        "aws",
        "{ kind = 'awsv4', region = 'us-east-1' }",
        expect![[r#"
            aws: awsv4 execute-api us-east-1
            digest: digest
            error[overlay::redundant]: `aws` changes nothing
              at overlay.toml:2:6 #
              help: the spec says this itself now; delete the entry
        "#]],
    );
    check(
        "aws",
        "{ kind = 'awsv4' }",
        expect![[r#"
        aws: awsv4 execute-api us-east-1
        digest: digest
        error[overlay::value]: `auth` for AWS needs a `service`, a `region`, or both
          at overlay.toml:3:8 #
    "#]],
    );
    check(
        "aws",
        "{ kind = 'awsv4', region = '' }",
        expect![[r#"
        aws: awsv4 execute-api us-east-1
        digest: digest
        error[overlay::value]: this table needs `region = "…"`
          at overlay.toml:3:8 #
    "#]],
    );
    check(
        "digest",
        "{ kind = 'awsv4', region = 'eu-west-1' }",
        expect![[r#"
            aws: awsv4 execute-api us-east-1
            digest: digest
            error[overlay::misplaced]: `auth` cannot be said of `digest`
              at overlay.toml:3:8 #
              help: spec/README.md lists what can be said where
        "#]],
    );
    check(
        "aws",
        "{ kind = 'oauth2', token_url = '/token' }",
        expect![[r#"
            aws: awsv4 execute-api us-east-1
            digest: digest
            error[overlay::misplaced]: `auth` cannot be said of `aws`
              at overlay.toml:3:8 #
              help: spec/README.md lists what can be said where
        "#]],
    );
}
