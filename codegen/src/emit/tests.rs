//! The whole emitter on small APIs made by hand.
