//! How many requests a document has, whatever the pipeline makes of them.

use crate::json::Node;

/// The requests of a document of any format; version 3 has a file for each.
pub(super) fn count(document: &Node) -> usize {
    let endings = [".request.yaml", ".request.yml"];
    let is_request = |path: &str| endings.iter().any(|end| path.ends_with(end));
    let files = document.members().unwrap_or_default();
    nested(document) + files.iter().filter(|file| is_request(&file.key)).count()
}

/// Entries that are no folder, at any depth: version 1 lists requests, version 2 nests them, and an export of the API wraps either.
fn nested(collection: &Node) -> usize {
    let list = |member| collection.get(member).and_then(Node::elements);
    let (listed, items) = (list("requests"), list("item"));
    if listed.is_none() && items.is_none() {
        return collection.get("collection").map_or(0, nested);
    }
    let is_folder = |item: &Node| item.get("item").and_then(Node::elements).is_some();
    let inside = |item: &Node| if is_folder(item) { nested(item) } else { 1 };
    let inside: usize = items.unwrap_or_default().iter().map(inside).sum();
    listed.unwrap_or_default().len() + inside
}

#[cfg(test)]
mod tests {
    use super::count;
    use crate::json;

    #[test]
    fn counts_requests_of_all_layouts() {
        for (text, want) in [
            (r#"{"item": [{"request": {}}, {"item": [{"request": "x"}, {"item": []}]}]}"#, 2),
            (
                r#"{"item": [{"name": "no request"}, {"item": [], "request": {}}, {"item": null}]}"#,
                2,
            ),
            (r#"{"requests": [{}, {}], "folders": [{}]}"#, 2),
            (r#"{"collection": {"item": [{}]}}"#, 1),
            (
                r#"{"C/.resources/definition.yaml": {}, "C/A.request.yaml": {}, "C/b/C.request.yml": {}}"#,
                2,
            ),
            ("{}", 0),
        ] {
            assert_eq!(count(&json::read(text).unwrap()), want, "{text}");
        }
    }
}
