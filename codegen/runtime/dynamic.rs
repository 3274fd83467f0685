//! Values made anew for each call.

use super::clock::time_of_day;
use super::error::Error;
use super::operation::Template;
use super::spec::Part;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::time::{SystemTime, UNIX_EPOCH};

/// What a call's generated values are made of: a request built again has the same ones.
#[derive(Clone, Copy)]
pub(super) struct DynamicVariables {
    pub(super) now: SystemTime,
    seed: u64,
}

impl DynamicVariables {
    pub(super) fn new(now: SystemTime) -> Self {
        Self { now, seed: fastrand::u64(..) }
    }

    /// Makes the values, in turn.
    pub(super) fn values(self) -> Values {
        Values { now: self.now, random: fastrand::Rng::with_seed(self.seed) }
    }
}

/// The generated values of one request.
pub(super) struct Values {
    now: SystemTime,
    random: fastrand::Rng,
}

/// Joins `parts`; `variable` gives the client's values, and `encode` fits what is not literal into its place.
pub(super) fn join(
    values: &mut Values,
    parts: &[Part],
    variable: impl Fn(&str) -> Option<String>,
    encode: impl Fn(&str) -> String,
) -> Result<Cow<'static, str>, Error> {
    if let [Part::Text(text)] = parts {
        return Ok(Cow::Borrowed(text));
    }
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Variable(name) => match variable(name) {
                Some(value) => out.push_str(&encode(&value)),
                None => return Err(missing(name)),
            },
            Part::Uuid => out.push_str(&values.uuid()),
            Part::Timestamp => {
                let _ = write!(out, "{}", values.since_epoch().0);
            }
            Part::IsoTimestamp => out.push_str(&encode(&values.iso_timestamp())),
            Part::Integer => {
                let _ = write!(out, "{}", values.random.u32(0..=1000));
            }
        }
    }
    Ok(Cow::Owned(out))
}

impl Template {
    /// The text; `variable` and `encode` as for [`join`].
    pub(super) fn join(
        self,
        values: &mut Values,
        variable: impl Fn(&str) -> Option<String>,
        encode: impl Fn(&str) -> String,
    ) -> Result<Cow<'static, str>, Error> {
        match self {
            Self::Plain(text) => Ok(Cow::Borrowed(text)),
            Self::Parts(parts) => join(values, parts, variable, encode),
        }
    }
}

/// Joins the parts of a client's configuration, which are literal or its variables.
pub(super) fn configured(
    parts: &[Part],
    variable: impl Fn(&str) -> Option<String>,
) -> Result<String, Error> {
    let mut values = DynamicVariables::new(time_of_day()).values();
    join(&mut values, parts, variable, str::to_owned).map(Cow::into_owned)
}

/// The value of a hole `{$name}` of a path.
pub(super) fn value_of(values: &mut Values, name: &str) -> Option<String> {
    let part = match name {
        "$guid" => Part::Uuid,
        "$timestamp" => Part::Timestamp,
        "$isoTimestamp" => Part::IsoTimestamp,
        "$randomInt" => Part::Integer,
        _ => return None,
    };
    join(values, &[part], |_| None, str::to_owned).map(Cow::into_owned).ok()
}

pub(super) fn missing(name: &str) -> Error {
    Error::invalid_input(format!("the client has no `{name}`: give it to the builder"))
}

impl Values {
    fn uuid(&mut self) -> String {
        let bits = self.random.u128(..) & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
        let hex = format!("{bits:032x}");
        let mut out = String::with_capacity(36);
        for (index, digit) in hex.chars().enumerate() {
            if matches!(index, 8 | 12 | 16 | 20) {
                out.push('-');
            }
            out.push(digit);
        }
        out
    }

    fn since_epoch(&self) -> (u64, u32) {
        let elapsed = self.now.duration_since(UNIX_EPOCH).unwrap_or_default();
        (elapsed.as_secs(), elapsed.subsec_millis())
    }

    /// `1970-01-01T00:00:00.000Z` and on, by the civil-from-days rule of the proleptic Gregorian calendar.
    fn iso_timestamp(&self) -> String {
        let (seconds, millis) = self.since_epoch();
        let days = seconds / 86_400 + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = era * 400 + year_of_era + u64::from(month <= 2);
        let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
    }
}
