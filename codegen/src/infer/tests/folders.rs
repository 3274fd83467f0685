//! Folders that are one group, and what they say.

use super::{draft, request, typed};
use crate::api::Api;
use crate::diagnostic::Diagnostic;
use crate::docs::{Block, Docs, Inline};
use crate::draft::{Folder, FolderId, Operation};
use crate::evidence::Evidence;
use crate::origin::Origin;

/// A folder: its name, what it says, and the place of the folder around it.
type Told<'a> = (&'a str, &'a str, Option<usize>);

fn within_folders(folders: &[Told<'_>], operations: Vec<Operation>) -> (Api, Vec<Diagnostic>) {
    let folder = |(name, said, parent): &Told<'_>| {
        let said = (!said.is_empty()).then(|| vec![Inline::Text((*said).to_owned())]);
        Folder {
            name: (*name).to_owned(),
            docs: Docs(said.map(Block::Paragraph).into_iter().collect()),
            parent: parent.map(FolderId),
            origin: Origin::default(),
        }
    };
    let mut draft = draft(operations);
    draft.folders = folders.iter().map(folder).collect();
    typed(&draft, &Evidence::default(), &[])
}

/// A request in the folder at this place.
fn within(folder: usize, path: &str) -> Operation {
    Operation { folder: Some(FolderId(folder)), ..request("GET", path, path) }
}

fn said(api: &Api) -> Vec<String> {
    let texts = api.groups.iter().map(|group| {
        let text = |block: &Block| match block {
            Block::Paragraph(inlines) => format!("{inlines:?}"),
            other => format!("{other:?}"),
        };
        format!("{:?} {}", group.trail, group.docs.0.iter().map(text).collect::<String>())
    });
    texts.map(|text| text.replace("[Text(", "(").replace(")]", ")")).collect()
}

#[test]
fn folders_of_one_group_all_say_what_they_say() {
    let folders = [
        ("pay-outs", "What was sent.", None),
        ("Pay outs", "Money.", None),
        ("payOuts", "Money.", None),
        ("{id}", "One of them.", Some(1)),
        ("pay outs", "Nothing in here.", None),
    ];
    let operations = || vec![within(0, "/a"), within(1, "/b"), within(2, "/c"), within(3, "/d")];
    let (api, found) = within_folders(&folders, operations());
    let wanted = r#"["Pay outs"] ("Money.")("Nothing in here.")("What was sent.")("One of them.")"#;
    assert_eq!((said(&api), found.len()), (vec![wanted.to_owned()], 0));
    let shuffled =
        [folders[4], folders[2], folders[1], ("{id}", "One of them.", Some(2)), folders[0]];
    let operations = vec![within(3, "/d"), within(1, "/c"), within(4, "/a"), within(2, "/b")];
    let (other, _) = within_folders(&shuffled, operations);
    assert_eq!(api.groups, other.groups);
}

#[test]
fn what_a_folder_that_is_no_group_says_is_a_finding() {
    let (api, found) = within_folders(&[("{id}", "One of them.", None)], vec![within(0, "/a")]);
    let codes: Vec<_> = found.iter().map(|one| one.code).collect();
    assert_eq!((codes, api.groups.len()), (vec!["infer::folder-docs"], 0));
    let (_, found) = within_folders(&[("{id}", "", None)], vec![within(0, "/a")]);
    assert_eq!(found, []);
}
