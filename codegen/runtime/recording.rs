//! Recorded exchanges as responses to be given again: what `recorder` wrote, or a person by hand.

use super::error::Error;
use super::reply::Reply;
use super::secret::is_secret_name;
use super::target::Target;
use super::transport::HttpRequest;
use http::header::CONTENT_LENGTH;
use serde_json::{Map, Value};

/// The exchanges of a recording, in order.
#[derive(Debug)]
pub(super) struct Recording {
    exchanges: Vec<Exchange>,
    /// Whether path and query are left out of account.
    pub(super) is_by_name: bool,
}

#[derive(Debug)]
struct Exchange {
    /// From 1.
    line: usize,
    target: Target,
    reply: Result<Reply, String>,
    is_given: bool,
}

impl Recording {
    /// Reads JSON lines; blank ones are passed over.
    ///
    /// # Errors
    ///
    /// A line that is no exchange, and why.
    pub(super) fn read(lines: &str) -> Result<Self, Error> {
        let mut exchanges = Vec::new();
        for (line, text) in (1_usize..).zip(lines.lines()) {
            if text.trim().is_empty() {
                continue;
            }
            let wrong =
                |what: &str| Error::invalid_input(format!("line {line} of the recording: {what}"));
            let read: Map<String, Value> = serde_json::from_str(text)
                .map_err(|error| wrong(&format!("it is no JSON object: {error}")))?;
            let target = target(&read).map_err(wrong)?;
            let reply = reply(&read).map_err(wrong)?;
            exchanges.push(Exchange { line, target, reply, is_given: false });
        }
        Ok(Self { exchanges, is_by_name: false })
    }

    /// How many responses were not asked for.
    pub(super) fn left(&self) -> usize {
        self.exchanges.iter().filter(|exchange| !exchange.is_given).count()
    }

    /// The next response to a request like this one.
    ///
    /// # Errors
    ///
    /// None is recorded, or none any more: names the operation.
    pub(super) fn take(&mut self, request: &HttpRequest) -> Result<Reply, String> {
        let asked = Target::of(request, &is_secret_name);
        let name = asked.name();
        let of_it = self.exchanges.iter_mut().filter(|exchange| exchange.target.is_of(&asked));
        let of_it: Vec<&mut Exchange> = of_it.collect();
        let Some(first) = of_it.first().map(|exchange| exchange.target.clone()) else {
            return Err(format!("nothing is recorded for `{name}`{}", self.recorded()));
        };
        let lines = of_it.iter().map(|it| it.line.to_string()).collect::<Vec<_>>().join(", ");
        // One that was recorded with one target only answers whatever it is asked for.
        let is_one = of_it.iter().all(|exchange| exchange.target.is_at(&first));
        let by_name = self.is_by_name || is_one;
        let fitting = of_it.into_iter().filter(|it| by_name || it.target.is_at(&asked));
        let fitting: Vec<&mut Exchange> = fitting.collect();
        if fitting.is_empty() {
            return Err(format!(
                "nothing is recorded for `{name}` with this path and query, only with others (lines {lines}): `.by_name_only()` leaves them out of account"
            ));
        }
        match fitting.into_iter().find(|exchange| !exchange.is_given) {
            Some(exchange) => {
                exchange.is_given = true;
                exchange.reply.clone()
            }
            None => Err(format!(
                "nothing more is recorded for `{name}`: all its responses were given (lines {lines})"
            )),
        }
    }

    /// What is recorded at all, for who asks for something else.
    fn recorded(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for exchange in &self.exchanges {
            let name = exchange.target.name();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let more = names.len().saturating_sub(SHOWN);
        names.truncate(SHOWN);
        match (names.is_empty(), more) {
            (true, _) => ": the recording is empty".to_owned(),
            (false, 0) => format!(", only for {}", names.join(", ")),
            (false, 1..) => format!(", only for {} and {more} more", names.join(", ")),
        }
    }
}

/// How many operations an error names.
const SHOWN: usize = 8;

fn target(line: &Map<String, Value>) -> Result<Target, &'static str> {
    let text = |key: &str| line.get(key).and_then(Value::as_str);
    let method = text("method").ok_or("`method` is missing")?;
    let url = text("path").or_else(|| text("url")).ok_or("`path` is missing")?;
    let query = match line.get("query") {
        None | Some(Value::Null) => None,
        Some(pairs) => {
            let pairs = serde_json::from_value(pairs.clone());
            Some(pairs.map_err(|_| "`query` is no list of pairs of text")?)
        }
    };
    Ok(Target::recorded(text("operation"), method, url, query))
}

fn reply(line: &Map<String, Value>) -> Result<Result<Reply, String>, &'static str> {
    let status = line.get("status").ok_or("`status` is missing")?.as_u64();
    let status = status.and_then(|it| u16::try_from(it).ok()).filter(|it| (100..1000).contains(it));
    let reply = Reply::status(status.ok_or("`status` is no status")?);
    let headers = line.get("response_headers").and_then(Value::as_object);
    let headers = headers.into_iter().flatten().flat_map(|(name, value)| {
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        values.iter().filter_map(Value::as_str).map(|value| (name.as_str(), value))
    });
    // The body is printed anew, perhaps without a credential: it has another length.
    let headers = headers.filter(|(name, _)| !CONTENT_LENGTH.as_str().eq_ignore_ascii_case(name));
    let reply = headers.fold(reply, |reply, (name, value)| reply.header(name, value));
    Ok(body(line, reply))
}

/// With the recorded body; JSON is what is no text, or where the headers say so.
fn body(line: &Map<String, Value>, reply: Reply) -> Result<Reply, String> {
    let size = line.get("response_size").and_then(Value::as_u64);
    let is_said = reply.content_type().is_some();
    let is_json = reply.content_type().is_some_and(|it| it.contains("json"));
    match (line.get("response_body"), size) {
        (None | Some(Value::Null), None) => Ok(reply),
        (None | Some(Value::Null), Some(_)) => Ok(reply.body("null")),
        (Some(Value::String(_)), Some(size)) => Err(format!(
            "the recording has only the size of this response ({size} bytes): write its text into `response_body`, and take out `response_size`"
        )),
        (Some(Value::String(text)), None) if !is_json => Ok(reply.body(text.clone())),
        (Some(json), _) if is_said => Ok(reply.body(json.to_string())),
        (Some(json), _) => {
            Ok(reply.header("content-type", "application/json").body(json.to_string()))
        }
    }
}
