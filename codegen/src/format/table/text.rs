//! A table as text: a row a line.

use super::{Head, Row, Table, Tail, Taken};
use quote::ToTokens;
use std::fmt;
use syn::Type;

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, head, rows } = self;
        let Some(rows) = rows else { return write!(f, "{name}") };
        writeln!(f, "{name}{head} {{")?;
        rows.iter().try_for_each(|row| writeln!(f, "    {row},"))?;
        write!(f, "}}")
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bare => Ok(()),
            Self::Default => write!(f, ": Default"),
            Self::Elsewhere => write!(f, "(..)"),
            Self::From(given) => write!(f, "(from {given})"),
            Self::Arguments(arguments) => {
                let arguments =
                    arguments.iter().map(|(name, taken)| format!("{name}{}", shown(taken)));
                write!(f, "({})", arguments.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(state, field, key, tail) => {
                write!(f, "{state} {field}: {}", key.token())?;
                match tail {
                    Tail::Bare => Ok(()),
                    Tail::Kind(kind) => write!(f, " as {}", kind.token()),
                    Tail::Setter(taken) => f.write_str(&shown(taken)),
                }
            }
            Self::Value(variant, text) => write!(f, "{variant}: {}", text.token()),
            Self::Arm(variant) => write!(f, "{variant}"),
        }
    }
}

fn shown((how, ty): &Taken) -> String {
    format!(" => {how} {}", path(ty))
}

/// A path with its arguments, which need no blanks between words.
fn path(ty: &Type) -> String {
    let text = ty.to_token_stream().to_string();
    text.split_whitespace().collect::<String>().replace(',', ", ")
}
