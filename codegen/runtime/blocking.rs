//! Calls without async: the same calls, driven by one thread of this crate's own.

use super::call::Call;
use super::error::Error;
use super::response::{FromResponse, Response};
use super::send;
use super::transport::{BoxFuture, TransportError, TransportErrorKind};
use std::future::pending;
use std::sync::{OnceLock, mpsc};
use std::thread;
use tokio::runtime::{Builder, Handle};

impl<T: FromResponse> Call<T> {
    /// Sends the call, reads the response, and blocks the thread meanwhile.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn send_blocking(self) -> Result<Response<T>, Error> {
        let (client, prepared) = self.into_parts();
        wait(Box::pin(async move { send::send(&client, prepared, None).await }))??.read()
    }
}

/// Runs `future` on the thread that drives all blocking calls, and waits for it.
pub(super) fn wait<T: Send + 'static>(future: BoxFuture<'static, T>) -> Result<T, Error> {
    let (sender, receiver) = mpsc::sync_channel(1);
    driver()?.spawn(async move {
        let _ = sender.send(future.await);
    });
    receiver.recv().map_err(|_| broken("the thread of blocking calls broke off"))
}

/// The thread's handle; it is started once, and idle between calls.
fn driver() -> Result<&'static Handle, Error> {
    static DRIVER: OnceLock<Result<Handle, String>> = OnceLock::new();
    let handle = DRIVER.get_or_init(|| {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let handle = runtime.handle().clone();
        let named = thread::Builder::new().name("blocking-calls".to_owned());
        let thread = named.spawn(move || runtime.block_on(pending::<()>()));
        thread.map(|_| handle).map_err(|error| error.to_string())
    });
    handle.as_ref().map_err(|error| broken(error))
}

fn broken(message: &str) -> Error {
    TransportError::new(TransportErrorKind::Broken, message).into()
}
