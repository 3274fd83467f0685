//! What changed of how a listing goes on, and of what its pages hold.

use super::both::Both;
use super::sentence::{Word, say, tell, value_or};
use super::spot::Spot;
use super::{Change, Direction, Kind, Review, Verdict};
use crate::api::{PageBy, Pagination, Type};

/// The change of an operation's pages, if any.
pub(super) fn change(review: &Review<'_>, both: Both<'_>, spot: &Spot) -> Option<Change> {
    let spot = spot.about(Direction::Response);
    let items = |side: &super::Side<'_>, id| side.exports.paged.get(&id).cloned();
    match (items(review.old, both.old.id), items(review.new, both.new.id)) {
        (Some(_), None) => {
            let sentence =
                say("{} has no {} and {} any more.", &[&spot.rust, "pages()", "items()"]);
            let verdicts = (Verdict::None, Verdict::Breaking);
            Some(spot.change(Kind::PaginationRemoved, verdicts, sentence))
        }
        (None, Some(_)) => {
            let sentence = say("{} can be read page by page.", &[&spot.rust]);
            let verdicts = (Verdict::None, Verdict::Additive);
            Some(spot.change(Kind::PaginationAdded, verdicts, sentence))
        }
        (Some(old), Some(new)) => changed(review, both, &spot, (&old, &new)),
        (None, None) => None,
    }
}

/// What changed of pages that both have.
fn changed(
    review: &Review<'_>,
    both: Both<'_>,
    spot: &Spot,
    (old, new): (&Type, &Type),
) -> Option<Change> {
    let before = both.old.it.pagination.as_ref()?;
    let after = both.new.it.pagination.as_ref()?;
    let relation = review.relate(old, new);
    if before == after && !relation.is_change() {
        return None;
    }
    let (wire, sentence) = match told(before, after) {
        None => {
            let types = [review.old.rust(old), review.new.rust(new)];
            let words = "The items of {} were {}, and are now {}.";
            (relation.wire(Direction::Response), say(words, &[&spot.rust, &types[0], &types[1]]))
        }
        Some((wire, what, [before, after])) => {
            let words = "Of the pages of {}, {} was {}, and is now {}.";
            let values = vec![value_or(Some(&spot.rust), ""), Word::Ours(what), before, after];
            (wire, tell(words, values))
        }
    };
    let verdicts = (wire.max(relation.wire(Direction::Response)), relation.source());
    Some(spot.change(Kind::PaginationChanged, verdicts, sentence))
}

/// The most harmful difference: its verdict on the wire, what it is about, before and after.
fn told(old: &Pagination, new: &Pagination) -> Option<(Verdict, &'static str, [Word; 2])> {
    let list = |keys: &Option<String>| keys.iter().cloned().collect::<Vec<_>>();
    let by = (old.by != new.by).then(|| {
        let shown = |it: &Pagination| asked(&it.by);
        (Verdict::Breaking, "what asks for the next one", [shown(old), shown(new)])
    });
    let members = [
        ("the list of items", old.items.clone(), new.items.clone()),
        ("what leads to the next one", list(&old.next), list(&new.next)),
        ("what says that there are more", list(&old.more), list(&new.more)),
        ("the number of all items", list(&old.total), list(&new.total)),
    ];
    let members = members.into_iter().filter(|(_, old, new)| old != new).map(|(what, old, new)| {
        // What is read besides, or is read of one place more, keeps no client of before from going on.
        let stays = old.iter().all(|key| new.contains(key));
        let verdict = if stays { Verdict::Additive } else { Verdict::Breaking };
        (verdict, what, [shown(&old), shown(&new)])
    });
    let mut all: Vec<_> = by.into_iter().chain(members).collect();
    // Stable: of equal ones the first.
    all.sort_by_key(|(verdict, ..)| std::cmp::Reverse(*verdict));
    all.into_iter().next()
}

fn shown(keys: &[String]) -> Word {
    let keys = keys.join(", ");
    value_or(Some(keys.as_str()).filter(|keys| !keys.is_empty()), "nothing")
}

/// What asks for the next page, in the words of the query.
fn asked(by: &PageBy) -> Word {
    let number = |it: &Option<u64>| it.map(|it| format!(" from {it} on")).unwrap_or_default();
    let said = match by {
        PageBy::Number { page, first, .. } => format!("{page}{}", number(first)),
        PageBy::Offset { offset, first, .. } => format!("{offset} from {first} on"),
        PageBy::Cursor { cursor, .. } => cursor.clone(),
        PageBy::Link => return Word::Ours("the link of the page before"),
    };
    let rest: Vec<&str> = by.parameters().skip(1).collect();
    let said = [&[said.as_str()][..], &rest].concat().join(", ");
    value_or(Some(&said), "")
}
