//! The right word nearest to a wrong one, for messages.

/// Most letters by which a misspelt word may differ.
const FARTHEST: usize = 6;

/// The word of `known` that is least far from `word`, unless all are far.
pub(super) fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let length = word.chars().count();
    let farthest = length.div_ceil(2).min(FARTHEST);
    let near = known.into_iter().filter(|right| right.chars().count().abs_diff(length) <= farthest);
    let distances = near.map(|right| (distance(word, right), right));
    distances.min().filter(|(distance, _)| *distance <= farthest).map(|(_, right)| right)
}

/// The words of `known` that are least far from `word`, nearest first, at most `most`; those far away are left out.
#[must_use]
pub fn nearest_few(word: &str, known: &[String], most: usize) -> Vec<String> {
    let farthest = word.chars().count().div_ceil(2);
    let mut near: Vec<_> = known.iter().map(|right| (distance(word, right), right)).collect();
    near.retain(|(distance, _)| *distance <= farthest);
    near.sort();
    near.dedup();
    near.into_iter().take(most).map(|(_, right)| right.clone()).collect()
}

/// The help for a wrong word: the nearest right one, or what else to do.
pub(super) fn did_you_mean<'k>(
    word: &str,
    known: impl IntoIterator<Item = &'k str>,
    otherwise: &str,
) -> String {
    match nearest(word, known) {
        Some(right) => format!("did you mean `{right}`? {otherwise}").trim_end().to_owned(),
        None => otherwise.to_owned(),
    }
}

/// Levenshtein's distance, in characters.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (index, letter) in from.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        let mut next = vec![left];
        for (above, other) in row.iter().skip(1).zip(&to) {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = *above;
            left = changed.min(*above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
