//! Base URLs that only some operations need.

use crate::runtime::test_util::{Reply, replay};
use crate::runtime::{
    ApiSpec, Call, ClientBuilder, Error, Json, Operation, Part, ServerSpec, VariableSpec,
};

const API: ApiSpec = ApiSpec {
    name: "tides",
    version: "1.0.0",
    variables: &[VariableSpec { name: "archive", default: None }],
    servers: &[
        ServerSpec { setter: "base_url", base: &[Part::Text("https://tides.test")] },
        ServerSpec { setter: "echo_base_url", base: &[Part::Text("http://echo.test")] },
        ServerSpec { setter: "archive_base_url", base: &[Part::Variable("archive")] },
        ServerSpec { setter: "relative_base_url", base: &[] },
    ],
    credentials: &[],
};

/// The base URL is a variable that a path names too, and another base URL after its own scheme.
const ONE: ApiSpec = ApiSpec {
    name: "tides",
    version: "1.0.0",
    variables: &[VariableSpec { name: "base_url", default: None }],
    servers: &[
        ServerSpec { setter: "base_url", base: &[Part::Variable("base_url")] },
        ServerSpec {
            setter: "echo_base_url",
            base: &[Part::Text("https://"), Part::Variable("base_url"), Part::Text(":8443")],
        },
    ],
    credentials: &[],
};

const GET: Operation = Operation::new("tides.get", "GET", "/");
const ECHO: Operation = Operation::new("tides.echo", "GET", "/").server(1);
const ARCHIVE: Operation = Operation::new("tides.archive", "GET", "/").server(2);
const RELATIVE: Operation = Operation::new("tides.relative", "GET", "/").server(3);

async fn outcome(operation: &'static Operation, builder: ClientBuilder) -> Result<String, Error> {
    let log = replay([Reply::json(200, "{}")]);
    let client = builder.transport(log.clone()).build()?;
    Call::<Json>::new(&client, operation).send_raw().await?;
    Ok(log.sent().pop().unwrap().url)
}

#[tokio::test]
async fn a_base_url_that_is_refused_or_missing_fails_its_operations_alone() {
    let builder = || ClientBuilder::new(&API);
    assert_eq!(outcome(&GET, builder()).await.unwrap(), "https://tides.test/");
    let refused = outcome(&ECHO, builder()).await.unwrap_err().to_string();
    assert!(refused.starts_with("plain http"), "{refused}");
    let missing = outcome(&ARCHIVE, builder()).await.unwrap_err().to_string();
    assert_eq!(missing, "the client has no `archive`: give it to the builder");
    let unknown = outcome(&RELATIVE, builder()).await.unwrap_err().to_string();
    assert_eq!(unknown, "the client has no `relative_base_url`: give it to the builder");
    let known = builder().server("relative_base_url", "https://other.test".to_owned());
    assert_eq!(outcome(&RELATIVE, known).await.unwrap(), "https://other.test/");
    let allowed = outcome(&ECHO, builder().allow_http()).await;
    assert_eq!(allowed.unwrap(), "http://echo.test/");
    let given = || builder().server("echo_base_url", "http://echo.test".to_owned());
    assert!(outcome(&GET, given()).await.is_err(), "what a caller gives is checked at once");
}

#[tokio::test]
async fn a_base_url_that_is_a_variable_is_given_once() {
    let builder = || ClientBuilder::new(&ONE);
    let missing = outcome(&GET, builder()).await.unwrap_err().to_string();
    assert_eq!(missing, "the client has no `base_url`: give it to the builder");
    let given = || builder().base_url("https://tides.test/");
    assert_eq!(outcome(&GET, given()).await.unwrap(), "https://tides.test/");
    assert_eq!(outcome(&ECHO, given()).await.unwrap(), "https://tides.test:8443/");
    // To this machine for a test, whatever scheme the other one has.
    let here = builder().base_url("http://127.0.0.1:1");
    assert_eq!(outcome(&GET, here).await.unwrap(), "http://127.0.0.1:1/");
}
