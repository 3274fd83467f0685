//! The runtime's sources, as text; and what of them the crate's root shows.
//!
//! In: the files of `codegen/runtime`, embedded. Out: files of the client, each its source below the header, byte for byte.

use super::Emitted;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Ident, Item, UseTree, Visibility};

/// Where each source of the runtime stands in the client, and the source.
pub(crate) const SOURCES: &[(&str, &str)] = &[
    ("src/runtime.rs", include_str!("../../runtime/lib.rs")),
    ("src/runtime/attempt.rs", include_str!("../../runtime/attempt.rs")),
    ("src/runtime/auth.rs", include_str!("../../runtime/auth.rs")),
    ("src/runtime/aws_v4.rs", include_str!("../../runtime/aws_v4.rs")),
    ("src/runtime/base_url.rs", include_str!("../../runtime/base_url.rs")),
    ("src/runtime/blocking.rs", include_str!("../../runtime/blocking.rs")),
    ("src/runtime/body_secrets.rs", include_str!("../../runtime/body_secrets.rs")),
    ("src/runtime/builder.rs", include_str!("../../runtime/builder.rs")),
    ("src/runtime/call.rs", include_str!("../../runtime/call.rs")),
    ("src/runtime/client.rs", include_str!("../../runtime/client.rs")),
    ("src/runtime/client_builder.rs", include_str!("../../runtime/client_builder.rs")),
    ("src/runtime/clock.rs", include_str!("../../runtime/clock.rs")),
    ("src/runtime/credential.rs", include_str!("../../runtime/credential.rs")),
    ("src/runtime/deadline.rs", include_str!("../../runtime/deadline.rs")),
    ("src/runtime/digest.rs", include_str!("../../runtime/digest.rs")),
    ("src/runtime/encode.rs", include_str!("../../runtime/encode.rs")),
    ("src/runtime/error.rs", include_str!("../../runtime/error.rs")),
    ("src/runtime/error_text.rs", include_str!("../../runtime/error_text.rs")),
    ("src/runtime/extra.rs", include_str!("../../runtime/extra.rs")),
    ("src/runtime/fit.rs", include_str!("../../runtime/fit.rs")),
    ("src/runtime/flight.rs", include_str!("../../runtime/flight.rs")),
    ("src/runtime/form.rs", include_str!("../../runtime/form.rs")),
    ("src/runtime/given.rs", include_str!("../../runtime/given.rs")),
    ("src/runtime/dynamic.rs", include_str!("../../runtime/dynamic.rs")),
    ("src/runtime/header.rs", include_str!("../../runtime/header.rs")),
    ("src/runtime/hook.rs", include_str!("../../runtime/hook.rs")),
    ("src/runtime/idempotency.rs", include_str!("../../runtime/idempotency.rs")),
    ("src/runtime/json.rs", include_str!("../../runtime/json.rs")),
    ("src/runtime/link.rs", include_str!("../../runtime/link.rs")),
    ("src/runtime/lock.rs", include_str!("../../runtime/lock.rs")),
    ("src/runtime/map.rs", include_str!("../../runtime/map.rs")),
    ("src/runtime/media_type.rs", include_str!("../../runtime/media_type.rs")),
    ("src/runtime/multipart.rs", include_str!("../../runtime/multipart.rs")),
    ("src/runtime/node.rs", include_str!("../../runtime/node.rs")),
    ("src/runtime/nodes.rs", include_str!("../../runtime/nodes.rs")),
    ("src/runtime/oauth.rs", include_str!("../../runtime/oauth.rs")),
    ("src/runtime/operation.rs", include_str!("../../runtime/operation.rs")),
    ("src/runtime/page.rs", include_str!("../../runtime/page.rs")),
    ("src/runtime/paging.rs", include_str!("../../runtime/paging.rs")),
    ("src/runtime/patch.rs", include_str!("../../runtime/patch.rs")),
    ("src/runtime/prepared.rs", include_str!("../../runtime/prepared.rs")),
    ("src/runtime/raw.rs", include_str!("../../runtime/raw.rs")),
    ("src/runtime/read.rs", include_str!("../../runtime/read.rs")),
    ("src/runtime/recorder.rs", include_str!("../../runtime/recorder.rs")),
    ("src/runtime/recording.rs", include_str!("../../runtime/recording.rs")),
    ("src/runtime/replay.rs", include_str!("../../runtime/replay.rs")),
    ("src/runtime/reply.rs", include_str!("../../runtime/reply.rs")),
    ("src/runtime/request.rs", include_str!("../../runtime/request.rs")),
    ("src/runtime/reqwest_builder.rs", include_str!("../../runtime/reqwest_builder.rs")),
    ("src/runtime/reqwest_transport.rs", include_str!("../../runtime/reqwest_transport.rs")),
    ("src/runtime/response.rs", include_str!("../../runtime/response.rs")),
    ("src/runtime/response_cache.rs", include_str!("../../runtime/response_cache.rs")),
    ("src/runtime/response_future.rs", include_str!("../../runtime/response_future.rs")),
    ("src/runtime/response_stream.rs", include_str!("../../runtime/response_stream.rs")),
    ("src/runtime/retry.rs", include_str!("../../runtime/retry.rs")),
    ("src/runtime/secret.rs", include_str!("../../runtime/secret.rs")),
    ("src/runtime/said.rs", include_str!("../../runtime/said.rs")),
    ("src/runtime/send.rs", include_str!("../../runtime/send.rs")),
    ("src/runtime/sent.rs", include_str!("../../runtime/sent.rs")),
    ("src/runtime/setters.rs", include_str!("../../runtime/setters.rs")),
    ("src/runtime/slots.rs", include_str!("../../runtime/slots.rs")),
    ("src/runtime/spec.rs", include_str!("../../runtime/spec.rs")),
    ("src/runtime/support.rs", include_str!("../../runtime/support.rs")),
    ("src/runtime/target.rs", include_str!("../../runtime/target.rs")),
    ("src/runtime/test_util.rs", include_str!("../../runtime/test_util.rs")),
    ("src/runtime/thread_clock.rs", include_str!("../../runtime/thread_clock.rs")),
    ("src/runtime/token.rs", include_str!("../../runtime/token.rs")),
    ("src/runtime/trace.rs", include_str!("../../runtime/trace.rs")),
    ("src/runtime/transport.rs", include_str!("../../runtime/transport.rs")),
    ("src/runtime/until.rs", include_str!("../../runtime/until.rs")),
    ("src/runtime/upload.rs", include_str!("../../runtime/upload.rs")),
    ("src/runtime/upload_pieces.rs", include_str!("../../runtime/upload_pieces.rs")),
    ("src/runtime/walk.rs", include_str!("../../runtime/walk.rs")),
    ("src/runtime/write.rs", include_str!("../../runtime/write.rs")),
];

/// What the crate's root re-exports, with the attributes it has in the runtime: all that the runtime's own root does.
pub(crate) fn face() -> Vec<(Vec<Attribute>, Ident)> {
    let root = SOURCES.first().map(|(_, source)| *source).unwrap_or_default();
    let file =
        syn::parse_file(root).unwrap_or_else(|error| unreachable!("the runtime parses: {error}"));
    let mut face = Vec::new();
    for item in file.items {
        match item {
            Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => {
                leaves(&item.tree, &mut |name| face.push((item.attrs.clone(), name.clone())));
            }
            // A module behind a feature is for users; the other one is for the tables of emitted code.
            Item::Mod(item)
                if matches!(item.vis, Visibility::Public(_)) && !item.attrs.is_empty() =>
            {
                face.push((item.attrs, item.ident));
            }
            _ => {}
        }
    }
    face.sort_by_key(|(attributes, name)| (attributes.is_empty(), name.to_string()));
    face
}

fn leaves(tree: &UseTree, found: &mut dyn FnMut(&Ident)) {
    match tree {
        UseTree::Name(leaf) => found(&leaf.ident),
        UseTree::Rename(leaf) => found(&leaf.rename),
        UseTree::Path(path) => leaves(&path.tree, found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, found)),
        UseTree::Glob(_) => unreachable!("the runtime's root names what it shows"),
    }
}

/// The path of the runtime in the client.
pub(crate) fn path() -> TokenStream {
    let root = quote!(crate);
    quote!(#root::runtime)
}

/// The emitted files.
pub(crate) fn files(header: &str) -> impl Iterator<Item = Emitted> {
    SOURCES.iter().map(move |(path, source)| Emitted::Runtime {
        path: (*path).to_owned(),
        text: format!("{header}{source}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_source_of_the_runtime_is_emitted() {
        let mut on_disk = BTreeSet::new();
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime")).unwrap() {
            on_disk.insert(entry.unwrap().file_name().into_string().unwrap());
        }
        let place = |path: &str| match path.strip_prefix("src/runtime/") {
            Some(name) => name.to_owned(),
            None => path.replace("src/runtime.rs", "lib.rs"),
        };
        let emitted: BTreeSet<String> = SOURCES.iter().map(|(path, _)| place(path)).collect();
        assert_eq!(emitted, on_disk, "add the file to SOURCES in emit/runtime.rs");
        for (path, source) in SOURCES {
            let text = fs::read_to_string(
                Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime").join(place(path)),
            )
            .unwrap();
            assert_eq!(*source, text, "{path}");
        }
    }

    #[test]
    fn the_root_shows_what_the_runtime_shows() {
        let names: Vec<String> = face().iter().map(|(_, name)| name.to_string()).collect();
        for name in ["ReqwestTransport", "Bytes", "Client", "Error", "Patch", "Value"] {
            assert!(names.iter().any(|known| known == name), "{name}");
        }
        assert!(face().iter().any(|(gates, name)| name == "ReqwestTransport" && !gates.is_empty()));
    }
}
