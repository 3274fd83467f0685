//! What a reader makes of a text: a tree, or whatever else grows with each value.

use super::{Member, Node, Value};
use crate::origin::Span;

/// Takes the values of a text in its order, inner ones before the outer one they stand in.
pub trait Build {
    /// What a value becomes.
    type Value;
    /// An array while it is read.
    type List;
    /// An object while it is read.
    type Object;

    /// A value without values inside.
    fn scalar(&mut self, span: Span, value: Value) -> Self::Value;
    /// An array begins, with so many values around it.
    fn list(&mut self, depth: usize) -> Self::List;
    /// An element of an array.
    fn element(&mut self, list: &mut Self::List, value: Self::Value);
    /// An array ends.
    fn listed(&mut self, span: Span, list: Self::List) -> Self::Value;
    /// An object begins, with so many values around it.
    fn object(&mut self, depth: usize) -> Self::Object;
    /// A member of an object.
    fn member(&mut self, object: &mut Self::Object, key: (String, Span), value: Self::Value);
    /// An object ends.
    fn closed(&mut self, span: Span, object: Self::Object) -> Self::Value;
}

/// Builds a [`Node`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tree;

impl Build for Tree {
    type Value = Node;
    type List = Vec<Node>;
    type Object = Vec<Member>;

    fn scalar(&mut self, span: Span, value: Value) -> Node {
        Node { span, value }
    }

    fn list(&mut self, _: usize) -> Vec<Node> {
        Vec::new()
    }

    fn element(&mut self, list: &mut Vec<Node>, value: Node) {
        list.push(value);
    }

    fn listed(&mut self, span: Span, list: Vec<Node>) -> Node {
        Node { span, value: Value::Array(list) }
    }

    fn object(&mut self, _: usize) -> Vec<Member> {
        Vec::new()
    }

    fn member(&mut self, object: &mut Vec<Member>, (key, key_span): (String, Span), value: Node) {
        object.push(Member { key, key_span, value });
    }

    fn closed(&mut self, span: Span, object: Vec<Member>) -> Node {
        Node { span, value: Value::Object(object) }
    }
}
