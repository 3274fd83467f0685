//! What the new client still shows under the path of the old one, and whether the compiler warns there.
//!
//! In: both clients, and what is which. Out: the verdict on the source of a name that is another one now.

use super::{Review, Verdict};
use crate::api::{GroupId, TypeId};
use crate::name::{AliasNames, Aliased};

impl Review<'_> {
    /// What it does to callers that the method or accessor `name`, on the handle of an old group, leads to `of` under another name now.
    pub(super) fn call_renamed(&self, old: Option<GroupId>, name: &str, of: Aliased) -> Verdict {
        let around = self.module_now(old);
        self.verdict(of, |alias| {
            let place = (alias.path.around.clone(), name.to_owned());
            let is_there = self.new.exports.calls.contains(&place);
            alias.shows_name && alias.path.name == name && around == Some(&place.0) && is_there
        })
    }

    /// The same of the type that goes with a folder or an operation.
    pub(super) fn type_of_renamed(&self, old: Option<GroupId>, ty: &str, of: Aliased) -> Verdict {
        let around = self.module_now(old);
        self.verdict(of, |alias| {
            let is_here = match of {
                Aliased::Group(_) => true,
                Aliased::Operation(_) | Aliased::Type(_) => around == Some(&alias.path.around),
            };
            alias.shows_type && alias.path.ty == ty && is_here
        })
    }

    /// Whether the compiler warns of a type's old path, which the new client still shows.
    pub(super) fn is_path_deprecated(&self, path: &str) -> Option<TypeId> {
        let id = *self.new.exports.types.get(path)?;
        let is_such = |alias: &&AliasNames| {
            let around = alias.path.around.iter().map(|segment| format!("{segment}::"));
            let whole: String = around.chain([alias.path.name.clone()]).collect();
            alias.of == Aliased::Type(id) && alias.deprecated.is_some() && whole == path
        };
        self.new.names.aliases.iter().find(is_such).map(|_| id)
    }

    /// Former names of a folder or an operation that lead nowhere any more.
    pub(super) fn lost_names(&self, old: Aliased, new: Aliased) -> Vec<String> {
        let calls = &self.new.exports.calls;
        let is_there = |around: &Vec<String>, name: &String| {
            calls.contains(&(around.clone(), name.clone()))
                || self.new.is_own_name(new, around, name)
        };
        let former = self.old.names.aliases.iter().filter(|it| it.of == old && it.shows_name);
        let former = former.map(|it| (&it.path.around, &it.path.name)).filter(|(around, name)| {
            self.old.exports.calls.contains(&((*around).clone(), (*name).clone()))
                && !is_there(around, name)
        });
        former.map(|(_, name)| name.clone()).collect()
    }

    fn verdict(&self, of: Aliased, is_such: impl Fn(&&AliasNames) -> bool) -> Verdict {
        let mut found = self.new.names.aliases.iter().filter(|alias| alias.of == of);
        match found.find(is_such) {
            Some(alias) if alias.deprecated.is_none() => Verdict::None,
            Some(_) => Verdict::Warning,
            None => Verdict::Breaking,
        }
    }

    /// The module that an old group has in the new client; the client's is the root.
    fn module_now(&self, old: Option<GroupId>) -> Option<&Vec<String>> {
        match self.groups.new_of(old)? {
            None => Some(&ROOT),
            Some(id) => self.new.names.groups.get(id.0).map(|own| &own.module),
        }
    }
}

impl super::Side<'_> {
    /// Whether a folder or an operation is itself called `name` on the handle whose module is `around`.
    fn is_own_name(&self, of: Aliased, around: &[String], name: &str) -> bool {
        let module = |group: Option<GroupId>| {
            let own = group.and_then(|id| self.names.groups.get(id.0));
            own.map(|own| own.module.as_slice()).unwrap_or_default()
        };
        match of {
            Aliased::Group(id) => self
                .names
                .groups
                .get(id.0)
                .is_some_and(|own| own.accessor == name && module(own.parent) == around),
            Aliased::Operation(id) => {
                let found = self.api.operations.get(id.0).zip(self.names.operations.get(id.0));
                found.is_some_and(|(it, own)| own.method == name && module(it.group) == around)
            }
            Aliased::Type(_) => false,
        }
    }
}

static ROOT: Vec<String> = Vec::new();
