//! The runtime of the emitted clients.
