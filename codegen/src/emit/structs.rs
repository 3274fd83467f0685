//! A struct: its fields, and, where callers build it, its constructor and setters.

use super::layout::has_required;
use super::scope::{Scope, doc, ident};
use super::{Crate, docs};
use crate::api::{Field, Nullability, Presence, Struct, Type, TypeDef, TypeId};
use crate::name::TypeNames;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

/// Required fields up to which `new` takes them one by one.
const ARGUMENTS: usize = 3;

/// A struct with its names.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) of: &'a Crate<'a>,
    pub(crate) id: TypeId,
    pub(crate) definition: &'a TypeDef,
    pub(crate) object: &'a Struct,
    pub(crate) own: &'a TypeNames,
}

/// The items of a struct.
pub(crate) fn items(scope: &mut Scope<'_>, view: View<'_>) -> TokenStream {
    let (definition, built) = (definition(scope, view), view.built(scope));
    quote!(#definition #built)
}

fn definition(scope: &mut Scope<'_>, view: View<'_>) -> TokenStream {
    let docs = doc(&super::provenance::docs(view.definition));
    let name = ident(&view.own.ident);
    let extra = scope.runtime("Extra");
    let fields = view.fields().map(|(field, name)| {
        let ty = view.field_type(scope, field);
        let docs = doc(&field_docs(field));
        quote!(#docs pub #name: #ty)
    });
    let fields: Vec<_> = fields.collect();
    let derived = derived(view);
    quote! {
        #docs
        #derived
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            /// Keys this crate does not know, and values that do not fit their field.
            pub extra: #extra,
        }
    }
}

/// What does not come with the JSON table, because there is none.
fn derived(view: View<'_>) -> Option<TokenStream> {
    let default = view.object.is_all_optional().then(|| quote!(Default,));
    let is_json = !super::json::has_file(view.object);
    (!is_json).then(|| quote!(#[derive(Clone, Debug, #default PartialEq)]))
}

impl Struct {
    /// Nothing must be given, and nothing is sent by itself.
    pub(crate) fn is_all_optional(&self) -> bool {
        !has_required(self) && !self.fields.iter().any(|it| default(it).is_some())
    }
}

impl<'a> View<'a> {
    fn fields(self) -> impl Iterator<Item = (&'a Field, Ident)> {
        self.object.fields.iter().zip(&self.own.members).map(|(field, name)| (field, ident(name)))
    }

    fn required(self) -> impl Iterator<Item = (&'a Field, Ident)> {
        self.fields().filter(|(field, _)| field.presence == Presence::Required)
    }

    /// A field's type without the states around it.
    fn value_type(self, scope: &mut Scope<'_>, field: &Field) -> TokenStream {
        scope.part(self.id, value(field))
    }

    fn field_type(self, scope: &mut Scope<'_>, field: &Field) -> TokenStream {
        let ty = self.value_type(scope, field);
        match (field.presence, field.nullability) {
            (Presence::Required, Nullability::Plain) => ty,
            (Presence::Optional, Nullability::Plain) => quote!(Option<#ty>),
            (Presence::Required | Presence::Optional, Nullability::ThreeState) => {
                let patch = scope.runtime("Patch");
                quote!(#patch<#ty>)
            }
        }
    }

    /// `new`, one setter per optional field, and `set`.
    fn built(self, scope: &mut Scope<'_>) -> TokenStream {
        if !self.of.layout.built.contains(&self.id) {
            return TokenStream::new();
        }
        let name = ident(&self.own.ident);
        let (new, beside) = self.constructor(scope);
        let optional = self.fields().filter(|(field, _)| field.presence == Presence::Optional);
        let setters: Vec<_> =
            optional.map(|(field, name)| self.setter(scope, field, &name)).collect();
        let json = scope.runtime("Value");
        quote! {
            impl #name {
                #new
                #(#setters)*

                /// Sets a key this crate does not know.
                #[must_use]
                pub fn set(mut self, key: impl Into<String>, value: impl Into<#json>) -> Self {
                    self.extra.insert(key, value);
                    self
                }
            }
            #beside
        }
    }

    /// `new`, and what stands beside the type for it.
    fn constructor(self, scope: &mut Scope<'_>) -> (TokenStream, TokenStream) {
        if self.object.is_all_optional() {
            let new = quote! {
                /// Nothing set.
                #[must_use]
                pub fn new() -> Self {
                    Self::default()
                }
            };
            return (new, TokenStream::new());
        }
        let required: Vec<_> = self.required().collect();
        if required.is_empty() {
            return self.constructor_with_defaults(scope);
        }
        if required.len() > ARGUMENTS {
            return self.constructor_from_struct(scope, &required);
        }
        let arguments = required.iter().map(|(field, name)| {
            let (ty, _) = self.taken(scope, field, name);
            quote!(#name: #ty)
        });
        let arguments: Vec<_> = arguments.collect();
        let values = self.values(scope, |scope, field, name| self.taken(scope, field, name).1);
        let new = quote! {
            /// With everything that must be given.
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self { #values }
            }
        };
        (new, TokenStream::new())
    }

    fn constructor_with_defaults(self, scope: &mut Scope<'_>) -> (TokenStream, TokenStream) {
        let values = self.values(scope, |_, _, name| quote!(#name));
        let name = ident(&self.own.ident);
        let new = quote! {
            /// With what the collection sends by itself.
            #[must_use]
            pub fn new() -> Self {
                Self { #values }
            }
        };
        let default = quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        };
        (new, default)
    }

    fn constructor_from_struct(
        self,
        scope: &mut Scope<'_>,
        required: &[(&Field, Ident)],
    ) -> (TokenStream, TokenStream) {
        let given = format_ident!("{}Required", self.own.ident);
        let values = self.values(scope, |_, _, name| quote!(required.#name));
        let new = quote! {
            /// With everything that must be given.
            #[must_use]
            pub fn new(required: #given) -> Self {
                Self { #values }
            }
        };
        let fields = required.iter().map(|(field, name)| {
            let (docs, ty) = (doc(&field_docs(field)), self.value_type(scope, field));
            quote!(#docs pub #name: #ty)
        });
        let fields: Vec<_> = fields.collect();
        let docs = doc(&[format!("What a [`{}`] must have.", self.own.ident)]);
        let beside = quote! {
            #docs
            #[derive(Clone, Debug, PartialEq)]
            pub struct #given {
                #(#fields,)*
            }
        };
        (new, beside)
    }

    /// All fields of a new value; `required` gives those that are given.
    fn values(
        self,
        scope: &mut Scope<'_>,
        required: impl Fn(&mut Scope<'_>, &Field, &Ident) -> TokenStream,
    ) -> TokenStream {
        let fields = self.fields().map(|(field, name)| {
            let is_patch = field.nullability == Nullability::ThreeState;
            let value = match (field.presence, default(field)) {
                (Presence::Required, _) => required(scope, field, &name),
                (Presence::Optional, Some(value)) => quote!(Some(#value)),
                (Presence::Optional, None) if is_patch => quote!(Patch::Unset),
                (Presence::Optional, None) => quote!(None),
            };
            if name == value.to_string() { value } else { quote!(#name: #value) }
        });
        let fields: Vec<_> = fields.collect();
        let extra = scope.runtime("Extra");
        quote!(#(#fields,)* extra: #extra::default())
    }

    fn setter(self, scope: &mut Scope<'_>, field: &Field, name: &Ident) -> TokenStream {
        let key = docs::code(&field.key);
        let shown = if key.is_empty() { "the empty key".to_owned() } else { key };
        let value = ident("value");
        let (ty, taken, text) = match field.nullability {
            Nullability::Plain => {
                let (ty, taken) = self.taken(scope, field, &value);
                (ty, quote!(Some(#taken)), format!("Sets {shown}."))
            }
            Nullability::ThreeState => {
                let ty = self.field_type(scope, field);
                let text = format!("Sets {shown}; [`Patch::Null`] sends null.");
                (quote!(impl Into<#ty>), quote!(#value.into()), text)
            }
        };
        let docs = doc(&[text]);
        quote! {
            #docs
            #[must_use]
            pub fn #name(mut self, #value: #ty) -> Self {
                self.#name = #taken;
                self
            }
        }
    }

    /// The type of an argument for a field's value, and the value made of it.
    fn taken(
        self,
        scope: &mut Scope<'_>,
        field: &Field,
        name: &Ident,
    ) -> (TokenStream, TokenStream) {
        let ty = value(field);
        let whole = self.value_type(scope, field);
        let is_boxed = self.of.is_boxed(self.id, ty);
        match ty {
            Type::Text | Type::Secret | Type::Unknown => {
                (quote!(impl Into<#whole>), quote!(#name.into()))
            }
            Type::List(inner) if is_text(inner) => {
                let inner = scope.ty(inner);
                let items = quote!(impl IntoIterator<Item = impl Into<#inner>>);
                (items, quote!(#name.into_iter().map(Into::into).collect()))
            }
            Type::Named(_) if is_boxed => (scope.ty(ty), quote!(Box::new(#name))),
            Type::Named(id) if self.of.is_enumeration(*id) => {
                (quote!(impl Into<#whole>), quote!(#name.into()))
            }
            Type::Bool | Type::Integer | Type::Unsigned | Type::Number => (whole, quote!(#name)),
            Type::File | Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Named(_) => {
                (whole, quote!(#name))
            }
        }
    }
}

impl Crate<'_> {
    /// Whether a type is a set of texts.
    pub(crate) fn is_enumeration(&self, id: TypeId) -> bool {
        let kind = self.api.types.get(id).map(|definition| &definition.kind);
        matches!(kind, Some(crate::api::TypeKind::Enumeration(_)))
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::Text | Type::Secret)
}

/// The type of a field that is set: null in an optional field says no more than its absence.
fn value(field: &Field) -> &Type {
    match (&field.ty, field.presence) {
        (Type::Nullable(inner), Presence::Optional) => inner,
        (ty, Presence::Required | Presence::Optional) => ty,
    }
}

/// What a form sends by itself, where the field's type can say it.
fn default(field: &Field) -> Option<TokenStream> {
    match (&field.ty, field.default.as_slice()) {
        (Type::List(inner), texts @ [_, ..]) => {
            let values = texts.iter().map(|text| literal(inner, text));
            let values = values.collect::<Option<Vec<_>>>()?;
            Some(quote!(Vec::from([#(#values),*])))
        }
        (ty, [text]) => literal(ty, text),
        (_, _) => None,
    }
}

/// `text` as a value of a scalar type that prints it again.
fn literal(ty: &Type, text: &str) -> Option<TokenStream> {
    match ty {
        Type::Text => Some(quote!(#text.to_owned())),
        Type::Bool => match text {
            "true" => Some(quote!(true)),
            "false" => Some(quote!(false)),
            _ => None,
        },
        Type::Integer => {
            let value: i64 = text.parse().ok()?;
            let value = Literal::i64_unsuffixed(value);
            Some(quote!(#value))
        }
        Type::Unsigned => {
            let value: u64 = text.parse().ok()?;
            let value = Literal::u64_unsuffixed(value);
            Some(quote!(#value))
        }
        Type::Number => {
            let value: f64 = text.parse().ok().filter(|value: &f64| value.to_string() == text)?;
            let value = Literal::f64_unsuffixed(value);
            Some(quote!(#value))
        }
        Type::Secret | Type::File | Type::Unknown => None,
        Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Named(_) => None,
    }
}

fn field_docs(field: &Field) -> Vec<String> {
    let key = docs::code(&field.key);
    let described = docs::lines(&field.docs);
    match (described.is_empty(), key.is_empty()) {
        (true, true) => vec!["The empty key.".to_owned()],
        (true, false) => vec![format!("{key}.")],
        (false, _) => described,
    }
}
