//! A client whose operations are signed, written as the generator emits one.

use crate::runtime::{
    ApiSpec, Call, Client, ClientBuilder, CredentialSpec, Json, Operation, Part, SchemeSpec,
    ServerSpec, VariableSpec,
};

const API: ApiSpec = ApiSpec {
    name: "vault",
    version: "1.0.0",
    variables: &[VariableSpec { name: "region", default: None }],
    servers: &[ServerSpec { setter: "base_url", base: &[Part::Text("https://vault.example.com")] }],
    credentials: &[
        CredentialSpec { setter: "digest_auth", scheme: SchemeSpec::Digest },
        aws("aws_credentials", "service", &[Part::Text("us-east-1")]),
        aws("gateway_credentials", "execute-api", &[Part::Text("us-east-1")]),
        aws("storage_credentials", "s3", &[Part::Variable("region")]),
    ],
};

const fn aws(
    setter: &'static str,
    service: &'static str,
    region: &'static [Part],
) -> CredentialSpec {
    let service: &[Part] = match service.as_bytes() {
        b"s3" => &[Part::Text("s3")],
        b"service" => &[Part::Text("service")],
        _ => &[Part::Text("execute-api")],
    };
    CredentialSpec { setter, scheme: SchemeSpec::AwsV4 { service, region } }
}

/// The schemes of the client, as indices.
pub const DIGEST: usize = 0;
/// For the service of AWS's own examples.
pub const AWS: usize = 1;
/// What Postman signs for unless told otherwise.
pub const GATEWAY: usize = 2;
/// For S3, in a region that is configured.
pub const STORAGE: usize = 3;

/// A builder of the client.
pub fn builder() -> ClientBuilder {
    ClientBuilder::new(&API)
}

macro_rules! operations {
    ($($(#[$docs:meta])* $name:ident: $method:literal $path:literal;)*) => {$(
        $(#[$docs])*
        pub struct $name<const AUTH: usize>;

        impl<const AUTH: usize> Signed for $name<AUTH> {
            const OPERATION: Operation = Operation::new("boxes", $method, $path).auth(AUTH);
        }
    )*};
}

/// An operation for each scheme.
pub trait Signed: Send + Sync + 'static {
    /// The constant.
    const OPERATION: Operation;
}

operations! {
    /// `GET /`.
    Root: "GET" "/";
    /// `POST /`.
    AddRoot: "POST" "/";
    /// `GET /{key}`.
    Get: "GET" "/{key}";
    /// `PUT /{key}`.
    Put: "PUT" "/{key}";
    /// `GET /boxes`.
    List: "GET" "/boxes";
    /// `GET /boxes/{key}`.
    GetBox: "GET" "/boxes/{key}";
    /// A path with characters that may stand in it encoded or not.
    Odd: "GET" "/%2F/v1:batch/a%20b/@me/a+b/%c3%a9/%7E";
    /// `POST /boxes/{key}`.
    AddBox: "POST" "/boxes/{key}";
}

/// A call without arguments.
pub fn call<O: Signed>(client: &Client) -> Call<Json> {
    Call::new(client, const { &O::OPERATION })
}
