//! How many structs of a client repeat another, field by field: one concept should be one type.

use crate::api::{Api, Field, TypeKind};
use std::collections::BTreeMap;

/// Fewest fields of a struct that counts: small ones are alike by accident.
const FEWEST_FIELDS: usize = 4;

/// All structs, and those whose fields another one has too: key, type and states. A page of users and a page of files are two types.
pub(super) fn repeats(api: &Api) -> (usize, usize) {
    let mut structs = 0;
    let mut alike: BTreeMap<Vec<(String, String)>, usize> = BTreeMap::new();
    for definition in &api.types.0 {
        let TypeKind::Struct(object) = &definition.kind else { continue };
        structs += 1;
        if object.fields.len() >= FEWEST_FIELDS {
            let mut fields: Vec<_> = object.fields.iter().map(written).collect();
            fields.sort();
            *alike.entry(fields).or_default() += 1;
        }
    }
    (structs, alike.values().map(|count| count - 1).sum())
}

fn written(field: &Field) -> (String, String) {
    (field.key.clone(), format!("{:?} {:?}", field.ty, field.nullability))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{
        Family, Nullability, Place, Presence, Root, Struct, StructRole, Type, TypeDef, Types,
    };
    use crate::docs::Docs;

    fn record(path: &str, keys: &[&str], ty: &Type) -> TypeDef {
        let field = |key: &&str| Field {
            key: (*key).to_owned(),
            ty: ty.clone(),
            presence: Presence::Optional,
            nullability: Nullability::Plain,
            default: Vec::new(),
            content_type: None,
            format: None,
            docs: Docs::default(),
            provenance: Vec::new(),
        };
        let fields = keys.iter().map(field).collect();
        TypeDef {
            key: Place::at(Root::Resource(Family(path.to_owned()))).object(),
            kind: TypeKind::Struct(Struct { role: StructRole::Nested, fields }),
            docs: Docs::default(),
            provenance: Vec::new(),
        }
    }

    #[test]
    fn counts_what_is_there_twice() {
        let text = Type::Text;
        let types = vec![
            record("/a", &["a", "b", "c", "d"], &text),
            record("/b", &["d", "c", "b", "a"], &text),
            record("/c", &["a", "b", "c", "d"], &Type::Bool),
            record("/d", &["a", "b", "c"], &text),
            record("/e", &["a", "b", "c"], &text),
        ];
        assert_eq!(repeats(&Api { types: Types(types), ..Api::default() }), (5, 1));
    }
}
