//! A raw TCP server: what it writes, when, and when it hangs up is a test's script.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// One step of a response.
#[derive(Clone, Debug)]
pub enum Step {
    /// Writes bytes.
    Write(Vec<u8>),
    /// Writes bytes so many times.
    Repeat(Vec<u8>, usize),
    /// Waits.
    Wait(Duration),
    /// Hangs up.
    Close,
}

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// `GET /path HTTP/1.1`.
    pub line: String,
    /// Header lines.
    pub headers: Vec<String>,
    /// The body.
    pub body: Vec<u8>,
    /// When it was read.
    pub at: Option<Instant>,
}

impl Seen {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// A server on a free port of the loopback interface; ends with the process.
pub struct Server {
    /// `http://127.0.0.1:port`.
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Answers the `n`-th request (from 0) with `script(n)`.
    pub fn start(script: impl Fn(usize) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (script, shared) = (Arc::new(script), Arc::clone(&seen));
        let connections = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&connections);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                counter.fetch_add(1, Ordering::SeqCst);
                let (script, shared) = (Arc::clone(&script), Arc::clone(&shared));
                thread::spawn(move || serve(stream, &*script, &shared));
            }
        });
        Self { url, seen, connections }
    }

    /// Answers every request alike.
    pub fn always(steps: Vec<Step>) -> Self {
        Self::start(move |_| steps.clone())
    }

    /// How many connections there were so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

fn serve(stream: TcpStream, script: &dyn Fn(usize) -> Vec<Step>, seen: &Mutex<Vec<Seen>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    while let Some(request) = read_request(&mut reader) {
        let at = {
            let mut seen = seen.lock().unwrap();
            seen.push(request);
            seen.len() - 1
        };
        for step in script(at) {
            match step {
                Step::Write(bytes) => {
                    if stream.write_all(&bytes).is_err() {
                        return;
                    }
                }
                Step::Repeat(bytes, times) => {
                    if (0..times).any(|_| stream.write_all(&bytes).is_err()) {
                        return;
                    }
                }
                Step::Wait(time) => thread::sleep(time),
                Step::Close => {
                    let _ = stream.shutdown(Shutdown::Both);
                    return;
                }
            }
        }
    }
}

fn read_request(reader: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut seen = Seen::default();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            line if seen.line.is_empty() => seen.line = line.to_owned(),
            line => seen.headers.push(line.to_owned()),
        }
    }
    if seen.header("transfer-encoding") == Some("chunked") {
        seen.body = read_chunks(reader)?;
    } else {
        let length = seen.header("content-length").map_or(0, |length| length.parse().unwrap());
        seen.body = vec![0; length];
        reader.read_exact(&mut seen.body).ok()?;
    }
    seen.at = Some(Instant::now());
    Some(seen)
}

/// A body in chunks (RFC 9112 §7.1); none where it breaks off.
fn read_chunks(reader: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut size = String::new();
        reader.read_line(&mut size).ok()?;
        let size = usize::from_str_radix(size.trim_end(), 16).ok()?;
        let mut chunk = vec![0; size + 2];
        reader.read_exact(&mut chunk).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(&chunk[..size]);
    }
}

/// A response with a status line, header lines and a body.
pub fn response(status: &str, headers: &[&str], body: &str) -> Vec<Step> {
    let mut head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for header in headers {
        head.push_str(header);
        head.push_str("\r\n");
    }
    vec![Step::Write(format!("{head}\r\n{body}").into_bytes())]
}

/// A JSON answer.
pub fn json(status: &str, body: &str) -> Vec<Step> {
    response(status, &["content-type: application/json"], body)
}
