//! Base URLs that only some operations need.

use crate::runtime::test_util::{Reply, replay};
use crate::runtime::{
    ApiSpec, Call, ClientBuilder, Error, Json, Operation, OperationSpec, Part, ServerSpec,
    VariableSpec,
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

struct Get<const SERVER: usize>;

impl<const SERVER: usize> Operation for Get<SERVER> {
    type Answer = Json;
    const SPEC: OperationSpec = OperationSpec {
        name: "tides.get",
        method: "GET",
        path: "/",
        server: SERVER,
        auth: None,
        query: &[],
        headers: &[],
        content_type: None,
    };
}

async fn outcome<O: Operation>(builder: ClientBuilder) -> Result<String, Error> {
    let log = replay([Reply::json(200, "{}")]);
    let client = builder.transport(log.clone()).build()?;
    Call::<O>::new(&client).send_raw().await?;
    Ok(log.sent().pop().unwrap().url)
}

#[tokio::test]
async fn a_base_url_that_is_refused_or_missing_fails_its_operations_alone() {
    let builder = || ClientBuilder::new(&API);
    assert_eq!(outcome::<Get<0>>(builder()).await.unwrap(), "https://tides.test/");
    let refused = outcome::<Get<1>>(builder()).await.unwrap_err().to_string();
    assert!(refused.starts_with("plain http"), "{refused}");
    let missing = outcome::<Get<2>>(builder()).await.unwrap_err().to_string();
    assert_eq!(missing, "the client has no `archive`: give it to the builder");
    let unknown = outcome::<Get<3>>(builder()).await.unwrap_err().to_string();
    assert_eq!(unknown, "the client has no `relative_base_url`: give it to the builder");
    let known = builder().server("relative_base_url", "https://other.test".to_owned());
    assert_eq!(outcome::<Get<3>>(known).await.unwrap(), "https://other.test/");
    let allowed = outcome::<Get<1>>(builder().allow_http()).await;
    assert_eq!(allowed.unwrap(), "http://echo.test/");
    let given = || builder().server("echo_base_url", "http://echo.test".to_owned());
    assert!(outcome::<Get<0>>(given()).await.is_err(), "what a caller gives is checked at once");
}
