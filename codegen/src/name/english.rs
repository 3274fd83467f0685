//! What little grammar names need: number, articles, and which verbs mean the same.
//!
//! In: lower-case words. Out: words. Knows neither the API nor identifiers.

/// What an operation does, as far as its leading verb tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// `get`, `retrieve`, `fetch`.
    Get,
    /// `list`, `get all`.
    List,
    /// `search`, `query`.
    Search,
    /// `create`.
    Create,
    /// `add`: a creation only of the folder's own thing.
    Add,
    /// `update`, `edit`.
    Update,
    /// `delete`.
    Delete,
    /// `remove`: a deletion only of the folder's own thing.
    Remove,
    /// Any other verb: kept as it is.
    Other,
}

const SENSES: &[(&str, Sense)] = &[
    ("get", Sense::Get),
    ("retrieve", Sense::Get),
    ("fetch", Sense::Get),
    ("read", Sense::Get),
    ("show", Sense::Get),
    ("view", Sense::Get),
    ("return", Sense::Get),
    ("obtain", Sense::Get),
    ("list", Sense::List),
    ("search", Sense::Search),
    ("query", Sense::Search),
    ("browse", Sense::Search),
    ("create", Sense::Create),
    ("add", Sense::Add),
    ("update", Sense::Update),
    ("edit", Sense::Update),
    ("modify", Sense::Update),
    ("patch", Sense::Update),
    ("delete", Sense::Delete),
    ("destroy", Sense::Delete),
    ("remove", Sense::Remove),
];

/// Verbs in the form of `Creating a user`, where they begin a name.
const GERUNDS: &[(&str, &str)] = &[
    ("adding", "add"),
    ("creating", "create"),
    ("deleting", "delete"),
    ("fetching", "fetch"),
    ("getting", "get"),
    ("removing", "remove"),
    ("retrieving", "retrieve"),
    ("updating", "update"),
];

const OTHER_VERBS: &[&str] = &[
    "accept",
    "activate",
    "append",
    "apply",
    "approve",
    "archive",
    "assign",
    "attach",
    "authenticate",
    "authorize",
    "block",
    "bulk",
    "cancel",
    "change",
    "check",
    "clear",
    "close",
    "complete",
    "configure",
    "confirm",
    "connect",
    "convert",
    "copy",
    "count",
    "deactivate",
    "decline",
    "deny",
    "deploy",
    "detach",
    "disable",
    "disconnect",
    "download",
    "duplicate",
    "enable",
    "end",
    "enroll",
    "execute",
    "export",
    "find",
    "finish",
    "generate",
    "give",
    "grant",
    "import",
    "insert",
    "install",
    "invite",
    "join",
    "leave",
    "link",
    "lock",
    "login",
    "logout",
    "lookup",
    "mark",
    "merge",
    "move",
    "notify",
    "open",
    "pause",
    "perform",
    "post",
    "preview",
    "publish",
    "purge",
    "push",
    "put",
    "refresh",
    "register",
    "reject",
    "release",
    "rename",
    "render",
    "reopen",
    "replace",
    "request",
    "resend",
    "reset",
    "resolve",
    "restart",
    "restore",
    "resume",
    "retry",
    "revoke",
    "rotate",
    "run",
    "save",
    "schedule",
    "send",
    "set",
    "share",
    "sign",
    "start",
    "stop",
    "submit",
    "subscribe",
    "suspend",
    "swap",
    "sync",
    "test",
    "toggle",
    "transfer",
    "trigger",
    "unarchive",
    "unassign",
    "unblock",
    "uninstall",
    "unlink",
    "unlock",
    "unpublish",
    "unsubscribe",
    "upload",
    "upsert",
    "validate",
    "verify",
    "withdraw",
];

/// Nouns that end like a plural and are one thing.
const SINGLE_THINGS: &[&str] = &[
    "address",
    "alias",
    "analytics",
    "atlas",
    "bus",
    "canvas",
    "details",
    "dns",
    "gas",
    "has",
    "https",
    "is",
    "kubernetes",
    "lens",
    "metadata",
    "news",
    "os",
    "ous",
    "preferences",
    "series",
    "settings",
    "sms",
    "stats",
    "statistics",
    "status",
    "this",
    "tls",
    "was",
    "yes",
];

const ARTICLES: &[&str] =
    &["a", "an", "his", "its", "my", "our", "that", "the", "their", "this", "your"];

const FILLERS: &[&str] = &["existing", "given", "particular", "single", "specific", "specified"];

const PREPOSITIONS: &[&str] = &[
    "at", "about", "against", "as", "by", "for", "from", "in", "into", "of", "on", "onto", "per",
    "than", "through", "to", "under", "using", "via", "with", "within", "without",
];

/// Whether `word` says nothing after a verb.
pub(super) fn is_filler(word: &str) -> bool {
    is_article(word) || FILLERS.contains(&word)
}

/// Whether `word` says nothing in a name even where there is no verb.
pub(super) fn is_article(word: &str) -> bool {
    ARTICLES.contains(&word)
}

/// Whether `word` begins a phrase of its own (`by id`, `for user`).
pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

/// Whether `word` only joins others, so that no name ends with it.
pub(super) fn joins(word: &str) -> bool {
    is_article(word) || is_preposition(word) || matches!(word, "and" | "but" | "or" | "that")
}

/// What was done, of the regular verbs that requests begin with: `delete` -> `deleted`.
pub(super) fn participle(verb: &str) -> Option<String> {
    const REGULAR: [&str; 8] =
        ["add", "create", "delete", "move", "remove", "replace", "restore", "update"];
    let stem = verb.strip_suffix('e').unwrap_or(verb);
    REGULAR.contains(&verb).then(|| format!("{stem}ed"))
}

/// The verb `word` is a form of (`gets`, `creates`), and what it means.
pub(super) fn verb(word: &str) -> Option<(&'static str, Sense)> {
    let known = |form: &str| {
        let sensed = SENSES.iter().find(|(verb, _)| *verb == form).copied();
        let other =
            || OTHER_VERBS.iter().find(|verb| **verb == form).map(|verb| (*verb, Sense::Other));
        sensed.or_else(other)
    };
    known(word)
        .or_else(|| known(word.strip_suffix('s')?))
        .or_else(|| known(word.strip_suffix("es")?))
        .or_else(|| known(&format!("{}y", word.strip_suffix("ies")?)))
        .or_else(|| known(GERUNDS.iter().find(|(form, _)| *form == word)?.1))
}

/// The singular of `word`.
pub(super) fn singular(word: &str) -> String {
    if !is_plural(word) {
        return word.to_owned();
    }
    for (ending, replacement) in [
        ("children", "child"),
        ("people", "person"),
        ("oaves", "oaf"),
        ("eaves", "eaf"),
        ("shelves", "shelf"),
        ("halves", "half"),
        ("selves", "self"),
        ("wolves", "wolf"),
        ("thieves", "thief"),
        ("knives", "knife"),
        ("criteria", "criterion"),
        ("vertices", "vertex"),
        ("matrices", "matrix"),
        ("bonuses", "bonus"),
        ("campuses", "campus"),
        ("viruses", "virus"),
        ("biases", "bias"),
        ("movies", "movie"),
        ("cookies", "cookie"),
        ("caches", "cache"),
        ("oes", "o"),
        ("statuses", "status"),
        ("aliases", "alias"),
        ("buses", "bus"),
        ("indices", "index"),
        ("analyses", "analysis"),
        ("ies", "y"),
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
        ("zzes", "zz"),
        ("s", ""),
    ] {
        if let Some(stem) = word.strip_suffix(ending)
            && (stem.len() > 1 || !replacement.is_empty())
        {
            return format!("{stem}{replacement}");
        }
    }
    word.to_owned()
}

/// Plurals in `is`; most words in `is` are none.
const PLURALS_IN_IS: &[&str] = &["apis", "emojis", "kpis", "skis", "taxis", "uis", "uris", "wikis"];

/// Whether `word` names several things.
pub(super) fn is_plural(word: &str) -> bool {
    if matches!(word, "children" | "people" | "criteria") || PLURALS_IN_IS.contains(&word) {
        return true;
    }
    word.len() > 2
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending))
        && !SINGLE_THINGS.contains(&word)
}

/// Whether two words are the same but for their number.
pub(super) fn same(left: &str, right: &str) -> bool {
    // Whatever the number, a word of more than an ending begins alike.
    let is_long = left.len() > 3 && right.len() > 3;
    if is_long && left.as_bytes().first() != right.as_bytes().first() {
        return false;
    }
    left == right || singular(left) == singular(right)
}

/// Whether one of `words` begins like `verb`, or is a form of it: `deleteuser`.
pub(super) fn has_verb(words: &[String], verb: &str) -> bool {
    let is_form = |word: &str| self::verb(word).is_some_and(|(other, _)| other == verb);
    !verb.is_empty() && words.iter().any(|word| word.starts_with(verb) || is_form(word))
}

#[cfg(test)]
mod tests {
    use super::{Sense, is_plural, singular, verb};

    #[test]
    fn plurals_become_singulars() {
        for (plural, single) in [
            ("users", "user"),
            ("policies", "policy"),
            ("addresses", "address"),
            ("branches", "branch"),
            ("boxes", "box"),
            ("caches", "cache"),
            ("heroes", "hero"),
            ("statuses", "status"),
            ("keys", "key"),
            ("movies", "movie"),
            ("people", "person"),
            ("houses", "house"),
            ("warehouses", "warehouse"),
            ("loaves", "loaf"),
            ("shelves", "shelf"),
            ("valves", "valve"),
            ("archives", "archive"),
            ("bonuses", "bonus"),
            ("criteria", "criterion"),
        ] {
            assert!(is_plural(plural), "{plural}");
            assert_eq!(singular(plural), single);
        }
        for word in ["address", "status", "analysis", "settings", "series", "as", "user"] {
            assert_eq!(singular(word), word);
        }
    }

    #[test]
    fn verbs_are_known_in_the_third_person() {
        assert_eq!(verb("gets"), Some(("get", Sense::Get)));
        assert_eq!(verb("fetches"), Some(("fetch", Sense::Get)));
        assert_eq!(verb("modifies"), Some(("modify", Sense::Update)));
        assert_eq!(verb("publishes"), Some(("publish", Sense::Other)));
        assert_eq!(verb("user"), None);
    }
}
