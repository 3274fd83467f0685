//! Puts the default transport together: timeouts, proxies, certificates. What it may not be otherwise (redirects, retries) stays as it must be.

use super::reqwest_transport::{CONNECT, ReqwestTransport, failed, refused};
use super::transport::TransportError;
use std::fmt;
use std::time::Duration;

/// Collects what a [`ReqwestTransport`] needs.
///
/// ```text
/// let transport = ReqwestTransport::builder()
///     .proxy("http://proxy.example.com:3128")
///     .root_certificates(&std::fs::read("company.pem")?)
///     .build()?;
/// let client = Client::builder().transport(transport).build()?;
/// ```
#[must_use]
pub struct ReqwestTransportBuilder {
    builder: reqwest::ClientBuilder,
    wrong: Option<TransportError>,
}

impl fmt::Debug for ReqwestTransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransportBuilder")
    }
}

impl ReqwestTransport {
    /// A builder of a transport: proxies, certificates, timeouts.
    pub fn builder() -> ReqwestTransportBuilder {
        let builder = reqwest::Client::builder().connect_timeout(CONNECT);
        ReqwestTransportBuilder { builder, wrong: None }
    }
}

impl ReqwestTransportBuilder {
    /// The longest connecting may take; 3.1 s unless set.
    pub fn connect_timeout(self, connect: Duration) -> Self {
        self.configure(|builder| builder.connect_timeout(connect))
    }

    /// Sends everything through the proxy at `url`, which may hold its user and password, instead of the one that the environment names.
    pub fn proxy(mut self, url: impl AsRef<str>) -> Self {
        match reqwest::Proxy::all(url.as_ref()) {
            Ok(proxy) => self.configure(|builder| builder.proxy(proxy)),
            Err(_) => {
                // reqwest's own error shows the URL, and a password with it.
                self.refuse(refused("the proxy is no URL".to_owned()));
                self
            }
        }
    }

    /// Uses no proxy, whatever the environment says.
    pub fn no_proxy(self) -> Self {
        self.configure(reqwest::ClientBuilder::no_proxy)
    }

    /// Trusts servers that these certificates (PEM, one or more) vouch for, beside those that the system trusts.
    #[cfg(any(feature = "rustls", feature = "native_tls"))]
    pub fn root_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        match reqwest::Certificate::from_pem_bundle(pem.as_ref()) {
            Ok(certificates) if !certificates.is_empty() => {
                self.configure(|builder| builder.tls_certs_merge(certificates))
            }
            Ok(_) | Err(_) => {
                self.refuse(refused("the root certificates are no PEM".to_owned()));
                self
            }
        }
    }

    /// Changes reqwest's own builder: for pools, keep-alive, addresses, client certificates. Redirects, retries and referers are off whatever it says.
    pub fn configure(
        mut self,
        change: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Self {
        self.builder = change(self.builder);
        self
    }

    /// The transport.
    ///
    /// # Errors
    ///
    /// A proxy that is no URL, certificates that are none, and where TLS cannot be set up.
    pub fn build(self) -> Result<ReqwestTransport, TransportError> {
        match self.wrong {
            Some(error) => Err(error),
            None => ReqwestTransport::from_builder(self.builder),
        }
    }

    /// Keeps the first thing that is wrong.
    fn refuse(&mut self, error: TransportError) {
        self.wrong.get_or_insert(error);
    }
}
