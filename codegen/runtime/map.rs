//! What setters of maps take: a map, pairs, or a JSON object; and what becomes of a value that is none.

use super::extra::Extra;
use super::patch::Patch;
use serde::de::{Deserialize as _, DeserializeOwned};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

type Entries<V> = Patch<BTreeMap<String, V>>;

/// What becomes a map from texts to `V`: a map, pairs, a JSON object (`json!({…})`), or an option of one of these.
pub trait JsonMap<V> {
    /// The map, or the value that is none.
    ///
    /// # Errors
    ///
    /// A JSON value that is no object of `V`.
    fn entries(self) -> Result<Entries<V>, Value>;
}

impl<V> JsonMap<V> for Entries<V> {
    fn entries(self) -> Result<Entries<V>, Value> {
        Ok(self)
    }
}

impl<V> JsonMap<V> for BTreeMap<String, V> {
    fn entries(self) -> Result<Entries<V>, Value> {
        Ok(Patch::Set(self))
    }
}

impl<V, S> JsonMap<V> for HashMap<String, V, S> {
    fn entries(self) -> Result<Entries<V>, Value> {
        Ok(Patch::Set(self.into_iter().collect()))
    }
}

impl<K: Into<String>, T: Into<V>, V, const N: usize> JsonMap<V> for [(K, T); N] {
    fn entries(self) -> Result<Entries<V>, Value> {
        Ok(paired(self))
    }
}

impl<K: Into<String>, T: Into<V>, V> JsonMap<V> for Vec<(K, T)> {
    fn entries(self) -> Result<Entries<V>, Value> {
        Ok(paired(self))
    }
}

impl<V: DeserializeOwned> JsonMap<V> for Map<String, Value> {
    fn entries(self) -> Result<Entries<V>, Value> {
        Value::Object(self).entries()
    }
}

impl<V: DeserializeOwned> JsonMap<V> for Value {
    fn entries(self) -> Result<Entries<V>, Value> {
        match self {
            Self::Null => Ok(Patch::Null),
            value => BTreeMap::deserialize(&value).map(Patch::Set).map_err(|_| value),
        }
    }
}

impl<V, M: JsonMap<V>> JsonMap<V> for Option<M> {
    fn entries(self) -> Result<Entries<V>, Value> {
        self.map_or(Ok(Patch::Unset), M::entries)
    }
}

fn paired<V>(pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<V>)>) -> Entries<V> {
    Patch::Set(pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
}

/// A field that may hold a map.
pub(crate) trait MapField<V> {
    /// Takes the map; gives back a null that it cannot hold.
    fn take(&mut self, given: Entries<V>) -> Option<Value>;
}

impl<V> MapField<V> for Option<BTreeMap<String, V>> {
    fn take(&mut self, given: Entries<V>) -> Option<Value> {
        let is_null = given.is_null();
        *self = given.into_value();
        is_null.then_some(Value::Null)
    }
}

impl<V> MapField<V> for Entries<V> {
    fn take(&mut self, given: Entries<V>) -> Option<Value> {
        *self = given;
        None
    }
}

/// Sets the field of `key`. What is no map is kept beside the fields and sent as it is, as everything that does not fit: the service says what it thinks of it.
pub(crate) fn set_map<V, F: MapField<V>>(
    (field, extra): (&mut F, &mut Extra),
    key: &str,
    given: impl JsonMap<V>,
) {
    let rest = match given.entries() {
        Ok(given) => {
            extra.remove(key);
            field.take(given)
        }
        Err(value) => field.take(Patch::Unset).or(Some(value)),
    };
    if let Some(rest) = rest {
        extra.insert(key, rest);
    }
}
