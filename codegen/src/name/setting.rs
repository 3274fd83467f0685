//! What the reader of a request's name knows besides the name: words of what stands around it.

/// What is known of a request besides its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'a> {
    /// Words of the folder around it, empty at the top.
    pub folder: &'a [String],
    /// Whether the folder is called after several things: `Files & folders`.
    pub has_several: bool,
    /// Words of the folders around that one.
    pub around: &'a [String],
    /// Words of its path.
    pub path: &'a [String],
    /// Words of its path and query.
    pub sent: &'a [String],
    /// HTTP method in upper case.
    pub method: &'a str,
    /// Words of its path parameters.
    pub parameters: &'a [Vec<String>],
    /// Words of the things in the path that what is asked for belongs to: `files` in `/files/{id}/comments`.
    pub owners: &'a [Vec<String>],
    /// Whether the path ends with a parameter.
    pub ends_with_parameter: bool,
}
