//! Bodies that are read while they are sent: parts of a form, files, progress, and what may be sent again.

use crate::harness::client::{ADD, Pet, client};
use crate::harness::server::{Seen, Server, json};
use crate::harness::signed;
use crate::runtime::support::{MultipartBody, PartContent, PartField, push_part};
use crate::runtime::test_util::{Reply, replay};
use crate::runtime::{
    Bytes, Call, Client, CredentialValue, DigestCredentials, Error, FilePart, Upload,
};
use std::io::{self, Cursor, Read};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A form with a text and a file, as the generator emits one.
struct Form(FilePart);

impl MultipartBody for Form {
    fn parts(&self) -> Vec<PartField> {
        let mut parts = Vec::new();
        push_part(&mut parts, "note", None, Some(&"fresh".to_owned()));
        push_part(&mut parts, "photo", None, Some(&self.0));
        parts
    }
}

pub(super) fn post(client: &Client, file: impl Into<FilePart>) -> Call<Pet> {
    Call::new(client, &ADD).multipart(&Form(file.into()), &[])
}

fn content() -> Vec<u8> {
    (0..200_000_u32).flat_map(|it| it.to_le_bytes()).collect()
}

/// A file of these bytes; removed with its folder.
struct OnDisk(PathBuf);

impl OnDisk {
    fn new(name: &str, bytes: &[u8]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("uploads-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), bytes).unwrap();
        Self(folder.join(name))
    }
}

impl Drop for OnDisk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(self.0.parent().unwrap());
    }
}

/// What a form's body is around its file.
fn around(seen: &Seen, head: &str, content: &[u8]) {
    let kind = seen.header("content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let note = "Content-Disposition: form-data; name=\"note\"\r\n\r\nfresh";
    let before = format!("--{boundary}\r\n{note}\r\n--{boundary}\r\n{head}\r\n\r\n");
    let after = format!("\r\n--{boundary}--\r\n");
    assert_eq!(seen.body, [before.as_bytes(), content, after.as_bytes()].concat());
}

const PNG: &str =
    "Content-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\nContent-Type: image/png";

#[tokio::test]
async fn a_file_on_disk_is_a_part_of_known_length() {
    let server = Server::always(json("200 OK", "{}"));
    let client = client(&server.url).build().unwrap();
    let file = OnDisk::new("a.png", &content());
    let part = FilePart::open(&file.0).unwrap();
    assert_eq!(format!("{part:?}"), "FilePart(\"a.png\", 800000 bytes)");
    post(&client, part).send().await.unwrap();
    post(&client, FilePart::bytes("a.png", content())).send().await.unwrap();
    for seen in server.seen() {
        around(&seen, PNG, &content());
        assert_eq!(seen.header("content-length"), Some(&*seen.body.len().to_string()));
        assert_eq!(seen.header("transfer-encoding"), None);
    }
}

#[tokio::test]
async fn what_a_reader_gives_is_a_part_of_unknown_length() {
    let server = Server::always(json("200 OK", "{}"));
    let client = client(&server.url).build().unwrap();
    let upload = || Upload::new(Cursor::new(content()));
    post(&client, FilePart::upload("a.png", upload())).send().await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!(seen.header("transfer-encoding"), Some("chunked"));
    assert_eq!(seen.header("content-length"), None);
    around(seen, PNG, &content());
    // With its length, the whole has one.
    let upload = upload().length(800_000);
    post(&client, FilePart::upload("a.png", upload)).send().await.unwrap();
    assert!(server.seen()[1].header("content-length").is_some());
    around(&server.seen()[1], PNG, &content());
}

#[tokio::test]
async fn plain_bytes_and_readers_are_files_called_after_their_field() {
    let log = replay((0..3).map(|_| Reply::json(200, "{}")));
    let client = client("https://pets.example").transport(log.clone()).build().unwrap();
    post(&client, b"x".to_vec()).send().await.unwrap();
    post(&client, Bytes::from_static(b"x")).send().await.unwrap();
    post(&client, Upload::new(&b"x"[..])).send().await.unwrap();
    for sent in log.sent() {
        let text = String::from_utf8(sent.body.to_vec()).unwrap();
        let head = "name=\"photo\"; filename=\"photo\"\r\nContent-Type: application/octet-stream";
        assert!(text.contains(&format!("{head}\r\n\r\nx\r\n--")), "{text}");
    }
    assert_eq!(FilePart::from(vec![1]).to_parts().len(), 1);
}

type Told = Arc<Mutex<Vec<(u64, Option<u64>)>>>;

fn watched(upload: Upload) -> (Upload, Told) {
    let told = Told::default();
    let tell = Arc::clone(&told);
    (upload.on_progress(move |sent, whole| tell.lock().unwrap().push((sent, whole))), told)
}

fn rises_to_the_whole(told: &Told, whole: Option<u64>) {
    let told = told.lock().unwrap();
    assert!(told.len() > 1 && told.is_sorted_by(|one, two| one.0 < two.0), "{told:?}");
    assert_eq!(told.last(), Some(&(800_000, whole)));
    assert!(told.iter().all(|(_, it)| *it == whole));
}

#[tokio::test]
async fn progress_rises_and_ends_with_the_whole() {
    let server = Server::start(|at| match at {
        0 => json("503 Busy", "{}"),
        _ => json("200 OK", "{}"),
    });
    let client = client(&server.url).build().unwrap();
    let file = OnDisk::new("a.png", &content());
    let (upload, told) = watched(Upload::file(&file.0).unwrap());
    let call = post(&client, FilePart::upload("a.png", upload)).idempotent(true);
    let again = call.clone();
    assert_eq!(call.send().await.unwrap().attempts(), 2);
    rises_to_the_whole(&told, Some(800_000));
    // Another call begins again.
    told.lock().unwrap().clear();
    again.send().await.unwrap();
    rises_to_the_whole(&told, Some(800_000));
    let (upload, told) = watched(Upload::new(Cursor::new(content())));
    post(&client, upload).send().await.unwrap();
    rises_to_the_whole(&told, None);
    let (upload, told) = watched(Upload::bytes(""));
    Call::<Pet>::new(&client, &ADD).upload(upload).send().await.unwrap();
    assert_eq!(*told.lock().unwrap(), [(0, Some(0))]);
}

#[tokio::test]
async fn what_can_be_read_again_is_sent_again_and_a_reader_is_not() {
    let server = Server::start(|at| match at {
        0 | 2 | 4 => json("503 Busy", "{}"),
        _ => json("200 OK", "{}"),
    });
    let client = client(&server.url).build().unwrap();
    let file = OnDisk::new("a.png", &content());
    let opened = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&opened);
    let made = Upload::from_fn(move || {
        count.fetch_add(1, Ordering::Relaxed);
        Ok(Cursor::new(content()))
    });
    for part in [FilePart::open(&file.0).unwrap(), FilePart::upload("a.png", made)] {
        let response = post(&client, part).idempotent(true).send().await.unwrap();
        assert_eq!(response.attempts(), 2);
    }
    assert_eq!(opened.load(Ordering::Relaxed), 2);
    let seen = server.seen();
    for (first, second) in [(0, 1), (2, 3)] {
        around(&seen[first], PNG, &content());
        assert_eq!(seen[first].body, seen[second].body);
    }
    let once = FilePart::upload("a.png", Upload::new(Cursor::new(content())));
    let call = post(&client, once).idempotent(true);
    let again = call.clone();
    let error = call.send().await.unwrap_err();
    assert_eq!(error.to_string(), "POST /pets answered 503 after 1 attempt");
    assert_eq!(server.seen().len(), 5);
    let error = again.send().await.unwrap_err();
    assert!(error.to_string().contains("it was read before"), "{error}");
}

#[tokio::test]
async fn a_source_that_fails_is_named_and_never_half_a_body() {
    let server = Server::always(json("200 OK", "{}"));
    let client = client(&server.url).build().unwrap();
    let send = |part: FilePart| post(&client, part).send();
    for (upload, why) in [
        (Upload::new(Cursor::new(vec![7; 5])).length(10), "it ended after 5 of 10 bytes"),
        (Upload::new(Cursor::new(vec![7; 11])).length(10), "it gives more than its 10 bytes"),
        (Upload::from_read(Breaking(io::ErrorKind::PermissionDenied)), "permission denied"),
        (Upload::from_read(Panicking), "its reader panicked"),
    ] {
        let error = send(upload.into()).await.unwrap_err();
        assert!(error.to_string().contains("the upload cannot be read: "), "{error}");
        assert!(error.to_string().contains(why), "{error}");
    }
    let file = OnDisk::new("a.png", b"0123456789");
    let part = FilePart::open(&file.0).unwrap();
    std::fs::write(&file.0, b"0123").unwrap();
    let error = send(part.clone()).await.unwrap_err();
    assert!(error.to_string().contains("it ended after 4 of 10 bytes"), "{error}");
    std::fs::remove_file(&file.0).unwrap();
    assert!(send(part).await.unwrap_err().to_string().contains("cannot be read"));
    assert!(FilePart::open(&file.0).is_err());
    assert!(Upload::file(file.0.parent().unwrap()).is_err(), "a folder is no file");
    assert!(server.seen().is_empty(), "no request was whole");
}

struct Breaking(io::ErrorKind);

impl Read for Breaking {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
}

struct Panicking;

impl Read for Panicking {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("a reader of the test's")
    }
}

/// A reader that waits before its one piece.
struct Late(bool);

impl Read for Late {
    fn read(&mut self, free: &mut [u8]) -> io::Result<usize> {
        if std::mem::replace(&mut self.0, true) {
            return Ok(0);
        }
        std::thread::sleep(Duration::from_millis(300));
        free[0] = b'x';
        Ok(1)
    }
}

#[tokio::test]
async fn a_slow_source_is_bounded_by_the_time_of_the_call_alone() {
    let server = Server::always(json("200 OK", "{}"));
    let client = client(&server.url).attempt_timeout(Duration::from_millis(100)).build().unwrap();
    post(&client, Upload::from_read(Late(false))).send().await.unwrap();
    let short = Duration::from_millis(100);
    let error = post(&client, Upload::from_read(Late(false))).timeout(short).send().await;
    assert!(error.unwrap_err().is_timeout());
}

#[test]
fn a_thread_that_waits_sends_files_and_readers() {
    let server = Server::start(|at| match at {
        0 => json("503 Busy", "{}"),
        _ => json("200 OK", "{}"),
    });
    let client = client(&server.url).build().unwrap();
    let file = OnDisk::new("a.png", &content());
    let call = post(&client, FilePart::open(&file.0).unwrap()).idempotent(true);
    assert_eq!(call.send_blocking().unwrap().attempts(), 2);
    let (upload, told) = watched(Upload::from_read(Cursor::new(content())));
    post(&client, FilePart::upload("a.png", upload)).send_blocking().unwrap();
    rises_to_the_whole(&told, None);
    for seen in server.seen() {
        around(&seen, PNG, &content());
    }
    let upload = Upload::file(&file.0).unwrap();
    Call::<Pet>::new(&client, &ADD).upload(upload).send_blocking().unwrap();
    assert_eq!(server.seen()[3].body, content());
    assert_eq!(server.seen()[3].header("content-length"), Some("800000"));
}

#[tokio::test]
async fn the_body_that_is_given_last_is_sent() {
    let log = replay([Reply::json(200, "{}"), Reply::json(200, "{}")]);
    let client = client("https://pets.example").transport(log.clone()).build().unwrap();
    let upload = || Upload::bytes("uploaded").on_progress(|_, _| ());
    let call = || Call::<Pet>::new(&client, &ADD);
    call().upload(upload()).with_body("text/plain", "plain").send().await.unwrap();
    call().with_body("text/plain", "plain").upload(upload()).send().await.unwrap();
    let bodies: Vec<Bytes> = log.sent().into_iter().map(|sent| sent.body).collect();
    assert_eq!(bodies, ["plain", "uploaded"]);
}

#[tokio::test]
async fn a_download_is_passed_on_while_it_comes() {
    let body = String::from_utf8(vec![b'x'; 300_000]).unwrap();
    let from = Server::always(json("200 OK", &body));
    let to = Server::always(json("200 OK", "{}"));
    let source = client(&from.url).build().unwrap();
    let download = crate::harness::client::get(&source, "1").send_stream(1 << 20).await.unwrap();
    let length = download.content_length().unwrap();
    let upload = Upload::new(download).length(length);
    let client = client(&to.url).build().unwrap();
    Call::<Pet>::new(&client, &ADD).upload(upload).send().await.unwrap();
    assert_eq!(to.seen()[0].body, body.as_bytes());
}

#[tokio::test]
async fn a_recorder_leaves_uploads_to_the_service() {
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);
    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let (lines, log) = (Lines::default(), replay([Reply::json(200, "{}"), Reply::json(200, "{}")]));
    let recorder = crate::runtime::test_util::Recorder::new(log.clone(), lines.clone());
    let client = client("https://pets.example").transport(recorder).build().unwrap();
    for upload in [Upload::new(&b"xyz"[..]), Upload::bytes("xyz").length(3)] {
        Call::<Pet>::new(&client, &ADD).upload(upload).send().await.unwrap();
    }
    assert!(log.sent().iter().all(|sent| sent.body == "xyz"), "it is read once");
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let bodies = ["bytes of unknown number", "3 bytes"];
    for (line, body) in text.lines().zip(bodies) {
        assert!(line.contains(&format!("\"request_body\":\"{body}\"")), "{line}");
    }
    assert_eq!(text.lines().count(), 2);
}

#[tokio::test]
async fn digest_authentication_sends_again_what_can_be_read_again() {
    let challenge = "www-authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"";
    let server = Server::start(move |at| match at {
        0 => crate::harness::server::response("401 Unauthorized", &[challenge], ""),
        _ => json("200 OK", "{}"),
    });
    let digest = || CredentialValue::Digest(DigestCredentials::new("u", "p"));
    let client = || {
        let builder = signed::builder().base_url(server.url.as_str()).allow_http();
        builder.credential("digest_auth", digest()).build().unwrap()
    };
    let call = |client: &Client| signed::call::<signed::AddRoot<{ signed::DIGEST }>>(client);
    let once = call(&client()).upload(Upload::new(&b"x"[..])).send().await.unwrap_err();
    assert!(matches!(once, Error::Auth { .. }), "{once}");
    let upload = Upload::from_fn(|| Ok(&b"x"[..]));
    call(&client()).upload(upload).send().await.unwrap();
    let bodies: Vec<Vec<u8>> = server.seen().into_iter().map(|seen| seen.body).collect();
    assert_eq!(bodies, [b"x", b"x"]);
}
