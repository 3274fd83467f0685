//! Shape <-> JSON members. What is zero is not written.

use super::members::{Members, members, put, put_object};
use crate::evidence::shape::{Format, Key, Lists, Numbers, Objects, Seen, Shape, Texts, Values};
use serde_json::{Map, Value};

/// A shape as members.
pub(super) fn shape_members(shape: &Shape) -> Map<String, Value> {
    let mut out = Map::new();
    put(&mut out, "unknowns", shape.unknowns.count);
    put(&mut out, "placeholders", shape.placeholders.count);
    put(&mut out, "nulls", shape.nulls.count);
    put(&mut out, "bools", shape.bools.count);
    put(&mut out, "numbers", shape.numbers.seen.count);
    let numbers = shape.numbers;
    for (mark, set) in [
        ("fraction", numbers.fraction),
        ("negative", numbers.negative),
        ("over_signed", numbers.over_signed),
        ("inexact", numbers.inexact),
        ("infinite", numbers.infinite),
        ("cut", shape.cut),
    ] {
        if set {
            out.insert(mark.to_owned(), true.into());
        }
    }
    put(&mut out, "texts", shape.texts.seen.count);
    put(&mut out, "blank", shape.texts.blank);
    let formats = shape.texts.formats.iter().filter(|(_, count)| **count > 0);
    let formats = formats.map(|(format, count)| (format_name(*format).to_owned(), (*count).into()));
    put_object(&mut out, "formats", formats.collect());
    put(&mut out, "lists", shape.lists.seen.count);
    if let Some(elements) = &shape.lists.elements {
        out.insert("elements".to_owned(), Value::Object(shape_members(elements)));
    }
    put(&mut out, "objects", shape.objects.seen.count);
    let keys = shape.objects.keys.iter().map(|(name, key)| {
        let mut members = shape_members(&key.shape);
        members.insert("in".to_owned(), key.count.into());
        (name.clone(), Value::Object(members))
    });
    put_object(&mut out, "keys", keys.collect());
    put(&mut out, "others", shape.objects.others);
    if let Some(other) = &shape.objects.other {
        out.insert("other".to_owned(), Value::Object(shape_members(other)));
    }
    out
}

/// Reads what [`shape_members`] wrote; nothing may be left over.
pub(super) fn read_shape(mut from: Members) -> Result<Shape, String> {
    let shape = Shape {
        unknowns: seen(&mut from, "unknowns")?,
        placeholders: seen(&mut from, "placeholders")?,
        nulls: seen(&mut from, "nulls")?,
        bools: seen(&mut from, "bools")?,
        numbers: read_numbers(&mut from)?,
        texts: read_texts(&mut from)?,
        lists: Lists { seen: seen(&mut from, "lists")?, elements: boxed(&mut from, "elements")? },
        objects: read_objects(&mut from)?,
        cut: from.mark("cut")?,
        ..Shape::default()
    };
    from.finish()?;
    Ok(shape)
}

fn read_numbers(from: &mut Members) -> Result<Numbers, String> {
    Ok(Numbers {
        seen: seen(from, "numbers")?,
        fraction: from.mark("fraction")?,
        negative: from.mark("negative")?,
        over_signed: from.mark("over_signed")?,
        inexact: from.mark("inexact")?,
        infinite: from.mark("infinite")?,
    })
}

fn read_texts(from: &mut Members) -> Result<Texts, String> {
    let mut texts = Texts {
        seen: seen(from, "texts")?,
        blank: from.number("blank")?,
        values: Values::None,
        ..Texts::default()
    };
    for (name, count) in from.object("formats")? {
        let format = Format::ALL.into_iter().find(|format| format_name(*format) == name);
        let format = format.ok_or_else(|| format!("`{name}` is no format"))?;
        texts.formats.insert(format, count.as_u64().unwrap_or_default());
    }
    Ok(texts)
}

fn read_objects(from: &mut Members) -> Result<Objects, String> {
    let mut objects = Objects { seen: seen(from, "objects")?, ..Objects::default() };
    for (name, value) in from.object("keys")? {
        let mut key = members(value)?;
        let count = key.number("in")?;
        objects.keys.insert(name, Key { count, order: None, shape: Box::new(read_shape(key)?) });
    }
    objects.others = from.number("others")?;
    objects.other = boxed(from, "other")?;
    Ok(objects)
}

fn boxed(from: &mut Members, key: &str) -> Result<Option<Box<Shape>>, String> {
    match from.0.remove(key) {
        None => Ok(None),
        Some(value) => Ok(Some(Box::new(read_shape(members(value)?)?))),
    }
}

fn seen(from: &mut Members, key: &str) -> Result<Seen, String> {
    Ok(Seen { count: from.number(key)?, ..Seen::default() })
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Boolean => "boolean",
        Format::Integer => "integer",
        Format::Number => "number",
        Format::DateTime => "date-time",
        Format::Uuid => "uuid",
    }
}
