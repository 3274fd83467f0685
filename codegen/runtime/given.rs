//! What setters take: a value, or an option of one, where nothing is set by none.

use super::secret::Secret;
use std::fmt::Display;

/// A whole number of any width, or an option of one.
pub trait WholeNumber {
    /// The number's digits, if there is one.
    fn digits(self) -> Option<String>;
}

macro_rules! whole_numbers {
    ($($number:ty)*) => {$(
        impl WholeNumber for $number {
            fn digits(self) -> Option<String> {
                Some(self.to_string())
            }
        }

        impl WholeNumber for Option<$number> {
            fn digits(self) -> Option<String> {
                self.map(|number| number.to_string())
            }
        }
    )*};
}

whole_numbers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

/// Text or what prints itself, or an option of one; `M` is which of them, and is never named.
pub trait PrintedText<M> {
    /// The text, if there is one.
    fn printed(self) -> Option<String>;
}

/// Marks what is given for certain.
#[derive(Debug)]
pub enum Certain {}

/// Marks what may be given.
#[derive(Debug)]
pub enum Perhaps {}

impl<T: Display> PrintedText<Certain> for T {
    fn printed(self) -> Option<String> {
        Some(self.to_string())
    }
}

impl<T: Display> PrintedText<Perhaps> for Option<T> {
    fn printed(self) -> Option<String> {
        self.map(|value| value.to_string())
    }
}

/// A number or a truth value `T`, or an option of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no `{T}`",
    label = "expected `{T}`, or an option of one"
)]
pub trait ScalarValue<T> {
    /// The value, if there is one.
    fn scalar(self) -> Option<T>;
}

impl<T> ScalarValue<T> for T {
    fn scalar(self) -> Option<T> {
        Some(self)
    }
}

impl<T> ScalarValue<T> for Option<T> {
    fn scalar(self) -> Self {
        self
    }
}

/// What becomes a `T`, or an option of that; `M` is which of them, and is never named.
#[diagnostic::on_unimplemented(
    message = "`{Self}` becomes no `{T}`",
    label = "expected what becomes a `{T}`, or an option of that"
)]
pub trait OptionalValue<T, M> {
    /// The value, if there is one.
    fn given(self) -> Option<T>;
}

impl<T, V: Into<T>> OptionalValue<T, Certain> for V {
    fn given(self) -> Option<T> {
        Some(self.into())
    }
}

impl<T, V: Into<T>> OptionalValue<T, Perhaps> for Option<V> {
    fn given(self) -> Option<T> {
        self.map(Into::into)
    }
}

/// Sets what may be given, on bodies and requests alike: `.maybe(name, UpdateUser::name)`. One for all types, so that none pays for it.
pub trait Maybe: Sized {
    /// Sets a field where there is a value.
    #[must_use]
    fn maybe<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }
}

impl<T> Maybe for T {}

/// A value of a parameter in the path, the query or a header.
pub trait ParameterValue {
    /// The value as text, not yet encoded.
    fn to_parameter(&self) -> String;
}

impl<T: Display> ParameterValue for T {
    fn to_parameter(&self) -> String {
        self.to_string()
    }
}

impl ParameterValue for Secret {
    fn to_parameter(&self) -> String {
        self.expose().to_owned()
    }
}
