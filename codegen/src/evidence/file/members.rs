//! Members of JSON objects, read one by one until none is left, and written unless they are nothing.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The members of an object that have not been read yet.
pub(super) struct Members(pub(super) BTreeMap<String, Value>);

pub(super) fn members(value: Value) -> Result<Members, String> {
    match value {
        Value::Object(map) => Ok(Members(map.into_iter().collect())),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err("an object is missing".to_owned())
        }
    }
}

impl Members {
    /// A count; 0 where it is absent.
    pub(super) fn number(&mut self, key: &str) -> Result<u64, String> {
        let value = self.0.remove(key).unwrap_or_else(|| 0.into());
        value.as_u64().ok_or_else(|| format!("`{key}` is no count"))
    }

    /// An object; empty where it is absent.
    pub(super) fn object(&mut self, key: &str) -> Result<Map<String, Value>, String> {
        match self.0.remove(key) {
            None => Ok(Map::new()),
            Some(Value::Object(map)) => Ok(map),
            Some(_) => Err(format!("`{key}` is no object")),
        }
    }

    /// A mark; not set where it is absent.
    pub(super) fn mark(&mut self, key: &str) -> Result<bool, String> {
        let value = self.0.remove(key).unwrap_or(Value::Bool(false));
        value.as_bool().ok_or_else(|| format!("`{key}` is no mark"))
    }

    /// Nothing may be left over.
    pub(super) fn finish(self) -> Result<(), String> {
        self.0.into_keys().next().map_or(Ok(()), |key| Err(format!("`{key}` is not known")))
    }
}

pub(super) fn put(out: &mut Map<String, Value>, key: &str, count: u64) {
    if count > 0 {
        out.insert(key.to_owned(), count.into());
    }
}

pub(super) fn put_object(out: &mut Map<String, Value>, key: &str, members: Map<String, Value>) {
    if !members.is_empty() {
        out.insert(key.to_owned(), Value::Object(members));
    }
}
