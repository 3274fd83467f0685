//! What measuring needs: inputs of any size, the same on any machine, and processes with their time and memory.

pub mod process;
pub mod scaled;
