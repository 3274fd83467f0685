//! The part of every replay that no API changes: takes recorded bodies through emitted types and prints what came of each.
//!
//! In: the recording, and a plan with one operation's number (or `-`) a line. Out: one JSON line an exchange.

use serde::de::DeserializeOwned;
use serde::ser::{self, Serialize};
use serde_json::{Value, json};
use std::any::type_name;
use std::fmt;

/// What an operation reads: its request body and its response, where these are JSON.
pub struct Operation {
    /// The request body's type.
    pub request: Option<fn(&Value) -> Value>,
    /// The type of a success.
    pub response: Option<fn(&Value) -> Value>,
    /// The type of a failure.
    pub error: Option<fn(&Value) -> Value>,
}

/// Replays the recording named by the first argument by the plan named by the second.
pub fn run(operations: &[Operation]) {
    let mut arguments = std::env::args().skip(1);
    let mut text = || std::fs::read_to_string(arguments.next().unwrap()).unwrap();
    let (recording, plan) = (text(), text());
    let exchanges = recording.lines().filter(|line| !line.trim().is_empty());
    for (line, planned) in exchanges.zip(plan.lines()) {
        let exchange: Value = serde_json::from_str(line).unwrap();
        let operation = planned.parse().ok().and_then(|at: usize| operations.get(at));
        let body = |key: &str, read: Option<fn(&Value) -> Value>| match &exchange[key] {
            Value::Null | Value::String(_) => Value::Null,
            body => read.map_or(json!({ "reason": "the operation has no such JSON" }), |read| read(body)),
        };
        let request = operation.map_or(Value::Null, |it| body("request_body", it.request));
        let is_success = exchange["status"].as_u64().is_none_or(|status| status < 400);
        let response = |it: &Operation| if is_success { it.response } else { it.error };
        let response = operation.map_or(Value::Null, |it| body("response_body", response(it)));
        println!("{}", json!({ "request": request, "answer": response }));
    }
}

/// Decodes a body into `T`, encodes it again, and says what was lost and which leaves are typed.
pub fn through<T: DeserializeOwned + Serialize>(body: &Value) -> Value {
    let decoded: T = match serde_json::from_str(&body.to_string()) {
        Ok(decoded) => decoded,
        Err(error) => return json!({ "reason": format!("not decoded: {error}") }),
    };
    let encoded = serde_json::to_value(&decoded).unwrap_or_default();
    let mut leaves = Leaves::default();
    count(&decoded, Kind::Typed, &mut leaves);
    let mut outcome = json!({
        "decoded": true,
        "lossless": true,
        "leaves": leaves.typed + leaves.in_maps + leaves.untyped,
        "typed": leaves.typed,
        "in_maps": leaves.in_maps,
    });
    if let Some(path) = difference(body, &encoded, String::new()) {
        outcome["lossless"] = false.into();
        outcome["reason"] = format!("not the same after encoding at `{path}`").into();
    }
    outcome
}

/// The path of the first difference; numbers compare by value.
fn difference(a: &Value, b: &Value, path: String) -> Option<String> {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => a
            .iter()
            .find_map(|(key, value)| difference(value, &b[key], format!("{path}.{key}"))),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs.find_map(|(at, (a, b))| difference(a, b, format!("{path}[{at}]")))
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => None,
        _ => (a != b).then_some(path),
    }
}

#[derive(Default)]
struct Leaves {
    typed: u64,
    in_maps: u64,
    untyped: u64,
}

/// Where the leaves of a value land.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Typed,
    InMap,
    Untyped,
}

fn count<T: ?Sized + Serialize>(value: &T, around: Kind, leaves: &mut Leaves) {
    let is_json = type_name::<T>().trim_start_matches('&') == type_name::<Value>();
    let kind = if is_json && around == Kind::Typed { Kind::Untyped } else { around };
    let _ = value.serialize(Counter { kind, leaves });
}

/// A serializer that writes nothing and counts leaves.
struct Counter<'a> {
    kind: Kind,
    leaves: &'a mut Leaves,
}

impl Counter<'_> {
    fn leaf(self) -> Result<(), fmt::Error> {
        match self.kind {
            Kind::Typed => self.leaves.typed += 1,
            Kind::InMap => self.leaves.in_maps += 1,
            Kind::Untyped => self.leaves.untyped += 1,
        }
        Ok(())
    }
}

macro_rules! leaves {
    ($($method:ident($type:ty);)*) => {$(
        fn $method(self, _: $type) -> Result<(), fmt::Error> {
            self.leaf()
        }
    )*};
}

impl<'a> ser::Serializer for Counter<'a> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Self;
    type SerializeMap = Self;
    type SerializeTuple = ser::Impossible<(), fmt::Error>;
    type SerializeTupleStruct = ser::Impossible<(), fmt::Error>;
    type SerializeTupleVariant = ser::Impossible<(), fmt::Error>;
    type SerializeStruct = ser::Impossible<(), fmt::Error>;
    type SerializeStructVariant = ser::Impossible<(), fmt::Error>;

    leaves! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_char(char);
        serialize_str(&str);
        serialize_bytes(&[u8]);
        serialize_unit_struct(&'static str);
    }

    fn serialize_none(self) -> Result<(), fmt::Error> {
        self.leaf()
    }

    fn serialize_unit(self) -> Result<(), fmt::Error> {
        self.leaf()
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), fmt::Error> {
        count(value, self.kind, self.leaves);
        Ok(())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        // What the runtime calls JSON of any shape, and objects of free keys.
        let kind = match (self.kind, name) {
            (Kind::Typed, "Free" | "Json") => Kind::Untyped,
            (Kind::Typed, "Entries") => Kind::InMap,
            (kind, _) => kind,
        };
        count(value, kind, self.leaves);
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, fmt::Error> {
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, fmt::Error> {
        Ok(self)
    }

    fn serialize_unit_variant(self, _: &str, _: u32, _: &str) -> Result<(), fmt::Error> {
        self.leaf()
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &str,
        _: u32,
        _: &str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        count(value, self.kind, self.leaves);
        Ok(())
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple_struct(
        self,
        _: &str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple_variant(
        self,
        _: &str,
        _: u32,
        _: &str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_struct(self, _: &str, _: usize) -> Result<Self::SerializeStruct, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_struct_variant(
        self,
        _: &str,
        _: u32,
        _: &str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, fmt::Error> {
        Err(fmt::Error)
    }
}

impl ser::SerializeSeq for Counter<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), fmt::Error> {
        count(value, self.kind, self.leaves);
        Ok(())
    }

    fn end(self) -> Result<(), fmt::Error> {
        Ok(())
    }
}

impl ser::SerializeMap for Counter<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, _: &T) -> Result<(), fmt::Error> {
        Ok(())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), fmt::Error> {
        count(value, self.kind, self.leaves);
        Ok(())
    }

    fn end(self) -> Result<(), fmt::Error> {
        Ok(())
    }
}
