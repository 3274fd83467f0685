//! The committed client against a real socket: every typed method is called, every request is what Postman sends, and every kind of answer is taken as it should be.

use crate::wire::{COMMITTED, is_corrected, truth, wire};
use postman_codegen::json::{self, Node};
use postman_codegen::wire::{By, Line, Sent, compare};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// What the server answers, in turn, and what becomes of it.
const ANSWERS: [(Response, &str); 9] = [
    (Response::Json("200 OK", "{}"), "ok 200"),
    (Response::Json("201 Created", "{\"id\": \"x\"}"), "ok 201"),
    (Response::Json("202 Accepted", ""), "ok 202"),
    (Response::Json("204 No Content", ""), "ok 204"),
    (Response::Elsewhere, "status 302"),
    (Response::Json("404 Not Found", "{\"message\": \"gone\"}"), "status 404"),
    (Response::Text("404 Not Found", "<h1>gone</h1>"), "status 404"),
    (Response::Oversized, "error the response is larger than 1048576 bytes"),
    (Response::Drip, "ok 200"),
];

#[derive(Clone, Copy)]
enum Response {
    Json(&'static str, &'static str),
    Text(&'static str, &'static str),
    /// A redirect, which is not followed.
    Elsewhere,
    /// More than the client accepts.
    Oversized,
    /// One byte at a time.
    Drip,
    /// One byte at a time, for ever.
    Endless,
}

/// The call whose response never ends.
const LAST: usize = 67;

/// Operations whose typed answer cannot be what the server sends: lists that get `{}`, and a number that gets nothing.
const REFUSED: [(usize, &str); 5] =
    [(0, NO_LIST), (36, NO_LIST), (47, "the body is empty"), (62, NO_LIST), (63, NO_LIST)];

const NO_LIST: &str = "an object is not what this operation is answered with";

#[test]
fn each_method_over_a_socket() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || serve(&listener));
    let to = format!("http://{address}");
    let printed = wire(&[&COMMITTED[..], &["--to", &to]].concat());
    // A connection without a request ends the server.
    drop(TcpStream::connect(address).unwrap());
    let seen = server.join().unwrap();
    let truth = truth();
    assert_eq!((seen.len(), truth.len()), (68, 68));
    for (index, (sent, theirs)) in seen.into_iter().zip(&truth).enumerate() {
        let ours = arrived(sent, theirs);
        let found = compare(std::slice::from_ref(&ours), std::slice::from_ref(theirs), By::Pointer);
        assert!(found.equal == 1 || is_corrected(&ours), "{index}: {found:#?}");
    }
    let outcomes: Vec<String> = printed.lines().map(outcome).collect();
    let expected = |index: usize| response(index).1;
    let other = |(index, outcome): &(usize, String)| outcome != expected(*index);
    let others: Vec<_> = outcomes.into_iter().enumerate().filter(other).collect();
    let refused =
        REFUSED.map(|(index, why)| (index, format!("error cannot read the response: {why}")));
    assert_eq!(others, refused);
}

fn outcome(line: &str) -> String {
    let node = json::read(line).unwrap();
    let outcome = node.get("outcome").and_then(Node::text).unwrap_or(line);
    // Which call it was is another's to test.
    match outcome.strip_prefix("error ").and_then(|error| error.split_once(": ")) {
        Some((_, error)) => format!("error {error}"),
        None => outcome.to_owned(),
    }
}

fn response(index: usize) -> (Response, &'static str) {
    if index == LAST {
        return (Response::Endless, "error the call took longer than 5s, after 1 attempt");
    }
    ANSWERS[index % ANSWERS.len()]
}

/// A request that arrived, as a line: the base URL is the server's, all else the client's own.
fn arrived(sent: Sent, theirs: &Line) -> Line {
    let truth = theirs.sent.clone().unwrap();
    let sent = Sent { scheme: truth.scheme, host: truth.host, ..sent };
    Line { sent: Ok(sent), auth: None, ..theirs.clone() }
}

fn serve(listener: &TcpListener) -> Vec<Sent> {
    let mut seen = Vec::new();
    loop {
        let (stream, _) = listener.accept().unwrap();
        let Some(sent) = request(&stream) else { return seen };
        let (response, _) = response(seen.len());
        seen.push(sent);
        // The client hangs up on what it does not want to read: that is no failure.
        let _ = respond(&stream, response);
    }
}

fn request(stream: &TcpStream) -> Option<Sent> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let mut words = line.split(' ');
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_owned(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path.to_owned(), Some(query.to_owned())),
        None => (target, None),
    };
    Some(Sent { method, path, query, headers, body, ..Sent::default() })
}

fn respond(mut stream: &TcpStream, response: Response) -> std::io::Result<()> {
    let mut whole = |status: &str, headers: &str, body: &str| {
        let length = body.len();
        let length = if status.starts_with("204") {
            String::new()
        } else {
            format!("Content-Length: {length}\r\n")
        };
        write!(stream, "HTTP/1.1 {status}\r\n{headers}{length}Connection: close\r\n\r\n{body}")
    };
    match response {
        Response::Json(status, body) => whole(status, "Content-Type: application/json\r\n", body),
        Response::Text(status, body) => whole(status, "Content-Type: text/html\r\n", body),
        Response::Elsewhere => whole("302 Found", "Location: /elsewhere\r\n", ""),
        Response::Oversized => whole(
            "200 OK",
            "Content-Type: application/json\r\n",
            &format!("\"{}\"", "x".repeat(2 << 20)),
        ),
        Response::Drip => drip(stream, Some("{\"slow\": true}")),
        Response::Endless => drip(stream, None),
    }
}

/// Sends `body` byte by byte; blanks without end if there is none.
fn drip(mut stream: &TcpStream, body: Option<&str>) -> std::io::Result<()> {
    let length = body.map_or(1 << 19, str::len);
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    )?;
    for byte in body.unwrap_or(" ").bytes().cycle().take(length) {
        stream.write_all(&[byte])?;
        stream.flush()?;
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}
