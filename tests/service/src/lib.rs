//! A small service on the emitted client: it keeps the users of one tenant, and knows nothing of HTTP.
//!
//! Written as a user of the client would, without a look behind its public names.

use auth0_management::jobs::ImportUsers;
use auth0_management::users::{CreateUser, UpdateUser, User};
use auth0_management::{
    BoxFuture, Bytes, Client, Error, FilePart, HttpRequest, HttpResponse, Patch,
};
use auth0_management::{Transport, TransportError};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// The users of one tenant.
#[derive(Clone, Debug)]
pub struct Directory {
    auth0: Client,
}

impl Directory {
    /// A directory behind `auth0`.
    #[must_use]
    pub const fn new(auth0: Client) -> Self {
        Self { auth0 }
    }

    /// The addresses of all users that a query finds, asked for in pages of two.
    ///
    /// # Errors
    ///
    /// The first call that fails.
    pub async fn addresses(&self, query: &str) -> Result<Vec<String>, Error> {
        let mut users = self.auth0.users().list().q(query).per_page(2).include_totals(true).items();
        let mut addresses = Vec::new();
        while let Some(user) = users.next().await {
            addresses.extend(user?.email);
        }
        Ok(addresses)
    }

    /// The same from a thread that may wait.
    ///
    /// # Errors
    ///
    /// The first call that fails.
    pub fn addresses_blocking(&self, query: &str) -> Result<Vec<String>, Error> {
        let users =
            self.auth0.users().list().q(query).per_page(2).include_totals(true).items().blocking();
        let addresses = users.filter_map(|user| user.map(|user| user.email).transpose());
        addresses.collect()
    }

    /// Makes a user; the service may refuse.
    ///
    /// # Errors
    ///
    /// Whatever the call fails with.
    pub async fn invite(&self, address: &str, plan: &str) -> Result<User, Error> {
        let body = CreateUser::new("Username-Password-Authentication")
            .email(address)
            .user_metadata(json!({"plan": plan}));
        Ok(self.auth0.users().create(body).send().await?.into_inner())
    }

    /// Changes what is given, deletes the telephone number, and leaves all else alone.
    ///
    /// # Errors
    ///
    /// Whatever the call fails with.
    pub async fn rename(&self, id: &str, nickname: Option<&str>) -> Result<(), Error> {
        let body = UpdateUser::new().nickname(nickname).phone_number(Patch::Null);
        self.auth0.users().update(id, body).send().await?;
        Ok(())
    }

    /// Deletes a user; whether there was one.
    ///
    /// # Errors
    ///
    /// Whatever the call fails with besides a 404.
    pub async fn remove(&self, id: &str) -> Result<bool, Error> {
        match self.auth0.users().delete(id).send().await {
            Ok(_) => Ok(true),
            Err(error) if error.is_not_found() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Starts the import of a file of users; the job's id.
    ///
    /// # Errors
    ///
    /// Whatever the call fails with.
    pub async fn import(&self, connection: &str, file: Bytes) -> Result<Option<String>, Error> {
        let body = ImportUsers::new(FilePart::bytes("users.json", file), connection).upsert(true);
        Ok(self.auth0.jobs().import_users(body).send().await?.into_inner().id)
    }
}

/// How many attempts each operation took: a middleware, as the README shows one.
#[derive(Clone, Debug, Default)]
pub struct Attempts(Arc<Mutex<BTreeMap<String, u32>>>);

impl Attempts {
    /// A transport around `inner` that counts.
    pub const fn around<T>(self, inner: T) -> Counted<T> {
        Counted { inner, attempts: self }
    }

    /// How many attempts `operation` took so far.
    #[must_use]
    pub fn of(&self, operation: &str) -> u32 {
        self.0.lock().map_or(0, |counts| counts.get(operation).copied().unwrap_or_default())
    }
}

/// A transport that counts; see [`Attempts`].
#[derive(Debug)]
pub struct Counted<T> {
    inner: T,
    attempts: Attempts,
}

impl<T: Transport> Transport for Counted<T> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        if let Ok(mut counts) = self.attempts.0.lock() {
            *counts.entry(request.operation().unwrap_or("token").to_owned()).or_default() += 1;
        }
        self.inner.send(request)
    }
}
