//! Which request it was, as recordings write it: without credentials.

use super::encode::decoded;
use super::secret::{REDACTED, is_secret_name};
use super::transport::HttpRequest;

/// What a request was sent to.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The name of the operation; none for requests of the client's own, such as those for tokens.
    pub(super) operation: Option<String>,
    pub(super) method: String,
    /// Percent-encoded; a segment for which the template names a credential is hidden.
    pub(super) path: String,
    /// Decoded; the values of credentials are hidden. None where a recording says nothing of it.
    pub(super) query: Option<Vec<(String, String)>>,
    /// How many segments at the end of the path are the operation's; all where nobody knows.
    own: usize,
}

impl Target {
    /// What `request` is sent to; names for which `is_secret` holds are credentials, too.
    pub(super) fn of(request: &HttpRequest, is_secret: &dyn Fn(&str) -> bool) -> Self {
        let (path, query) = split(&request.url);
        let in_query = |name: &str| is_secret(name) || request.key_in_query == Some(name);
        let pairs = pairs(query).into_iter().map(|(name, value)| {
            let value = if in_query(&name) { REDACTED.to_owned() } else { value };
            (name, value)
        });
        let template = request.path_template();
        Self {
            operation: request.operation().map(str::to_owned),
            method: request.method.as_str().to_owned(),
            path: template.map_or_else(|| path.clone(), |it| hidden(&path, it, is_secret)),
            query: Some(pairs.collect()),
            own: template.map_or(usize::MAX, |it| it.matches('/').count()),
        }
    }

    /// The credentials in the URL of `request`, by the same names.
    pub(super) fn secrets(request: &HttpRequest, is_secret: &dyn Fn(&str) -> bool) -> Vec<String> {
        let (path, query) = split(&request.url);
        let in_query = |name: &str| is_secret(name) || request.key_in_query == Some(name);
        let values = pairs(query).into_iter().filter(|(name, _)| in_query(name));
        let mut found: Vec<String> = values.map(|(_, value)| value).collect();
        let shown = hidden(&path, request.path_template().unwrap_or_default(), is_secret);
        let segments = path.split('/').zip(shown.split('/'));
        found.extend(segments.filter(|(own, shown)| own != shown).map(|(own, _)| decoded(own)));
        found
    }

    /// A target that a recording tells of.
    pub(super) fn recorded(
        operation: Option<&str>,
        method: &str,
        url: &str,
        query: Option<Vec<(String, String)>>,
    ) -> Self {
        let (path, inline) = split(url);
        let query = query.or_else(|| url.contains('?').then(|| pairs(inline)));
        let (operation, method) = (operation.map(str::to_owned), method.to_ascii_uppercase());
        Self { operation, method, path, query, own: usize::MAX }
    }

    /// Whether both are requests of one operation; by method and path where no name is known.
    pub(super) fn is_of(&self, asked: &Self) -> bool {
        match (&self.operation, &asked.operation) {
            (Some(own), Some(other)) => own == other,
            (None, None) | (None, Some(_)) => self.has_path(asked),
            (Some(_), None) => false,
        }
    }

    /// Whether both have one method and path, whatever path the base URL has.
    pub(super) fn has_path(&self, asked: &Self) -> bool {
        let (mut own, mut other) = (self.path.rsplit('/'), asked.path.rsplit('/'));
        let is_same = (0..asked.own).map_while(|_| match (own.next(), other.next()) {
            (None, None) => None,
            (Some(own), Some(other)) => Some(is_same(own, other)),
            (Some(_), None) | (None, Some(_)) => Some(false),
        });
        self.method == asked.method && is_same.into_iter().all(|is_same| is_same)
    }

    /// Whether both have one method, path and query, as far as it is known.
    pub(super) fn is_at(&self, asked: &Self) -> bool {
        let has_query = match (&self.query, &asked.query) {
            (Some(own), Some(other)) => {
                let mut pairs = own.iter().zip(other);
                own.len() == other.len()
                    && pairs.all(|(own, other)| own.0 == other.0 && is_same(&own.1, &other.1))
            }
            (None, _) | (_, None) => true,
        };
        has_query && self.has_path(asked)
    }

    /// The operation, or what is known instead.
    pub(super) fn name(&self) -> String {
        let Self { operation, method, path, .. } = self;
        operation.clone().unwrap_or_else(|| format!("{method} {path}"))
    }
}

/// Whether two values are the same; what is hidden may be any.
fn is_same(own: &str, other: &str) -> bool {
    own == other || own == REDACTED || other == REDACTED
}

/// Path and query of a URL, or of a path alone.
fn split(url: &str) -> (String, &str) {
    let url = url.split_once('#').map_or(url, |(before, _)| before);
    let target = match url.split_once("://") {
        Some((_, rest)) => rest.find(['/', '?']).and_then(|at| rest.get(at..)).unwrap_or_default(),
        None => url,
    };
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    (if path.is_empty() { "/" } else { path }.to_owned(), query)
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    pairs.map(pair).collect()
}

/// The path without the segments whose holes are credentials by their names.
fn hidden(path: &str, template: &str, is_secret: &dyn Fn(&str) -> bool) -> String {
    let mut segments: Vec<&str> = path.split('/').collect();
    let holes = |segment: &str| {
        let names = segment.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        names.into_iter().any(|(name, _)| is_secret(name))
    };
    for (segment, own) in segments.iter_mut().rev().zip(template.rsplit('/')) {
        if holes(own) {
            *segment = REDACTED;
        }
    }
    segments.join("/")
}

/// A text without the credentials of a URL in it: user and password, and values of the query by their names.
pub(super) fn without_credentials(text: &str, is_secret: &dyn Fn(&str) -> bool) -> String {
    let Some((before, _)) = text.split_once('?').filter(|_| text.contains("://")) else {
        return without_user(text);
    };
    let mut shown = without_user(before);
    for pair in text.get(before.len()..).unwrap_or_default().split_inclusive(['?', '&', '#', '>']) {
        let end = pair.len() - usize::from(pair.ends_with(['?', '&', '#', '>']));
        let (pair, end) = pair.split_at(end);
        match pair.split_once('=').filter(|(name, _)| is_secret(&decoded(name))) {
            Some((name, _)) => shown.extend([name, "=", REDACTED]),
            None => shown.push_str(pair),
        }
        shown.push_str(end);
    }
    shown
}

fn without_user(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match authority.rsplit_once('@') {
        Some((user, _)) => {
            let rest = rest.get(user.len()..).unwrap_or_default();
            format!("{scheme}://{REDACTED}{rest}")
        }
        None => text.to_owned(),
    }
}
