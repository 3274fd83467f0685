//! An [`Api`](super::Api) as text, for snapshots and people.
