//! Requests with setters of their own: a row a setter, around a [`Call`](super::Call).

/// Defines a request: what it gives, and a row for each setter.
///
/// A row is `query SLOT name(KIND)`, `header SLOT name(KIND)` or `body name(TYPE)`. A kind is `text`, `into TYPE` for what converts, `each KIND` for several values, or a type that prints itself.
macro_rules! request_builder {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident -> $response:ty $(, pages of $item:ty)? {
            $($(#[doc = $line:literal])* $place:ident $($slot:literal)? $setter:ident($($kind:tt)+),)*
        }
    ) => {
        $(#[doc = $doc])*
        #[must_use = "a request does nothing until it is sent"]
        #[derive(Clone, Debug)]
        pub struct $name(pub(crate) $crate::runtime::Call<$response>);

        impl $name {
            $($crate::runtime::request_builder!(
                @$place [$($line)*] $($slot)? $setter $($kind)+
            );)*

            $(
                /// The items of all pages from the one this request asks for.
                pub fn items(self) -> $crate::runtime::Items<$item> {
                    self.0.items::<Self>()
                }

                /// The pages from the one this request asks for.
                pub fn pages(self) -> $crate::runtime::Pages<$item> {
                    self.0.pages::<Self>()
                }
            )?

            $crate::runtime::forward_to_call!($response);
        }
    };

    (@query [] $slot:literal $setter:ident $($kind:tt)+) => {
        $crate::runtime::request_builder!(
            @set {concat!("Sets the query parameter `", stringify!($setter), "`.")}
            set_query $slot $setter $($kind)+
        );
    };
    (@query [$($line:literal)+] $slot:literal $setter:ident $($kind:tt)+) => {
        $crate::runtime::request_builder!(@set {$($line),+} set_query $slot $setter $($kind)+);
    };
    (@header [] $slot:literal $setter:ident $($kind:tt)+) => {
        $crate::runtime::request_builder!(
            @set {concat!("Sets the header `", stringify!($setter), "`.")}
            set_header $slot $setter $($kind)+
        );
    };
    (@header [$($line:literal)+] $slot:literal $setter:ident $($kind:tt)+) => {
        $crate::runtime::request_builder!(@set {$($line),+} set_header $slot $setter $($kind)+);
    };
    (@body [$($line:literal)*] $setter:ident $body:ty) => {
        /// Sends a body.
        $(#[doc = $line])*
        pub fn $setter(self, body: $body) -> Self {
            Self(self.0.json(&body))
        }
    };

    (@set {$($doc:expr),+} $set:ident $slot:literal $setter:ident text) => {
        $(#[doc = $doc])+
        pub fn $setter<M>(self, value: impl $crate::runtime::PrintedText<M>) -> Self {
            Self(value.printed().into_iter().fold(self.0, |call, value| call.$set($slot, value)))
        }
    };
    (@set {$($doc:expr),+} $set:ident $slot:literal $setter:ident i64) => {
        $crate::runtime::request_builder!(@whole {$($doc),+} $set $slot $setter);
    };
    (@set {$($doc:expr),+} $set:ident $slot:literal $setter:ident u64) => {
        $crate::runtime::request_builder!(@whole {$($doc),+} $set $slot $setter);
    };
    (@whole {$($doc:expr),+} $set:ident $slot:literal $setter:ident) => {
        $(#[doc = $doc])+
        pub fn $setter(self, value: impl $crate::runtime::WholeNumber) -> Self {
            Self(value.digits().into_iter().fold(self.0, |call, value| call.$set($slot, value)))
        }
    };
    (@set {$($doc:expr),+} $set:ident $slot:literal $setter:ident into $value:ty) => {
        $(#[doc = $doc])+
        pub fn $setter(self, value: impl Into<$value>) -> Self {
            Self(self.0.$set($slot, Into::<$value>::into(value)))
        }
    };
    (@set {$($doc:expr),+} $set:ident $slot:literal $setter:ident each text) => {
        $(#[doc = $doc])+
        pub fn $setter(self, values: impl IntoIterator<Item = impl ::std::fmt::Display>) -> Self {
            Self(values.into_iter().fold(self.0, |call, value| call.$set($slot, value)))
        }
    };
    (@set {$($doc:expr),+} $set:ident $slot:literal $setter:ident each into $value:ty) => {
        $(#[doc = $doc])+
        pub fn $setter(self, values: impl IntoIterator<Item = impl Into<$value>>) -> Self {
            let values = values.into_iter().map(Into::<$value>::into);
            Self(values.fold(self.0, |call, value| call.$set($slot, value)))
        }
    };
    (@set {$($doc:expr),+} $set:ident $slot:literal $setter:ident each $value:ty) => {
        $(#[doc = $doc])+
        pub fn $setter(self, values: impl IntoIterator<Item = $value>) -> Self {
            Self(values.into_iter().fold(self.0, |call, value| call.$set($slot, value)))
        }
    };
    (@set {$($doc:expr),+} $set:ident $slot:literal $setter:ident $value:ty) => {
        $(#[doc = $doc])+
        pub fn $setter(self, value: $value) -> Self {
            Self(self.0.$set($slot, value))
        }
    };
}
pub(crate) use request_builder;

/// What a [`Call`](super::Call) offers, on a request around one.
macro_rules! forward_to_call {
    ($response:ty) => {
        /// Sends the request and reads the response. Any 2xx is a success.
        ///
        /// # Errors
        ///
        /// See [`Error`](crate::Error).
        pub fn send(self) -> $crate::runtime::ResponseFuture<$response> {
            self.0.send()
        }

        /// The same without async: blocks the thread meanwhile.
        ///
        /// # Errors
        ///
        /// See [`Error`](crate::Error).
        #[cfg(feature = "blocking")]
        pub fn send_blocking(
            self,
        ) -> Result<$crate::runtime::Response<$response>, $crate::runtime::Error> {
            self.0.send_blocking()
        }

        /// [`send_as`](Self::send_as) without async.
        ///
        /// # Errors
        ///
        /// See [`Error`](crate::Error).
        #[cfg(feature = "blocking")]
        pub fn send_as_blocking<T: $crate::runtime::FromResponse>(
            self,
        ) -> Result<$crate::runtime::Response<T>, $crate::runtime::Error> {
            self.0.send_as_blocking()
        }

        /// [`send_raw`](Self::send_raw) without async.
        ///
        /// # Errors
        ///
        /// See [`Error`](crate::Error).
        #[cfg(feature = "blocking")]
        pub fn send_raw_blocking(
            self,
        ) -> Result<$crate::runtime::RawResponse, $crate::runtime::Error> {
            self.0.send_raw_blocking()
        }

        /// [`send_to`](Self::send_to) without async: takes the writer, and gives it back beside the response.
        ///
        /// # Errors
        ///
        /// See [`Error`](crate::Error).
        #[cfg(feature = "blocking")]
        pub fn send_to_blocking<W: ::std::io::Write + Send + Unpin + 'static>(
            self,
            writer: W,
            limit: usize,
        ) -> Result<($crate::runtime::RawResponse, W), $crate::runtime::Error> {
            self.0.send_to_blocking(writer, limit)
        }

        /// [`send_stream`](Self::send_stream) without async: gives a reader.
        ///
        /// # Errors
        ///
        /// See [`Error`](crate::Error).
        #[cfg(feature = "blocking")]
        pub fn send_stream_blocking(
            self,
            limit: usize,
        ) -> Result<$crate::runtime::BlockingResponseStream, $crate::runtime::Error> {
            self.0.send_stream_blocking(limit)
        }

        /// A wait: sends the request again and again until `is_done` holds for its response; see [`Call::wait_until`](crate::Call::wait_until).
        pub fn wait_until(
            self,
            is_done: impl FnMut(&$crate::runtime::Response<$response>) -> bool + Send + 'static,
        ) -> $crate::runtime::WaitUntil<$response> {
            self.0.wait_until(is_done)
        }

        /// Sends the request and reads the response as a `T`.
        ///
        /// # Errors
        ///
        /// See [`Error`](crate::Error).
        pub fn send_as<T: $crate::runtime::FromResponse>(
            self,
        ) -> $crate::runtime::ResponseFuture<T> {
            self.0.send_as()
        }

        /// Sends the request and gives the response as it came.
        ///
        /// # Errors
        ///
        /// See [`Error`](crate::Error).
        pub fn send_raw(
            self,
        ) -> $crate::runtime::BoxFuture<
            'static,
            Result<$crate::runtime::RawResponse, $crate::runtime::Error>,
        > {
            self.0.send_raw()
        }

        /// Sends the request and writes the body of a success into `writer` as it comes, at most `limit` bytes; see [`Call::send_to`](crate::Call::send_to).
        ///
        /// # Errors
        ///
        /// See [`Error`](crate::Error).
        pub fn send_to(
            self,
            writer: &mut (impl ::tokio::io::AsyncWrite + Send + Unpin),
            limit: usize,
        ) -> $crate::runtime::BoxFuture<
            '_,
            Result<$crate::runtime::RawResponse, $crate::runtime::Error>,
        > {
            self.0.send_to(writer, limit)
        }

        /// Sends the request and gives a success whose body is a stream and a reader, at most `limit` bytes; see [`Call::send_stream`](crate::Call::send_stream).
        ///
        /// # Errors
        ///
        /// See [`Error`](crate::Error).
        pub fn send_stream(
            self,
            limit: usize,
        ) -> $crate::runtime::BoxFuture<
            'static,
            Result<$crate::runtime::ResponseStream, $crate::runtime::Error>,
        > {
            self.0.send_stream(limit)
        }

        /// Adds a query parameter that this crate does not know.
        pub fn query(
            self,
            name: impl Into<String>,
            value: impl $crate::runtime::ParameterValue,
        ) -> Self {
            Self(self.0.query(name, value))
        }

        /// Takes out what the query has under this name so far: what was set, and what is sent unless set.
        pub fn without_query(self, name: impl AsRef<str>) -> Self {
            Self(self.0.without_query(name))
        }

        /// Sets a header, in place of one the request would have itself.
        pub fn header(
            self,
            name: impl AsRef<str>,
            value: impl $crate::runtime::ParameterValue,
        ) -> Self {
            Self(self.0.header(name, value))
        }

        /// Takes out what the headers have under this name so far: what was set, and what is sent unless set.
        pub fn without_header(self, name: impl AsRef<str>) -> Self {
            Self(self.0.without_header(name))
        }

        /// The longest the call may take, instead of the client's limit.
        pub fn timeout(self, total: ::std::time::Duration) -> Self {
            Self(self.0.timeout(total))
        }

        /// How the call is retried, instead of the client's policy.
        pub fn retry(self, policy: $crate::runtime::RetryPolicy) -> Self {
            Self(self.0.retry(policy))
        }

        /// Whether sending twice does what sending once does: then it is retried like a GET.
        pub fn idempotent(self, idempotent: bool) -> Self {
            Self(self.0.idempotent(idempotent))
        }

        /// Sends no credential.
        pub fn without_auth(self) -> Self {
            Self(self.0.without_auth())
        }

        /// Sends this credential instead of the client's; a text is a token.
        pub fn with_auth(self, credential: impl Into<$crate::runtime::CredentialValue>) -> Self {
            Self(self.0.with_auth(credential))
        }

        /// Sends this as JSON instead of the operation's own body, if it has one.
        pub fn with_json(self, body: &impl ::serde::Serialize) -> Self {
            Self(self.0.with_json(body))
        }

        /// Sends these bytes instead of the operation's own body, if it has one.
        pub fn with_body(
            self,
            content_type: impl Into<String>,
            body: impl Into<$crate::runtime::Bytes>,
        ) -> Self {
            Self(self.0.with_body(content_type, body))
        }

        /// Sends what is read meanwhile instead of the operation's own body; see [`Call::upload`](crate::Call::upload).
        pub fn upload(self, upload: $crate::runtime::Upload) -> Self {
            Self(self.0.upload(upload))
        }
    };
}
pub(crate) use forward_to_call;
