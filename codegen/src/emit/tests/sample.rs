//! An API with one of everything.

use crate::api::*;
use crate::docs::{Block, Docs, Inline};
use crate::template::{DynamicVariable, Piece, Template};

/// A template in which `{x}` is an argument, `{{x}}` a variable of the client, and `{$}` a new UUID.
fn template(text: &str) -> Template {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once('{') {
        pieces.extend((!before.is_empty()).then(|| Piece::Text(before.to_owned())));
        let is_variable = after.starts_with('{');
        let (name, after) = after.trim_start_matches('{').split_once('}').unwrap();
        pieces.push(match name {
            "$" => Piece::Dynamic(DynamicVariable::Uuid),
            _ if is_variable => Piece::Variable(name.to_owned()),
            _ => Piece::Argument(name.to_owned()),
        });
        rest = if is_variable { after.strip_prefix('}').unwrap() } else { after };
    }
    pieces.extend((!rest.is_empty()).then(|| Piece::Text(rest.to_owned())));
    Template(pieces)
}

pub(super) fn docs(text: &str) -> Docs {
    Docs(vec![Block::Paragraph(vec![Inline::Text(text.to_owned()), Inline::Code(text.to_owned())])])
}

fn parameter(name: &str, ty: Type, presence: Presence, default: &[&str]) -> Parameter {
    let default = default.iter().map(|text| (*text != "bare").then(|| template(text)));
    Parameter {
        name: Template::literal(name),
        ty,
        presence,
        default: default.collect(),
        docs: Docs::default(),
        provenance: vec!["collection".to_owned()],
    }
}

/// An operation, in a folder unless `folder` is empty.
fn operation<'a>(
    api: &'a mut Api,
    folder: &[&str],
    name: &str,
    request: &str,
) -> &'a mut Operation {
    let (method, path) = request.split_once(' ').unwrap();
    let mut parent = None;
    for depth in 1..=folder.len() {
        let trail: Vec<String> = folder[..depth].iter().map(ToString::to_string).collect();
        let known = api.groups.iter().position(|group| group.trail == trail);
        let at = known.unwrap_or_else(|| {
            api.groups.push(Group { trail, docs: Docs::default(), parent });
            api.groups.len() - 1
        });
        parent = Some(GroupId(at));
    }
    let path = template(path);
    let arguments = path.arguments();
    let path_parameters =
        arguments.iter().map(|name| parameter(name, Type::Text, Presence::Required, &[])).collect();
    api.operations.push(Operation {
        likeness: crate::api::Likeness::default(),
        key: OperationKey {
            endpoint: Endpoint::new("", method, &path),
            trail: folder.iter().map(ToString::to_string).collect(),
            name: name.to_owned(),
            digest: None,
        },
        origin: crate::origin::Origin::default(),
        name: name.to_owned(),
        docs: Docs::default(),
        group: parent,
        method: method.to_owned(),
        server: ServerId(0),
        path_parameters,
        path,
        query: Vec::new(),
        query_order: Vec::new(),
        api_key_position: None,
        headers: Vec::new(),
        auth: None,
        body: None,
        omit_content_type: false,
        response: Response::Unknown,
        error: None,
        pagination: None,
        deprecated: None,
        scopes: Vec::new(),
    });
    api.operations.last_mut().unwrap()
}

fn define(api: &mut Api, key: &str, kind: TypeKind) -> TypeId {
    let (key, provenance) = (Place::parse(key).unwrap(), vec![TypeOrigin::Overlay(key.to_owned())]);
    api.types.0.push(TypeDef { key, kind, docs: Docs::default(), provenance });
    TypeId(api.types.0.len() - 1)
}

fn object(role: StructRole, fields: &[(&str, Type, Presence)]) -> TypeKind {
    let field = |(key, ty, presence): &(&str, Type, Presence)| Field {
        key: (*key).to_owned(),
        ty: ty.clone(),
        presence: *presence,
        nullability: Nullability::Plain,
        default: Vec::new(),
        content_type: None,
        format: None,
        docs: Docs::default(),
        provenance: Vec::new(),
    };
    TypeKind::Struct(Struct { role, fields: fields.iter().map(field).collect() })
}

fn list(ty: Type) -> Type {
    Type::List(Box::new(ty))
}

/// Every body, response, type, parameter and scheme once.
pub(super) fn everything() -> Api {
    let mut api = Api { title: "Everything".to_owned(), ..Api::default() };
    api.variables = vec![
        Variable { name: "host".to_owned(), default: None, docs: Docs::default() },
        Variable {
            name: "tenant".to_owned(),
            default: Some("acme".to_owned()),
            docs: docs("Who."),
        },
    ];
    api.servers = ["https://{{host}}", "https://files.example"]
        .map(|base| Server { base: template(base) })
        .into();
    api.credentials = credentials();
    let types = types(&mut api);
    operations(&mut api, types);
    bare_operations(&mut api, types);
    api.operations.sort_by(|one, other| one.key.cmp(&other.key));
    api
}

fn credentials() -> Vec<Credential> {
    let schemes = [
        ("basic user pass", Scheme::Basic, &["user", "pass"][..]),
        ("bearer token", Scheme::Bearer { prefix: "Bearer".to_owned() }, &["token"]),
        ("custom hawk", Scheme::Custom { kind: "hawk".to_owned(), said: Vec::new() }, &[]),
        ("header key", Scheme::HeaderKey { name: "X-Key".to_owned() }, &["key"]),
        ("query key", Scheme::QueryKey { name: "api_key".to_owned() }, &["api_key"]),
    ];
    let credential = |(key, scheme, variables): (&str, Scheme, &[&str])| Credential {
        key: key.to_owned(),
        scheme,
        variables: variables.iter().map(ToString::to_string).collect(),
    };
    schemes.map(credential).into()
}

/// Types by their part in the operations: create, many, update, form, parts, union, kind.
fn types(api: &mut Api) -> [TypeId; 7] {
    use Presence::{Optional, Required};
    let kind = define(
        api,
        "/a .kind",
        TypeKind::Enumeration(Enumeration { values: vec!["one".into(), "two".into()] }),
    );
    let node = TypeId(api.types.0.len());
    let fields = [
        ("child", Type::Named(node), Optional),
        ("children", list(Type::Named(node)), Optional),
        ("kind", Type::Named(kind), Optional),
        ("type", Type::Text, Optional),
        ("free", Type::Map(Box::new(list(Type::Nullable(Box::new(Type::Unknown))))), Optional),
    ];
    define(api, "/a .node", object(StructRole::Nested, &fields));
    let fields = [
        ("name", Type::Text, Required),
        ("tags", list(Type::Text), Optional),
        ("root", Type::Named(node), Optional),
    ];
    let create = define(api, "POST /a body", object(StructRole::Request, &fields));
    let fields = ["a", "b", "c", "d"].map(|key| (key, Type::Secret, Required));
    let many = define(api, "PUT /a/{} body", object(StructRole::Request, &fields));
    let (update, form) = stateful(api);
    let parts = define(
        api,
        "POST /parts form",
        object(
            StructRole::Request,
            &[("file", Type::File, Required), ("note", Type::Text, Optional)],
        ),
    );
    let page = define(
        api,
        "GET /a -> 200",
        object(
            StructRole::Response,
            &[("items", list(Type::Named(node)), Optional), ("total", Type::Unsigned, Optional)],
        ),
    );
    let union = Union {
        arms: vec![
            Arm { ty: list(Type::Named(node)) },
            Arm { ty: Type::Named(page) },
            Arm { ty: Type::Text },
        ],
    };
    let union = define(api, "GET /a -> 200 any", TypeKind::Union(union));
    [create, many, update, form, parts, union, kind]
}

/// An update with three states a field, and a form with defaults.
fn stateful(api: &mut Api) -> (TypeId, TypeId) {
    use Presence::Optional;
    let mut update = object(
        StructRole::Request,
        &[("name", Type::Text, Optional), ("size", Type::Number, Optional)],
    );
    if let TypeKind::Struct(own) = &mut update {
        own.fields.iter_mut().for_each(|field| field.nullability = Nullability::ThreeState);
    }
    let update = define(api, "PATCH /a/{} body", update);
    let mut form = object(
        StructRole::Request,
        &[
            ("grant", Type::Text, Optional),
            ("on", Type::Bool, Optional),
            ("ids", list(Type::Integer), Optional),
        ],
    );
    if let TypeKind::Struct(own) = &mut form {
        own.fields[0].default = vec!["code".to_owned()];
        own.fields[1].default = vec!["true".to_owned()];
    }
    let form = define(api, "POST /form form", form);
    (update, form)
}

fn operations(api: &mut Api, [create, many, update, _, _, union, kind]: [TypeId; 7]) {
    use Presence::{Optional, Required};
    let json = |ty, presence| {
        Some(Body::Json { ty, content_type: "application/json".to_owned(), presence })
    };
    let a = &["A"][..];
    let it = operation(api, a, "List things", "GET /a");
    it.query = vec![
        parameter("page", Type::Integer, Optional, &["0"]),
        parameter("tag", list(Type::Text), Optional, &["x y", "bare"]),
        parameter("kind", Type::Named(kind), Required, &[]),
        parameter("key", Type::Secret, Optional, &[]),
    ];
    it.query_order = vec![1, 0, 1, 2, 3];
    it.headers = vec![
        parameter("X-Id", Type::Text, Optional, &["{$}", "{{tenant}}"]),
        parameter("X-Must", list(Type::Integer), Required, &[]),
    ];
    it.auth = Some(CredentialId(1));
    it.response = Response::Json { ty: Type::Named(union), may_be_empty: true };
    it.deprecated = Some("Use another.".to_owned());
    it.scopes = vec!["read:a".to_owned()];
    operation(api, a, "Create a thing", "POST /a").body = json(Type::Named(create), Required);
    operation(api, a, "Replace a thing", "PUT /a/{id}").body = json(Type::Named(many), Required);
    let it = operation(api, a, "Update a thing", "PATCH /a/{id}");
    it.body = json(Type::Named(update), Required);
    it.response = Response::Empty;
    operation(api, a, "Touch a thing", "POST /a/{id}/{{tenant}} é/{$}").body =
        json(Type::Unknown, Optional);
}

/// Operations of an inner folder, and of none.
fn bare_operations(api: &mut Api, [create, _, _, form, parts, _, _]: [TypeId; 7]) {
    let inner = &["A", "Inner"][..];
    operation(api, inner, "Send a form", "POST /form").body =
        Some(Body::Form { ty: form, names: Vec::new() });
    operation(api, inner, "Upload", "POST /parts").body =
        Some(Body::Multipart { ty: parts, names: Vec::new() });
    let it = operation(api, &[], "Ping", "GET /");
    (it.server, it.response) = (ServerId(1), Response::Text);
    let it = operation(api, &[], "Put bytes", "PUT /bytes");
    (it.body, it.response) = (Some(Body::Bytes { content_type: None }), Response::Bytes);
    operation(api, &[], "Put text", "PUT /text").body =
        Some(Body::Text { content_type: "text/plain".to_owned() });
    let it = operation(api, &[], "Ask", "POST /graphql");
    it.body = Some(Body::GraphQl {
        query: Template::literal("{ a }"),
        operation_name: None,
        variables: Some(Type::Named(create)),
    });
}
