//! What changed of the folders: their handles, and how one gets them.

use super::sentence::say;
use super::spot::Spot;
use super::{Change, Kind, Review, Side, Verdict};
use crate::api::GroupId;
use crate::name::Aliased;

/// All changes of folders that have a handle.
pub(super) fn changes(review: &Review<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let (old, new) = (&review.old.exports.handles, &review.new.exports.handles);
    for id in old {
        let spot = spot(review.old, *id);
        match review.groups.new_of(Some(*id)).flatten().filter(|now| new.contains(now)) {
            None => {
                let sentence = say("The folder {} is gone.", &[&spot.rust]);
                let verdicts = (Verdict::None, Verdict::Breaking);
                changes.push(spot.change(Kind::FolderRemoved, verdicts, sentence));
            }
            Some(now) => {
                changes.extend(renamed(review, &spot, *id, now));
                changes.extend(lost(review, &spot, *id, now));
            }
        }
    }
    for id in new {
        let was = review.groups.both().find(|(_, now)| now == id).map(|(was, _)| was);
        if !was.is_some_and(|was| old.contains(&was)) {
            let spot = spot(review.new, *id);
            let sentence = say("The folder {} is new.", &[&spot.rust]);
            let verdicts = (Verdict::None, Verdict::Additive);
            changes.push(spot.change(Kind::FolderAdded, verdicts, sentence));
        }
    }
    for (old, new) in review.groups.both() {
        let docs =
            |side: &Side<'_>, id: GroupId| side.api.groups.get(id.0).map(|it| it.docs.clone());
        if docs(review.old, old) != docs(review.new, new) {
            let spot = spot(review.old, old);
            let sentence = say("What is said of {} changed.", &[&spot.rust]);
            changes.push(spot.change(Kind::DocsChanged, (Verdict::None, Verdict::None), sentence));
        }
    }
    changes
}

fn spot(side: &Side<'_>, id: GroupId) -> Spot {
    let trail = side.api.groups.get(id.0).map(|group| group.trail.join(" › "));
    Spot::of(trail.unwrap_or_default(), side.accessors(Some(id)))
}

fn renamed(review: &Review<'_>, spot: &Spot, old: GroupId, new: GroupId) -> Option<Change> {
    let said = |side: &Side<'_>, id: GroupId| (side.accessors(Some(id)), side.handle(id));
    let (before, after) = (said(review.old, old), said(review.new, new));
    if before == after {
        return None;
    }
    let own = review.old.names.groups.get(old.0)?;
    let of = Aliased::Group(new);
    let (by_call, by_type) = (
        review.call_renamed(own.parent, &own.accessor, of),
        review.type_of_renamed(None, &own.handle, of),
    );
    let is_called = review.new.names.groups.get(new.0)?;
    let by_type = if is_called.handle == own.handle { Verdict::None } else { by_type };
    // Where a folder around it is called otherwise, that is told of that one.
    let is_same = own.accessor == is_called.accessor
        && review.groups.new_of(own.parent) == Some(is_called.parent);
    let by_call = if is_same { Verdict::None } else { by_call };
    let verdicts = (Verdict::None, by_call.max(by_type));
    let sentence = match before.0 == after.0 {
        true => say("The handle {} is now {}.", &[&before.1, &after.1]),
        false => say("The folder {} is now {}.", &[&before.0, &after.0]),
    };
    Some(spot.change(Kind::FolderRenamed, verdicts, sentence))
}

/// The former names under which the folder is no longer found.
fn lost(review: &Review<'_>, spot: &Spot, old: GroupId, new: GroupId) -> Vec<Change> {
    let names = review.lost_names(Aliased::Group(old), Aliased::Group(new)).into_iter();
    let changes = names.map(|name| {
        let sentence =
            say("The folder {} is no longer found under its former name {}.", &[&spot.rust, &name]);
        spot.change(Kind::FolderRenamed, (Verdict::None, Verdict::Breaking), sentence)
    });
    changes.collect()
}

impl Side<'_> {
    /// The path of a folder's handle.
    fn handle(&self, id: GroupId) -> String {
        let Some(own) = self.names.groups.get(id.0) else { return String::new() };
        let outer = own.module.iter().map(|segment| format!("{segment}::"));
        outer.chain([own.handle.clone()]).collect()
    }
}
