//! A future that several callers wait for, and that none of them owns.
//!
//! Whoever waits drives it; where the first caller goes away, the next one carries on. Needs no task.

use super::lock::lock;
use super::transport::BoxFuture;
use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// A shared future and, once it is done, its value.
pub(super) struct Flight<T> {
    waiting: Arc<Waiting>,
    state: Mutex<State<T>>,
}

enum State<T> {
    Flying(BoxFuture<'static, T>),
    Landed(T),
}

/// Those to be woken when the future may go on.
#[derive(Default)]
struct Waiting(Mutex<Vec<Waker>>);

impl Waiting {
    fn add(&self, waker: &Waker) {
        let mut wakers = lock(&self.0);
        if !wakers.iter().any(|known| known.will_wake(waker)) {
            wakers.push(waker.clone());
        }
    }

    fn wake_all(&self) {
        let wakers = std::mem::take(&mut *lock(&self.0));
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }
}

impl<T: Clone> Flight<T> {
    /// Shares `future`.
    pub(super) fn new(future: BoxFuture<'static, T>) -> Self {
        Self { waiting: Arc::default(), state: Mutex::new(State::Flying(future)) }
    }

    /// The value, once it is there.
    pub(super) async fn landed(&self) -> T {
        poll_fn(|context| self.poll(context)).await
    }

    /// A waiter is noted before the future is polled: a wake in between is not lost.
    fn poll(&self, context: &mut Context<'_>) -> Poll<T> {
        self.waiting.add(context.waker());
        let mut state = lock(&self.state);
        let value = match &mut *state {
            State::Landed(value) => return Poll::Ready(value.clone()),
            State::Flying(future) => {
                let waker = Waker::from(Arc::clone(&self.waiting));
                match future.as_mut().poll(&mut Context::from_waker(&waker)) {
                    Poll::Ready(value) => value,
                    Poll::Pending => return Poll::Pending,
                }
            }
        };
        *state = State::Landed(value.clone());
        drop(state);
        self.waiting.wake_all();
        Poll::Ready(value)
    }
}
