//! What the folder around a request says of its object already.
//!
//! In: the words of an object, and what is known of the request. Out: those that a method beside the folder has to say.

use super::english;
use super::setting::Setting;

/// An object without what the folder says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Short {
    /// What is left.
    pub words: Vec<String>,
    /// Whether the object is what the folder holds: what is left only says which.
    pub is_own: bool,
}

/// Drops what the folder says, at the start of the object, at its end, or as `for a user`.
pub(super) fn without(words: &[String], setting: &Setting<'_>) -> Short {
    let mut kept = words.to_vec();
    let folder = [setting.around, setting.folder].concat();
    // The last of several things is not what the folder is about.
    let last = if setting.has_several { setting.around.len() + 1 } else { folder.len() };
    for start in 0..last.min(folder.len()) {
        let said = folder.get(start..).unwrap_or_default();
        if starts_with(&kept, said) {
            kept.drain(..said.len());
            break;
        }
        if let Some((head, is_joined)) = head_before(&kept, said)
            && start <= setting.around.len()
        {
            kept.truncate(head);
            return if is_joined { short(kept) } else { of_owner(kept, setting) };
        }
    }
    if kept == words && kept.len() > 1 && is_participle(&kept, setting.folder) {
        kept.remove(0);
    }
    short(kept)
}

fn short(words: Vec<String>) -> Short {
    let is_own = words.is_empty();
    Short { words, is_own }
}

/// `file comments` in the folder of comments are those `for file`: `list_file` would list files.
fn of_owner(mut words: Vec<String>, setting: &Setting<'_>) -> Short {
    let owner = |owner: &Vec<String>| {
        owner.len() >= words.len()
            && words
                .iter()
                .rev()
                .zip(owner.iter().rev())
                .all(|(one, other)| english::same(one, other))
    };
    if words.is_empty() || !setting.owners.iter().any(owner) {
        return short(words);
    }
    words.insert(0, "for".to_owned());
    Short { words, is_own: true }
}

/// `blacklisted` in the folder `Blacklists`.
fn is_participle(words: &[String], folder: &[String]) -> bool {
    let ([word, ..], [said]) = (words, folder) else { return false };
    let stem = english::singular(said);
    let stem = stem.strip_suffix('e').unwrap_or(&stem);
    stem.len() > 3 && word.strip_suffix("ed") == Some(stem)
}

fn starts_with(words: &[String], said: &[String]) -> bool {
    words.len() >= said.len()
        && words.iter().zip(said).all(|(word, part)| english::same(word, part))
}

/// Where `words` end with `said`: the length before it and before its preposition, and whether there is one.
fn head_before(words: &[String], said: &[String]) -> Option<(usize, bool)> {
    let at = words.len().checked_sub(said.len())?;
    if !starts_with(words.get(at..)?, said) {
        return None;
    }
    let before = at.checked_sub(1)?;
    let is_joined = words.get(before).is_some_and(|word| english::is_preposition(word));
    Some((if is_joined { before } else { at }, is_joined))
}
