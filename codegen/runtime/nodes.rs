//! The nodes that no API defines: scalars, any JSON, lists, maps, boxes, and fields that may be absent.

use super::node::{
    Decoded, Entries, FieldVisitor, FieldVisitorMut, List, Node, Read, Scalar, View,
};
use super::secret::Secret;
use serde_json::Value;
use std::collections::BTreeMap;

/// Makes `place` hold `value`, which fits.
pub(crate) fn set<T>(place: &mut T, value: T) -> Decoded {
    *place = value;
    Ok(())
}

macro_rules! scalars {
    ($($type:ty: $blank:expr, $pattern:pat => $value:expr, |$this:ident| $view:expr;)*) => {$(
        impl Node for $type {
            fn blank() -> Self {
                $blank
            }

            fn view(&self) -> View<'_> {
                let $this = self;
                View::Scalar($view)
            }

            fn take(&mut self, scalar: Scalar<'_>) -> Decoded {
                match scalar {
                    $pattern => set(self, $value),
                    other => Err(other.into()),
                }
            }
        }
    )*};
}

scalars! {
    bool: false, Scalar::Bool(value) => value, |it| Scalar::Bool(*it);
    i64: 0, Scalar::I64(value) => value, |it| Scalar::I64(*it);
    String: Self::new(), Scalar::Text(text) => text.to_owned(), |it| Scalar::Text(it);
    Secret: Self::default(), Scalar::Text(text) => text.into(), |it| Scalar::Text(it.expose());
}

impl Node for u64 {
    fn blank() -> Self {
        0
    }

    fn view(&self) -> View<'_> {
        View::Scalar(Scalar::U64(*self))
    }

    fn take(&mut self, scalar: Scalar<'_>) -> Decoded {
        match scalar {
            Scalar::U64(value) => set(self, value),
            Scalar::I64(value) => match Self::try_from(value) {
                Ok(value) => set(self, value),
                Err(_) => Err(value.into()),
            },
            other => Err(other.into()),
        }
    }
}

/// Integers that a float holds without loss.
const EXACT: std::ops::RangeInclusive<i64> = -(1 << 53)..=1 << 53;

impl Node for f64 {
    fn blank() -> Self {
        0.0
    }

    fn view(&self) -> View<'_> {
        View::Scalar(Scalar::F64(*self))
    }

    fn take(&mut self, scalar: Scalar<'_>) -> Decoded {
        match scalar {
            Scalar::F64(value) => set(self, value),
            Scalar::I64(value) if EXACT.contains(&value) => set(self, value as Self),
            other => Err(other.into()),
        }
    }
}

impl Node for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn view(&self) -> View<'_> {
        View::Free(self)
    }

    fn take_value(&mut self, value: Value) -> Decoded {
        set(self, value)
    }
}

impl<T: Node + Clone + PartialEq> Node for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn view(&self) -> View<'_> {
        T::view(self)
    }

    fn take(&mut self, scalar: Scalar<'_>) -> Decoded {
        T::take(self, scalar)
    }

    fn take_value(&mut self, value: Value) -> Decoded {
        T::take_value(self, value)
    }

    fn open_list(&mut self) -> Option<&mut dyn List> {
        T::open_list(self)
    }

    fn open_entries(&mut self) -> Option<&mut dyn Entries> {
        T::open_entries(self)
    }

    fn slots(&self, visit: &mut FieldVisitor<'_>) {
        T::slots(self, visit);
    }

    fn slots_mut(&mut self, visit: &mut FieldVisitorMut<'_>) {
        T::slots_mut(self, visit);
    }
}

/// Null or a value.
impl<T: Node + Clone + PartialEq> Node for Option<T> {
    fn blank() -> Self {
        None
    }

    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Scalar(Scalar::Null), T::view)
    }

    fn take(&mut self, scalar: Scalar<'_>) -> Decoded {
        match scalar {
            Scalar::Null => set(self, None),
            scalar => self.insert(T::blank()).take(scalar),
        }
    }

    fn take_value(&mut self, value: Value) -> Decoded {
        self.insert(T::blank()).take_value(value)
    }

    fn open_list(&mut self) -> Option<&mut dyn List> {
        self.insert(T::blank()).open_list()
    }

    fn open_entries(&mut self) -> Option<&mut dyn Entries> {
        self.insert(T::blank()).open_entries()
    }

    fn slots(&self, visit: &mut FieldVisitor<'_>) {
        if let Some(value) = self {
            value.slots(visit);
        }
    }

    fn slots_mut(&mut self, visit: &mut FieldVisitorMut<'_>) {
        self.insert(T::blank()).slots_mut(visit);
    }
}

impl<T: Node + Clone + PartialEq> Node for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn open_list(&mut self) -> Option<&mut dyn List> {
        Some(self)
    }
}

impl<T: Node> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Option<&dyn Node> {
        <[T]>::get(self, index).map(|item| item as &dyn Node)
    }

    fn clear(&mut self) {
        self.clear();
    }

    fn push(&mut self, read: &mut Read<'_>) {
        let mut item = T::blank();
        if read(&mut item) {
            self.push(item);
        }
    }
}

impl<T: Node + Clone + PartialEq> Node for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::Entries(self)
    }

    fn open_entries(&mut self) -> Option<&mut dyn Entries> {
        Some(self)
    }
}

impl<T: Node> Entries for BTreeMap<String, T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn each<'a>(&'a self, show: &mut dyn FnMut(&'a str, &'a dyn Node)) {
        for (key, value) in self {
            show(key, value);
        }
    }

    fn clear(&mut self) {
        self.clear();
    }

    fn insert(&mut self, key: &str, read: &mut Read<'_>) {
        let mut value = T::blank();
        if read(&mut value) {
            self.insert(key.to_owned(), value);
        }
    }
}
