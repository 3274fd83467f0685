//! What the names of requests say, beside the method and path they stand at.

use super::{api, check, check_found, name};
use crate::overlay::ClientTable;
use expect_test::expect;

#[test]
fn a_method_in_capitals_means_what_it_does() {
    check(
        &[
            "Shops | GET /shops | GET shops",
            "Shops | POST /shops | POST shops",
            "Shops | GET /shops/:id | GET shops-id",
            "Shops | PUT /shops/:id | shops (PUT)",
            "Shops | PATCH /shops/:id | 4. PATCH: shop",
            "Shops | DELETE /shops/:id | DELETE /shops/:id",
            "Shops | GET /shops/:id/doors | GET doors",
            "Shops | POST /shops/:id/doors | POST Lock doors",
            "Shops | PUT /shops/:id/roof | Put roof",
            "Shops | POST /shops/doors | POST",
        ],
        &expect![[r#"
            shops.list() ListShopsRequest
            shops.create() CreateShopRequest
            shops.get(id) GetShopRequest
            shops.replace(id) ReplaceShopRequest
            shops.update(id) UpdateShopRequest
            shops.delete(id) DeleteShopRequest
            shops.list_doors(id) ListDoorsRequest
            shops.lock_doors(id) LockDoorsRequest
            shops.replace_roof(id) ReplaceRoofRequest
            shops.create_door() CreateDoorRequest
        "#]],
    );
}

#[test]
fn a_verb_that_the_method_cannot_mean_gives_way_to_the_methods() {
    check(
        &[
            "Shops | DELETE /shops/:id | Update shop",
            "Shops | DELETE /shops/:id/door | Get door",
            "Shops | DELETE /shops/:id/roof | Create a roof",
            "Shops | GET /shops/:id | Delete shop",
            "Shops | PATCH /shops/:id/door | Get door",
            "Shops | GET /shops/delete | Delete old shops",
            "Shops | POST /shops/find | Get shops by name",
            "Shops | POST /shops/:id | Delete a shop",
            "Shops | PATCH /shops/:id/gate | Delete a gate",
        ],
        &expect![[r#"
            shops.delete_shop(id) DeleteShopShopsRequest
            shops.delete_door(id) DeleteDoorRequest
            shops.delete_roof(id) DeleteRoofRequest
            shops.get(id) GetShopRequest
            shops.update_door(id) UpdateDoorRequest
            shops.delete_old() DeleteOldShopsRequest
            shops.get_by_name() GetShopsByNameRequest
            shops.delete(id) DeleteShopRequest
            shops.delete_gate(id) DeleteGateRequest
        "#]],
    );
}

#[test]
fn numbering_markup_and_preambles_are_no_names() {
    check(
        &[
            "2. <b>Shops</b> | GET /shops | 1b. **List** all shops",
            "2. <b>Shops</b> | POST /shops | Step 4: Create a shop \u{1F389}",
            "2. <b>Shops</b> | GET /shops/:id | 03 - This endpoint gets a shop",
            "2. <b>Shops</b> | DELETE /shops/:id | API to delete a shop",
            "2. <b>Shops</b> | PUT /shops/:id | New Request",
            "2. <b>Shops</b> | PATCH /shops/:id | Updating a shop",
        ],
        &expect![[r#"
            shops.list() ListShopsRequest
            shops.create() CreateShopRequest
            shops.get(id) GetShopRequest
            shops.delete(id) DeleteShopRequest
            shops.replace(id) ReplaceShopRequest
            shops.update(id) UpdateShopRequest
        "#]],
    );
}

#[test]
fn a_topic_before_a_verb_is_said_once() {
    check(
        &[
            "Lists | GET /lists | Lists List",
            "Lists | PUT /lists/:id/cover | Cover Set List Cover",
            "Lists | GET /lists/checks | Lists check status",
        ],
        &expect![[r#"
            lists.list() ListListsRequest
            lists.set_cover(id) SetListCoverRequest
            lists.list_check_status() ListCheckStatusRequest
        "#]],
    );
}

#[test]
fn a_copy_is_numbered_and_its_original_keeps_the_name() {
    check_found(
        &[
            "Shops | PUT /a/:id | Update shop Copy",
            "Shops | PUT /shops/:id | Update shop",
            "Shops | PUT /shops/:id | Update shop copy 2",
            "Shops | POST /shops/:id/copy | Make shop copy",
        ],
        &expect![[r#"
            shops.update_2(id) UpdateShopShopsRequest
            shops.update(id) UpdateShopRequest
            shops.update_3(id) UpdateShop2Request
            shops.make_shop_copy(id) MakeShopCopyRequest
            name::unclear nothing tells `PUT /a/{} [Shops › Update shop Copy]` from others, so its name ends with a number
            name::unclear nothing tells `PUT /shops/{} [Shops › Update shop copy 2]` from others, so its name ends with a number
        "#]],
    );
}

#[test]
fn a_path_variable_is_spelt_one_way_at_one_place() {
    check(
        &[
            "Shops | GET /shops/:shop_id/doors | List doors",
            "Shops | POST /shops/:shop_id/doors | Create a door",
            "Shops | GET /shops/:shopid | Get a shop",
            "Shops | DELETE /shops/:shop | Delete a shop",
            "Shops | GET /towns/:shop | Get by town",
            "Shops | GET /shops/:id/roof | Get roof",
        ],
        &expect![[r#"
            shops.list_doors(shop_id) ListDoorsRequest
            shops.create_door(shop_id) CreateDoorRequest
            shops.get(shop_id) GetShopRequest
            shops.delete(shop_id) DeleteShopRequest
            shops.get_by_town(shop) GetByTownRequest
            shops.get_roof(id) GetRoofRequest
        "#]],
    );
}

#[test]
fn a_sentence_is_cut_at_a_word_unless_the_rest_tells_it_apart() {
    check(
        &[
            "Shops | POST /a | Send the weekly statement of all open orders to the owner",
            "Shops | POST /b | Check the weekly statement of all open orders of the owner",
            "Shops | POST /c | Check the weekly statement of all open orders of the tenant",
        ],
        &expect![[r#"
            shops.send_weekly_statement_of_all_open_orders() SendWeeklyStatementOfAllOpenRequest
            shops.check_weekly_statement_of_all_open_orders_of_owner() CheckWeeklyStatementAllOpenOrdersRequest
            shops.check_weekly_statement_of_all_open_orders_of_tenant() CheckWeeklyStatementAllOpenOrdersOfTenantRequest
        "#]],
    );
}

#[test]
fn what_most_paths_begin_with_tells_only_what_nothing_else_does() {
    check(
        &[
            "Shops | GET /v1/shops | List shops",
            "Shops | GET /v2/shops | List shops",
            "Shops | GET /v1/shops/:id | Get a shop",
            " | POST /v1/alarms | ",
            " | GET /health | ",
        ],
        &expect![[r#"
            shops.list_v1() ListShopsV1Request
            shops.list_v2() ListShopsV2Request
            shops.get(id) GetShopRequest
            .create_alarm() CreateAlarmRequest
            .get_health() GetHealthRequest
        "#]],
    );
}

#[test]
fn a_name_states_its_verb_however_it_is_said() {
    let api = api(&[
        "Shops | POST /shops | Adding a shop",
        "Shops | POST /shops/:id/doors | Add a door to a shop",
        "Shops | GET /shops | All shops",
    ]);
    let (names, _) = name(&api, &ClientTable::default(), &[]);
    let said: Vec<_> = names.operations.iter().map(|own| (&*own.method, &*own.verb)).collect();
    assert_eq!(said, [("create", "create"), ("add_door", "add"), ("list", "list")]);
}

#[test]
fn what_belongs_to_something_else_is_listed_for_it() {
    check(
        &[
            "Comments | GET /shops/:id/comments | List a shop's comments",
            "Comments | GET /doors/:door_id/comments | Get door comments",
            "Comments | DELETE /shops/:id/comments | Delete shop comments",
            "Comments | GET /comments | List recent comments",
            "Comments | GET /comments/mine/:id | Get mine comment",
            "Shops | GET /shops/:id/photo | Get shop photo",
            "Shops | GET /owners/:id/shops | List shops of owner",
        ],
        &expect![[r#"
            comments.list_for_shop(id) ListShopCommentsRequest
            comments.list_for_door(door_id) ListDoorCommentsRequest
            comments.delete_for_shop(id) DeleteShopCommentsRequest
            comments.list_recent() ListRecentCommentsRequest
            comments.get_mine(id) GetMineCommentRequest
            shops.get_photo(id) GetShopPhotoRequest
            shops.list_of_owner(id) ListShopsOfOwnerRequest
        "#]],
    );
}

#[test]
fn a_folder_of_several_things_says_none_of_them() {
    check(
        &[
            "Shops & doors | GET /shops | List shops",
            "Shops & doors | GET /doors | List doors",
            "Shops and roofs | GET /roofs/:id | Get roof",
            "Shops, gates | GET /gates/:id | Get gate",
            "Shops & doors | GET /shops/doors | List shops & doors",
        ],
        &expect![[r#"
            shops_doors.list_shops() ListShopsRequest
            shops_doors.list_doors() ListDoorsRequest
            shops_and_roofs.get_roof(id) GetRoofRequest
            shops_gates.get_gate(id) GetGateRequest
            shops_doors.list() ListShopsDoorsRequest
        "#]],
    );
}

#[test]
fn a_single_thing_is_the_thing_and_some_plurals_end_in_is() {
    check(
        &[
            "Shops | GET /shops/:id | Single shop",
            "Shops | GET /shops | All shops",
            "API | GET /apis | Get all APIs",
            "API | GET /apis/:id | Single API",
            "Analysis | GET /analysis | Get analysis",
        ],
        &expect![[r#"
            shops.get(id) GetShopRequest
            shops.list() ListShopsRequest
            api.list() ListApisRequest
            api.get(id) GetApiRequest
            analysis.get() GetAnalysisRequest
        "#]],
    );
}

#[test]
fn a_method_that_is_no_word_is_named_by_what_of_it_is() {
    check(
        &["Shops | POST / | One", "Shops | -5 / | One", "Shops | !a~B / | One"],
        &expect![[r#"
            shops.post_one() PostOneRequest
            shops.n5_one() N5OneRequest
            shops.a_b_one() ABOneRequest
        "#]],
    );
}
