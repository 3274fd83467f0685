//! Tests of the stage as a whole: small APIs in, names out, and the laws that hold for any text.

mod laws;
mod locked;
mod renamed;
mod requests;
mod senders;
mod setters;
mod types;

use super::{Lock, Names, Renaming, dump};
use crate::api::{
    Api, Group, GroupId, Operation, OperationKey, Parameter, Presence, Server, ServerId, Type,
};
use crate::api::{Endpoint, Response};
use crate::diagnostic::Diagnostic;
use crate::docs::Docs;
use crate::origin::Origin;
use crate::overlay::{ClientTable, Entry, NamePin};
use crate::template::{Piece, Template};
use expect_test::{Expect, expect};

/// An API of lines: `Folder › Folder | METHOD /path/:parameter | Request name`.
pub(super) fn api(lines: &[&str]) -> Api {
    let mut api = Api { title: "Small shop".to_owned(), ..Api::default() };
    api.servers.push(Server { base: Template::literal("https://shop.example") });
    for line in lines {
        let parts: Vec<&str> = line.splitn(3, " | ").collect();
        let trail: Vec<&str> = parts[0].split(" › ").filter(|folder| !folder.is_empty()).collect();
        let (method, path) = parts[1].split_once(' ').unwrap();
        add(&mut api, &trail, method, path, parts[2]);
    }
    api
}

pub(super) fn add(api: &mut Api, trail: &[&str], method: &str, path: &str, name: &str) {
    let mut group = None;
    for depth in 1..=trail.len() {
        let trail: Vec<String> = trail[..depth].iter().map(|name| (*name).to_owned()).collect();
        let at = api.groups.iter().position(|group| group.trail == trail).unwrap_or_else(|| {
            api.groups.push(Group { trail, docs: Docs::default(), parent: group });
            api.groups.len() - 1
        });
        group = Some(GroupId(at));
    }
    let path = template(path);
    let trail = trail.iter().map(|name| (*name).to_owned()).collect();
    let endpoint = Endpoint::new("", method, &path);
    let path_parameters = path.arguments().into_iter().map(parameter).collect();
    api.operations.push(Operation {
        key: OperationKey { endpoint, trail, name: name.to_owned(), digest: None },
        origin: Origin::default(),
        name: name.to_owned(),
        docs: Docs::default(),
        group,
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
        likeness: crate::api::Likeness::default(),
        omit_content_type: false,
        response: Response::Unknown,
        error: None,
        pagination: None,
        deprecated: None,
        scopes: Vec::new(),
    });
}

fn template(path: &str) -> Template {
    let mut pieces = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment.strip_prefix(':') {
            Some(argument) => {
                pieces.push(Piece::Text("/".to_owned()));
                pieces.push(Piece::Argument(argument.to_owned()));
            }
            None => pieces.push(Piece::Text(format!("/{segment}"))),
        }
    }
    Template(pieces)
}

fn parameter(name: &str) -> Parameter {
    Parameter {
        name: Template::literal(name),
        ty: Type::Text,
        presence: Presence::Required,
        default: Vec::new(),
        docs: Docs::default(),
        provenance: Vec::new(),
    }
}

fn pin(at: &str, name: &str) -> NamePin {
    NamePin { entry: Entry { at: at.to_owned(), ..Entry::default() }, name: name.to_owned() }
}

/// Names and findings where nothing is locked.
pub(super) fn name(api: &Api, client: &ClientTable, pins: &[NamePin]) -> (Names, Vec<Diagnostic>) {
    let (names, _, found) = super::name(api, client, pins, (&Lock::default(), Renaming::default()));
    (names, found)
}

/// Prints `module.method(arguments) Marker` for each line; nothing may be found.
fn check(lines: &[&str], expected: &Expect) {
    let (_, found) = name(&api(lines), &ClientTable::default(), &[]);
    assert_eq!(found, []);
    check_found(lines, expected);
}

/// Like [`check`], with what is found.
fn check_found(lines: &[&str], expected: &Expect) {
    check_pinned(lines, &[], expected);
}

fn check_pinned(lines: &[&str], pins: &[NamePin], expected: &Expect) {
    let api = api(lines);
    let (names, found) = name(&api, &ClientTable::default(), pins);
    let mut out = String::new();
    for line in dump::dump(&api, &names).lines() {
        if let Some((_, names)) = line.split_once("] = ") {
            out.push_str(names);
            out.push('\n');
        }
    }
    for finding in found {
        out.push_str(&format!("{} {}\n", finding.code, finding.message));
    }
    expected.assert_eq(&out);
}

#[test]
fn the_folder_is_not_said_again() {
    check(
        &[
            "Gift cards | GET /gift-cards | Get all gift cards",
            "Gift cards | GET /gift-cards/:id | Get a gift card by its ID",
            "Gift cards | POST /gift-cards | Add a new gift card",
            "Gift cards | PATCH /gift-cards/:id | Edits the gift card",
            "Gift cards | DELETE /gift-cards/:id | Remove gift card",
            "Gift cards | GET /gift-cards/:id/uses | List the uses of a gift card",
            "Gift cards | DELETE /gift-cards/:id/pin | Delete a gift card's PIN code",
            "Gift cards | POST /gift-cards/:id/block | Block a card",
            "Gift cards | POST /gift-cards/block | Block by code",
            "Gift cards | GET /gift-cards/search | Find or search gift cards",
        ],
        &expect![[r#"
            gift_cards.list() ListGiftCardsRequest
            gift_cards.get(id) GetGiftCardRequest
            gift_cards.create() CreateGiftCardRequest
            gift_cards.update(id) UpdateGiftCardRequest
            gift_cards.delete(id) DeleteGiftCardRequest
            gift_cards.list_uses(id) ListUsesOfGiftCardRequest
            gift_cards.delete_pin_code(id) DeleteGiftCardPinCodeRequest
            gift_cards.block(id) BlockCardRequest
            gift_cards.block_by_code() BlockByCodeRequest
            gift_cards.find_or_search() FindOrSearchGiftCardsRequest
        "#]],
    );
}

#[test]
fn a_clash_moves_all_its_members() {
    check(
        &[
            "Orders | GET /orders | Get orders",
            "Orders | GET /orders/search | Search orders",
            "Orders | GET /orders/:id | Get an order",
            "Orders | GET /old/orders/:id | Get an order",
            "Orders | PUT /orders/:id | Update order",
            "Orders | PATCH /orders/:id | Update order",
        ],
        &expect![[r#"
            orders.list() ListOrdersRequest
            orders.search() SearchOrdersRequest
            orders.get_by_id(id) GetOrderByIdRequest
            orders.get_old(id) GetOrderOldRequest
            orders.replace(id) ReplaceOrderRequest
            orders.update(id) UpdateOrderRequest
        "#]],
    );
}

#[test]
fn a_word_for_reading_that_changes_something_is_no_get() {
    check(
        &[
            "Loans | DELETE /loans/:id | Return a book",
            "Loans | POST /loans/:id/items | Return an item",
            "Loans | DELETE /loans | Show history",
            "Loans | GET /loans/:id/due | Return the due date",
            "Loans | POST /loans/report | Fetch report",
        ],
        &expect![[r#"
            loans.return_book(id) ReturnBookRequest
            loans.return_item(id) ReturnItemRequest
            loans.show_history() ShowHistoryRequest
            loans.get_due_date(id) GetDueDateRequest
            loans.get_report() GetReportRequest
        "#]],
    );
}

#[test]
fn names_without_words_and_nouns_alone() {
    check(
        &[
            "Orders | POST /orders/:id/refunds | ???",
            "Orders | GET /orders | Orders",
            "Orders | DELETE /orders/:id | Order",
            "Orders | GET /orders/:id/refunds | Order refunds",
            " | GET /ping | ",
            " | GET / | ",
            " | POST /заказы | Создать заказ",
        ],
        &expect![[r#"
            orders.create_refund(id) CreateRefundRequest
            orders.list() ListOrdersRequest
            orders.delete(id) DeleteOrderRequest
            orders.refunds(id) ListOrderRefundsRequest
            .get_ping() GetPingRequest
            .get() GetRequest
            .sozdat_zakaz() SozdatZakazRequest
        "#]],
    );
}

#[test]
fn pins_beat_everything_and_must_fire() {
    check_pinned(
        &[
            "Orders | POST /orders/:id/code | Throws the old code away, makes and returns another",
            "Orders | GET /orders/:id | Get an order",
            "Orders | GET /orders | Get all orders",
            "Orders | DELETE /orders | Delete all orders",
        ],
        &[
            pin("POST /orders/{}/code", "renew_code"),
            pin("DELETE /orders", "renew_code"),
            pin("GET /orders/{}", "get"),
            pin("GET /ord", "x"),
            pin("GET /nowhere", "x"),
            pin("GET /orders", "List"),
            pin("Orders", "purchases"),
        ],
        &expect![[r#"
            purchases.renew_code(id) RenewCodeOrdersRequest
            purchases.get(id) GetOrderRequest
            purchases.list() ListOrdersRequest
            purchases.renew_code() RenewCodeRequest
            name::ambiguous-pin the pinned name `x` is for `GET /ord`, which 2 things begin with
            name::unknown-pin the pinned name `x` is for `GET /nowhere`, which nothing is
            name::invalid-pin the pinned name `List` cannot stand there
            name::redundant-pin the pin `get` changes nothing
        "#]],
    );
}

#[test]
fn folders_nest_to_a_depth_and_flatten_past_it() {
    let api = api(&[
        "Shop › Users › Roles › Rights › Old rights | GET /a | List",
        "Shop › Users › Roles › Rights | GET /b | List",
        "shop | GET /c | List",
        "json | GET /d | type",
        "aux | GET /e | new",
    ]);
    let (names, _) = name(&api, &ClientTable::default(), &[]);
    expect![[r#"
        package small-shop 0.1.0
        server base_url
        group Shop = shop::Shop by client.shop(), feature shop
        group Shop › Users = shop::users::Users by parent.users(), feature shop
        group Shop › Users › Roles = shop::users::roles::Roles by parent.roles(), feature shop
        group Shop › Users › Roles › Rights = shop::users::roles_rights::Rights by parent.roles_rights(), feature shop
        group Shop › Users › Roles › Rights › Old rights = shop::users::rights_old_rights::OldRights by parent.rights_old_rights(), feature shop
        group shop = shop_2::Shop by client.shop_2(), feature shop_2
        group json = json_::JsonApi by client.json_(), feature json_
        group aux = aux_::Aux by client.aux_(), feature aux_
        GET /a [Shop › Users › Roles › Rights › Old rights › List] = shop::users::rights_old_rights.list() ListOldRightsRequest
        GET /b [Shop › Users › Roles › Rights › List] = shop::users::roles_rights.list() ListRightsRequest
        GET /c [shop › List] = shop_2.list() ListShopRequest
        GET /d [json › type] = json_.type_() GetTypeRequest
        GET /e [aux › new] = aux_.get_new() GetNewRequest
    "#]].assert_eq(&dump::dump(&api, &names));
}
