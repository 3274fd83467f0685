//! The builder of the default transport: proxies and certificates.

use crate::harness::client::{client, get};
use crate::harness::server::{Server, json, response};
use crate::runtime::{Error, ReqwestTransport, RetryPolicy, TransportErrorKind, reqwest};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

#[tokio::test]
async fn everything_goes_through_the_proxy() {
    let proxy = Server::always(json("200 OK", r#"{"name": "Rex"}"#));
    let url = proxy.url.replace("://", "://canary:canary@");
    let transport = ReqwestTransport::builder().proxy(url).build().unwrap();
    assert!(!format!("{transport:?}").contains("canary"), "{transport:?}");
    let client = client("http://pets.invalid").allow_http().transport(transport).build().unwrap();
    let pet = get(&client, "1").send().await.unwrap();
    assert_eq!(pet.name.as_deref(), Some("Rex"));
    let seen = proxy.seen();
    assert_eq!(seen[0].line, "GET http://pets.invalid/pets/1?v=2&all HTTP/1.1");
    assert_eq!(seen[0].header("proxy-authorization"), Some("Basic Y2FuYXJ5OmNhbmFyeQ=="));
}

#[test]
fn what_is_no_proxy_and_no_certificate_is_refused_without_showing_it() {
    let proxy = ReqwestTransport::builder().proxy("canary:canary@").no_proxy().build();
    let certificates = ReqwestTransport::builder().root_certificates("canary").build();
    for (error, said) in [(proxy, "the proxy is no URL"), (certificates, "are no PEM")] {
        let error = error.unwrap_err();
        assert_eq!(error.kind, TransportErrorKind::Refused);
        assert!(error.source.to_string().contains(said), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    }
}

/// A server with TLS, whose certificate an authority of its own vouches for; and that authority's.
async fn with_tls() -> (String, String) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let pem = authority.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(authority, key);
    let own = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let leaf = leaf.signed_by(&own, &issuer).unwrap();
    let key = PrivatePkcs8KeyDer::from(own.serialize_der()).into();
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![leaf.der().clone()], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
            let _ = stream.shutdown().await;
        }
    });
    (url, pem)
}

#[tokio::test]
async fn a_root_certificate_makes_a_server_trusted() {
    let (url, pem) = with_tls().await;
    let builder = client(&url).retry(RetryPolicy::never());
    let unknown = ReqwestTransport::builder().no_proxy().build().unwrap();
    let error = get(&builder.clone().transport(unknown).build().unwrap(), "1").send().await;
    assert!(matches!(error, Err(Error::Connect { .. })), "{error:?}");
    let known = ReqwestTransport::builder().no_proxy().root_certificates(pem).build().unwrap();
    get(&builder.transport(known).build().unwrap(), "1").send().await.unwrap();
}

#[tokio::test]
async fn what_reqwest_is_told_beside_cannot_turn_redirects_on() {
    let server = Server::start(|at| match at {
        0 => response("307 Temporary Redirect", &["location: /elsewhere"], "{}"),
        _ => json("200 OK", "{}"),
    });
    let transport = ReqwestTransport::builder()
        .connect_timeout(Duration::from_secs(1))
        .configure(|it| it.redirect(reqwest::redirect::Policy::limited(5)))
        .build()
        .unwrap();
    let client = client(&server.url).transport(transport).build().unwrap();
    let error = get(&client, "1").send().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
}
