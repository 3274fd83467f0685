//! Forgetting where a draft came from, so that two formats of one collection compare equal.

use super::{Body, Draft, Entry, Operation, Sample};
use crate::origin::Origin;

impl Draft {
    /// Replaces every origin by the empty one.
    pub fn erase_origins(&mut self) {
        for variable in &mut self.variables {
            variable.origin = Origin::default();
        }
        for server in &mut self.servers {
            server.origin = Origin::default();
        }
        for credential in &mut self.credentials {
            credential.origin = Origin::default();
        }
        for folder in &mut self.folders {
            folder.origin = Origin::default();
        }
        self.operations.iter_mut().for_each(erase_operation);
    }
}

fn erase_operation(operation: &mut Operation) {
    operation.origin = Origin::default();
    erase_entries(&mut operation.query);
    erase_entries(&mut operation.headers);
    match &mut operation.body {
        None | Some(Body::Binary { .. }) => {}
        Some(Body::Raw { samples, .. }) => samples.iter_mut().for_each(erase_sample),
        Some(Body::Form(fields)) => erase_entries(fields),
        Some(Body::Multipart(parts)) => {
            for part in parts {
                part.entry.origin = Origin::default();
            }
        }
        Some(Body::GraphQl { variables, .. }) => variables.iter_mut().for_each(erase_sample),
    }
    for response in &mut operation.responses {
        erase_sample(&mut response.body);
    }
}

fn erase_entries(entries: &mut [Entry]) {
    for entry in entries {
        entry.origin = Origin::default();
    }
}

fn erase_sample(sample: &mut Sample) {
    sample.origin = Origin::default();
}
