//! Credentials in the emitted client: how each is sent, and the builder's setters for it.
//!
//! In: a scheme and its names. Out: a constant and methods; those of a scheme behind a feature stand behind it too.

use super::scope::{Scope, doc, ident};
use super::spec::{self, TemplateLocation};
use super::view::View;
use super::{Crate, docs, runtime};
use crate::api::{Credential, CredentialId, OperationId, Scheme};
use crate::name::CredentialNames;
use crate::template::Template;
use proc_macro2::TokenStream;
use quote::quote;

/// The feature that a scheme stands behind.
pub(crate) const fn feature(scheme: &Scheme) -> Option<&'static str> {
    match scheme {
        Scheme::Digest => Some("digest"),
        Scheme::AwsV4 { .. } => Some("aws_v4"),
        Scheme::Bearer { .. } | Scheme::Basic | Scheme::OAuth2 { .. } => None,
        Scheme::HeaderKey { .. } | Scheme::QueryKey { .. } | Scheme::Custom { .. } => None,
    }
}

/// How a credential is put into a request.
pub(crate) fn scheme(scope: &mut Scope<'_>, of: &Crate<'_>, scheme: &Scheme) -> TokenStream {
    let spec = scope.runtime("SchemeSpec");
    match scheme {
        Scheme::Bearer { prefix } | Scheme::OAuth2 { prefix, .. } => {
            quote!(#spec::Bearer { prefix: #prefix })
        }
        Scheme::Basic => quote!(#spec::Basic),
        Scheme::HeaderKey { name } => quote!(#spec::HeaderKey { name: #name }),
        Scheme::QueryKey { name } => quote!(#spec::QueryKey { name: #name }),
        Scheme::Digest => quote!(#spec::Digest),
        Scheme::AwsV4 { service, region } => {
            let service = spec::parts(scope, of, service, TemplateLocation::Verbatim);
            let region = spec::parts(scope, of, region, TemplateLocation::Verbatim);
            quote!(#spec::AwsV4 { service: #service, region: #region })
        }
        Scheme::Custom { kind, .. } => quote!(#spec::Custom { kind: #kind }),
    }
}

/// The setters of a credential.
pub(crate) fn setters(scope: &mut Scope<'_>, of: &Crate<'_>, id: CredentialId) -> Vec<TokenStream> {
    let found = of.api.credentials.get(id.0).zip(of.names.credentials.get(id.0));
    let Some((credential, own)) = found else { return Vec::new() };
    let used = used(of, id);
    let first = match &credential.scheme {
        Scheme::Digest => digest(own, &used),
        Scheme::AwsV4 { service, region } => aws(own, (service, region), &used),
        Scheme::Custom { .. } => signer(scope, (credential, own), &own.setter, &used),
        Scheme::Bearer { .. } | Scheme::OAuth2 { .. } => token(scope, credential, own, &used),
        Scheme::Basic | Scheme::HeaderKey { .. } | Scheme::QueryKey { .. } => {
            plain(scope, credential, own, &used)
        }
    };
    let further = own.signer.as_ref();
    let further = further.map(|name| signer(scope, (credential, own), name, &used));
    let tokens = tokens(scope, of, credential, own);
    [first].into_iter().chain(tokens).chain(further).collect()
}

/// As many operations are named in the docs of their credential; more are counted.
const NAMED: usize = 5;

/// Which operations a credential is for, as a sentence.
fn used(of: &Crate<'_>, id: CredentialId) -> Vec<String> {
    let of_it = |at: &usize| of.api.operations.get(*at).is_some_and(|it| it.auth == Some(id));
    let all = of.api.operations.len();
    let (uses, others): (Vec<usize>, Vec<usize>) = (0..all).partition(of_it);
    let called =
        |at: &usize| Some(docs::code(&View::new(of, OperationId(*at), "Client")?.call_path()));
    let named = |of: &[usize]| of.iter().filter_map(called).collect::<Vec<_>>().join(", ");
    vec![match (uses.len(), others.len()) {
        (0, _) => "No operation uses it by itself.".to_owned(),
        (_, 0) => "All operations use it.".to_owned(),
        (1..=NAMED, _) => format!("Used by {}.", named(&uses)),
        (_, 1..=NAMED) => format!("All operations use it but {}.", named(&others)),
        (some, _) => format!("{some} of {all} operations use it."),
    }]
}

fn plain(
    scope: &mut Scope<'_>,
    credential: &Credential,
    own: &CredentialNames,
    used: &[String],
) -> TokenStream {
    let (setter, name) = (ident(&own.setter), &own.setter);
    let docs = doc(&docs::paragraphs([vec![scheme_docs(&credential.scheme)], used.to_vec()]));
    let (value, secret) = (scope.runtime("CredentialValue"), scope.runtime("Secret"));
    let mut parts = own.parts.iter().map(|part| ident(part));
    let (first, second) = (parts.next(), parts.next());
    let (arguments, value) = match second {
        None => (quote!(#first: impl Into<#secret>), quote!(#value::Token(#first.into()))),
        Some(_) => (
            quote!(#first: impl Into<String>, #second: impl Into<#secret>),
            quote!(#value::Basic { #first: #first.into(), #second: #second.into() }),
        ),
    };
    quote! {
        #docs
        pub fn #setter(self, #arguments) -> Self {
            self.credential(#name, #value)
        }
    }
}

/// A token, or what tokens are fetched with.
fn token(
    scope: &mut Scope<'_>,
    credential: &Credential,
    own: &CredentialNames,
    used: &[String],
) -> TokenStream {
    let (setter, name) = (ident(&own.setter), &own.setter);
    let fetched = [
        "It takes a text, or [`ClientCredentials`](crate::ClientCredentials), which fetch tokens",
        "and renew them.",
    ];
    let docs = doc(&docs::paragraphs([
        vec![scheme_docs(&credential.scheme)],
        fetched.map(str::to_owned).to_vec(),
        used.to_vec(),
    ]));
    let value = scope.runtime("CredentialValue");
    let token = own.parts.first().map(|part| ident(part));
    quote! {
        #docs
        pub fn #setter(self, #token: impl Into<#value>) -> Self {
            self.credential(#name, #token.into())
        }
    }
}

/// Behind a feature nothing is imported: without it the import would be unused.
fn digest(own: &CredentialNames, used: &[String]) -> TokenStream {
    let (setter, name, runtime) = (ident(&own.setter), &own.setter, runtime::path());
    let sets = [
        "Sets user and password of digest authentication: each answers a challenge of the service,",
        "and the password is never sent.",
    ];
    let docs = doc(&docs::paragraphs([sets.map(str::to_owned).to_vec(), used.to_vec()]));
    let mut parts = own.parts.iter().map(|part| ident(part));
    let (username, password) = (parts.next(), parts.next());
    quote! {
        #docs
        #[cfg(feature = "digest")]
        pub fn #setter(
            self,
            #username: impl Into<String>,
            #password: impl Into<#runtime::Secret>,
        ) -> Self {
            let credentials = #runtime::DigestCredentials::new(#username, #password);
            self.credential(#name, #runtime::CredentialValue::Digest(credentials))
        }
    }
}

fn aws(
    own: &CredentialNames,
    (service, region): (&Template, &Template),
    used: &[String],
) -> TokenStream {
    let (setter, name, runtime) = (ident(&own.setter), &own.setter, runtime::path());
    let place = format!(
        "for {} in {}.",
        docs::code(&spec::shown(service)),
        docs::code(&spec::shown(region))
    );
    let signed = "Sets the access key that signs requests by AWS Signature Version 4,".to_owned();
    let docs = doc(&docs::paragraphs([vec![signed, place.clone()], used.to_vec()]));
    let mut parts = own.parts.iter().map(|part| ident(part));
    let (key, secret) = (parts.next(), parts.next());
    let temporary = own.temporary.as_ref().map(|temporary| {
        let signed = "Sets temporary credentials that sign requests by AWS Signature Version 4,";
        let docs = docs::paragraphs([vec![signed.to_owned(), place], used.to_vec()]);
        let (setter, docs) = (ident(temporary), doc(&docs));
        quote! {
            #docs
            #[cfg(feature = "aws_v4")]
            pub fn #setter(
                self,
                #key: impl Into<String>,
                #secret: impl Into<#runtime::Secret>,
                session_token: impl Into<#runtime::Secret>,
            ) -> Self {
                let credentials = #runtime::AwsCredentials::new(#key, #secret);
                let credentials = credentials.session_token(session_token);
                self.credential(#name, #runtime::CredentialValue::AwsV4(credentials))
            }
        }
    });
    quote! {
        #docs
        #[cfg(feature = "aws_v4")]
        pub fn #setter(
            self,
            #key: impl Into<String>,
            #secret: impl Into<#runtime::Secret>,
        ) -> Self {
            let credentials = #runtime::AwsCredentials::new(#key, #secret);
            self.credential(#name, #runtime::CredentialValue::AwsV4(credentials))
        }
        #temporary
    }
}

/// Takes any signer, under whatever name the credential is known.
fn signer(
    scope: &mut Scope<'_>,
    (credential, own): (&Credential, &CredentialNames),
    setter: &str,
    used: &[String],
) -> TokenStream {
    let (setter, name) = (ident(setter), &own.setter);
    let (value, signer) = (scope.runtime("CredentialValue"), scope.runtime("Signer"));
    let signs = scheme_docs(&credential.scheme);
    let signs = match feature(&credential.scheme) {
        Some(feature) => vec![
            format!("{} with a signer of your own,", signs.trim_end_matches('.')),
            format!("which does not need the feature {}.", docs::code(feature)),
        ],
        None => vec![signs],
    };
    let example = vec!["[`Signer`](crate::Signer) has an example.".to_owned()];
    let docs = doc(&docs::paragraphs([signs, example, used.to_vec()]));
    quote! {
        #docs
        pub fn #setter(self, signer: impl #signer) -> Self {
            self.credential(#name, #value::Signer(std::sync::Arc::new(signer)))
        }
    }
}

/// For tokens that the API's own endpoint gives.
fn tokens(
    scope: &mut Scope<'_>,
    of: &Crate<'_>,
    credential: &Credential,
    own: &CredentialNames,
) -> Option<TokenStream> {
    let Scheme::OAuth2 { token_url: Some(url), audience, .. } = &credential.scheme else {
        return None;
    };
    let (setter, name) = (ident(own.tokens.as_ref()?), &own.setter);
    let docs = doc(&[
        format!(
            "Sets a client's id and secret, which are changed for tokens at {}",
            docs::code(&spec::shown(url))
        ),
        "(OAuth 2 client credentials), and again before these expire. After it,".to_owned(),
        "`map_client_credentials` sets audience, scope, and where id and secret go.".to_owned(),
    ]);
    let url = spec::parts(scope, of, url, TemplateLocation::Verbatim);
    let audience = match audience {
        Some(audience) => {
            let parts = spec::parts(scope, of, audience, TemplateLocation::Verbatim);
            quote!(Some(#parts))
        }
        None => quote!(None),
    };
    let (value, secret) = (scope.runtime("CredentialValue"), scope.runtime("Secret"));
    let (credentials, tokens) = (scope.runtime("ClientCredentials"), scope.runtime("TokenSpec"));
    Some(quote! {
        #docs
        pub fn #setter(self, id: impl Into<String>, secret: impl Into<#secret>) -> Self {
            const TOKENS: #tokens = #tokens { url: #url, audience: #audience };
            let credentials = #credentials::of(&TOKENS, id, secret);
            self.credential(#name, #value::ClientCredentials(credentials))
        }
    })
}

fn scheme_docs(scheme: &Scheme) -> String {
    match scheme {
        Scheme::Bearer { prefix } | Scheme::OAuth2 { prefix, .. } => {
            let shown = docs::code(&format!("Authorization: {prefix} …"));
            format!("Sets the token that is sent as {shown}.")
        }
        Scheme::Basic => "Sets user and password of basic authentication.".to_owned(),
        Scheme::HeaderKey { name } => {
            format!("Sets the key that is sent as the value of the header {}.", docs::code(name))
        }
        Scheme::QueryKey { name } => {
            format!(
                "Sets the key that is sent as the value of the query parameter {}.",
                docs::code(name)
            )
        }
        Scheme::Digest => "Signs requests by digest authentication.".to_owned(),
        Scheme::AwsV4 { .. } => "Signs requests by AWS Signature Version 4.".to_owned(),
        Scheme::Custom { kind, said } => {
            let words = said.iter().map(|(name, value)| docs::code(&format!("{name}: {value}")));
            let words = words.collect::<Vec<_>>().join(", ");
            let said = if words.is_empty() { words } else { format!(" ({words})") };
            format!("Signs requests by {}{said}.", docs::code(kind))
        }
    }
}
