//! The macros that write constructors and setters of the structs that callers build, from the rows of their JSON tables.
//!
//! A row says what its setter takes: `=> into String` takes whatever becomes one or an option of it, `=> scalar i64` the value or an option of it, `=> any Value` whatever becomes JSON, `=> map Value` a map, pairs or a JSON object, `=> each String` a sequence of those, `=> boxed Rule` a value that goes on the heap, `=> plain Rule` the value itself, `=> patch String` null besides. A required field has no setter: the constructor takes it.

/// Writes `new`: of nothing, of arguments, or of a struct with the required fields; `(..)` stands where it is written beside the type.
macro_rules! constructor {
    ($name:ident (..) $rows:tt) => {};
    ($name:ident () $rows:tt) => {
        impl $name {
            /// Nothing set.
            #[must_use]
            pub fn new() -> Self {
                JsonNode::blank()
            }
        }

        impl Default for $name {
            fn default() -> Self {
                JsonNode::blank()
            }
        }
    };
    ($name:ident (from $given:ident) {
        $($(required $req:ident)? $(optional $opt:ident)? $(patch $pat:ident)?: $key:literal $(=> $how:ident $taken:ty)?,)*
    }) => {
        impl $name {
            /// With everything that must be given.
            #[must_use]
            pub fn new(required: $given) -> Self {
                let mut new: Self = JsonNode::blank();
                $($(new.$req = required.$req;)?)*
                new
            }
        }
    };
    ($name:ident ($(
        $arg:ident $(=> into $into:ty)? $(=> each $each:ty)? $(=> boxed $boxed:ty)? $(=> plain $plain:ty)?
    ),+) $rows:tt) => {
        impl $name {
            /// With everything that must be given.
            #[must_use]
            pub fn new($(
                $arg: $(impl Into<$into>)? $(impl IntoIterator<Item = impl Into<$each>>)? $($boxed)? $($plain)?
            ),+) -> Self {
                let mut new: Self = JsonNode::blank();
                $(
                    $(let $arg: $into = $arg.into();)?
                    $(let $arg: Vec<$each> = $arg.into_iter().map(Into::into).collect();)?
                    $(let $arg: Box<$boxed> = Box::new($arg);)?
                    new.$arg = $arg;
                )+
                new
            }
        }
    };
}
pub(crate) use constructor;

/// Writes a setter for each row that says what it takes, and `set`.
macro_rules! setters {
    ($name:ident { $(
        $state:ident $field:ident: $key:literal
        $(=> into $into:ty)? $(=> scalar $scalar:ty)? $(=> any $any:ty)? $(=> map $map:ty)?
        $(=> each $each:ty)? $(=> boxed $boxed:ty)? $(=> plain $plain:ty)? $(=> patch $patch:ty)?
    ,)* }) => {
        impl $name {
            $(
                $(
                    #[doc = concat!("Sets `", stringify!($field), "`.")]
                    #[must_use]
                    pub fn $field<M>(mut self, value: impl $crate::runtime::OptionalValue<$into, M>) -> Self {
                        self.$field = value.given();
                        self
                    }
                )?
                $(
                    #[doc = concat!("Sets `", stringify!($field), "`.")]
                    #[must_use]
                    pub fn $field(mut self, value: impl $crate::runtime::ScalarValue<$scalar>) -> Self {
                        self.$field = value.scalar();
                        self
                    }
                )?
                $(
                    #[doc = concat!("Sets `", stringify!($field), "`; [`Patch::Null`] sends null.")]
                    #[must_use]
                    pub fn $field(mut self, value: impl Into<Patch<$any>>) -> Self {
                        self.$field = value.into().or_null();
                        self
                    }
                )?
                $(
                    #[doc = concat!("Sets `", stringify!($field), "` to a map, pairs, or `json!({…})`.")]
                    #[must_use]
                    pub fn $field(mut self, value: impl $crate::runtime::JsonMap<$map>) -> Self {
                        $crate::runtime::set_map((&mut self.$field, &mut self.extra), $key, value);
                        self
                    }
                )?
                $(
                    #[doc = concat!("Sets `", stringify!($field), "`.")]
                    #[must_use]
                    pub fn $field(mut self, value: impl IntoIterator<Item = impl Into<$each>>) -> Self {
                        self.$field = Some(value.into_iter().map(Into::into).collect());
                        self
                    }
                )?
                $(
                    #[doc = concat!("Sets `", stringify!($field), "`.")]
                    #[must_use]
                    pub fn $field(mut self, value: $boxed) -> Self {
                        self.$field = Some(Box::new(value));
                        self
                    }
                )?
                $(
                    #[doc = concat!("Sets `", stringify!($field), "`.")]
                    #[must_use]
                    pub fn $field(mut self, value: $plain) -> Self {
                        self.$field = Some(value);
                        self
                    }
                )?
                $(
                    #[doc = concat!("Sets `", stringify!($field), "`; [`Patch::Null`] sends null.")]
                    #[must_use]
                    pub fn $field(mut self, value: impl Into<Patch<$patch>>) -> Self {
                        self.$field = value.into();
                        self
                    }
                )?
            )*
        }
    };
}
pub(crate) use setters;
