//! How far a source is read ahead of the service that takes it.

use super::uploads::post;
use crate::harness::client::client;
use crate::runtime::{FilePart, Upload};
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, ReadBuf};

/// Zeroes, without async or with, that count how far they are ahead of who receives them.
#[derive(Clone)]
struct Ahead {
    left: usize,
    given: Arc<AtomicUsize>,
    received: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
}

impl Ahead {
    fn give(&mut self, free: usize) -> usize {
        let count = free.min(self.left);
        self.left -= count;
        let given = self.given.fetch_add(count, Ordering::SeqCst) + count;
        let ahead = given.saturating_sub(self.received.load(Ordering::SeqCst));
        self.most.fetch_max(ahead, Ordering::SeqCst);
        count
    }
}

impl Read for Ahead {
    fn read(&mut self, free: &mut [u8]) -> io::Result<usize> {
        Ok(self.give(free.len()))
    }
}

impl AsyncRead for Ahead {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        free: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let count = self.give(free.remaining());
        free.initialize_unfilled_to(count);
        free.advance(count);
        Poll::Ready(Ok(()))
    }
}

/// A service that begins to read late, and forgets what it reads.
fn slow_reader(whole: usize) -> (String, Arc<AtomicUsize>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let received = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&received);
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        std::thread::sleep(Duration::from_millis(300));
        let mut piece = vec![0; 64 << 10];
        while counted.load(Ordering::SeqCst) < whole {
            let count = stream.read(&mut piece).unwrap();
            counted.fetch_add(count, Ordering::SeqCst);
        }
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
        io::Write::write_all(&mut stream, answer).unwrap();
        while stream.read(&mut piece).is_ok_and(|count| count > 0) {}
    });
    (url, received)
}

#[tokio::test]
async fn a_large_part_is_never_held() {
    const LARGE: usize = 64 << 20;
    for with_async in [true, false] {
        let (url, received) = slow_reader(LARGE);
        let (given, most) = (Arc::default(), Arc::<AtomicUsize>::default());
        let source = Ahead { left: LARGE, given, received, most: Arc::clone(&most) };
        let upload = if with_async { Upload::new(source) } else { Upload::from_read(source) };
        let client = client(&url).build().unwrap();
        let part = FilePart::upload("a.png", upload.length(LARGE as u64));
        post(&client, part).send().await.unwrap();
        // What the system's sockets hold between the two is a few MiB.
        let most = most.load(Ordering::SeqCst);
        assert!(most < 16 << 20, "{most} bytes were read ahead");
    }
}
