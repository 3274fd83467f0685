//! Credentials planted in a collection, one a place: none of them is in anything that comes out.

use postman_codegen::pipeline::Stage;
use postman_codegen::{Input, generate, pipeline};
use serde_json::{Value, json};

/// What was planted, by its place.
#[derive(Default)]
struct Planted(Vec<(String, String)>);

impl Planted {
    /// What no detector can know for a secret, under a name that says it.
    fn named(&mut self, place: &str) -> String {
        let number = self.0.len();
        self.keep(place, format!("opensesame{number}x"))
    }

    /// What looks like a secret, each kind in turn; the number makes it one of its own.
    fn live(&mut self, place: &str) -> String {
        let number = self.0.len();
        let (prefix, rest) = [
            ("", "zqNNNHd8fK2mP9xW4vT7bN1cR5"),
            (
                "eyJ",
                "hbGciOiJIUzI1NiJ9.eyJzdWIiNNNMTIzNDU2Nzg5MCJ9.dozjgNryP4J3jVmNHl0w5NXgL0n3I9PlFUP0THsR8U",
            ),
            ("AK", "IAQ7ZD3M5R9T2W4NNN"),
            ("gh", "p_a8Hd8fK2mP9xW4vT7bN1cR5tY3qL6NNN"),
            ("sk_", "live_a8Hd8fK2mP9xW4vTNNN"),
            ("xo", "xb-402847150-Hd8fK2mP9xW4vNNN"),
            ("AI", "zaSyHd8fK2mP9xW4vT7bN1cR5tY3qL6sJNNN"),
        ][number % 7];
        self.keep(place, format!("{prefix}{rest}").replace("NNN", &format!("{number:03}")))
    }

    fn keep(&mut self, place: &str, secret: String) -> String {
        self.0.push((place.to_owned(), secret.clone()));
        secret
    }
}

fn get(path: String) -> Value {
    json!({ "method": "GET", "url": format!("https://a.example.com/{path}") })
}

fn post(path: &str, body: Value) -> Value {
    json!({ "method": "POST", "url": format!("https://a.example.com/{path}"), "body": body })
}

fn with(mut request: Value, key: &str, value: Value) -> Value {
    request[key] = value;
    request
}

fn headers(planted: &mut Planted, items: &mut Vec<Value>) {
    let named = "Authorization Proxy-Authorization X-Api-Key Cookie Set-Cookie X-Auth-Token apikey Ocp-Apim-Subscription-Key X-Session X-Signature x-amz-security-token X-CSRF-Token X-XSRF-TOKEN Private-Token";
    let plain = ["X-Custom", "X-Plain", "X-Trace", "Prefer", "From"];
    for (at, name) in named.split(' ').chain(plain).enumerate() {
        let place = format!("header {name}");
        let value =
            if plain.contains(&name) { planted.live(&place) } else { planted.named(&place) };
        let header = json!([{ "key": name, "value": value }]);
        let request = with(get(format!("h/{at}")), "header", header);
        items.push(json!({ "name": format!("Header {at}"), "request": request }));
    }
    let value = planted.live("header out of use");
    let header = json!([{ "key": "X-Off", "value": value, "disabled": true }]);
    items.push(json!({ "name": "Off", "request": with(get("off".to_owned()), "header", header) }));
}

fn urls(planted: &mut Planted, items: &mut Vec<Value>) {
    let named = "api_key token access_token sig session password client_secret X-Amz-Signature AWSAccessKeyId connection_string csrf_token code_verifier auth_code";
    for (at, name) in named.split(' ').enumerate() {
        let value = planted.named(&format!("query {name}"));
        let request = get(format!("q/{at}?{name}={value}"));
        items.push(json!({ "name": format!("Query {at}"), "request": request }));
    }
    for (at, name) in ["code", "state", "q", "cb", "filter"].iter().enumerate() {
        let value = planted.live(&format!("query {name}"));
        let request = get(format!("p/{at}?{name}={value}"));
        items.push(json!({ "name": format!("Plain query {at}"), "request": request }));
    }
    let user = planted.named("password before the host");
    items.push(json!({ "name": "User", "request": { "method": "GET", "url": format!("https://me:{user}@a.example.com/u") } }));
    let segment = planted.live("segment of a path");
    items.push(json!({ "name": "Segment", "request": get(format!("s/{segment}/x")) }));
    let parts = planted.live("segment as a part");
    let url = json!({ "raw": format!("https://a.example.com/t/{parts}"), "protocol": "https", "host": ["a", "example", "com"], "path": ["t", parts] });
    items.push(json!({ "name": "Parts", "request": { "method": "GET", "url": url } }));
    let (id, about, key) = (
        planted.live("path variable"),
        planted.live("description of a path variable"),
        planted.named("path variable api_key"),
    );
    let variables = json!([{ "key": "at", "value": id, "description": about }, { "key": "api_key", "value": key }]);
    let url = json!({ "raw": "https://a.example.com/v/:at/:api_key", "protocol": "https", "host": ["a", "example", "com"], "path": ["v", ":at", ":api_key"], "variable": variables });
    items.push(json!({ "name": "Variables", "request": { "method": "GET", "url": url } }));
}

fn bodies(planted: &mut Planted, items: &mut Vec<Value>) {
    let named = "password pwd passphrase secret pin otp private_key connectionString bearer sas credentials client_secret session_id";
    let plain = ["plain", "name", "x", "note"];
    for (at, name) in named.split(' ').chain(plain).enumerate() {
        let mut value = |mode: &str| {
            let place = format!("{mode} {name}");
            if plain.contains(&name) { planted.live(&place) } else { planted.named(&place) }
        };
        let raw = json!({ "mode": "raw", "raw": json!({ name: value("JSON") }).to_string(), "options": { "raw": { "language": "json" } } });
        let form = json!({ "mode": "urlencoded", "urlencoded": [{ "key": name, "value": value("form") }] });
        let parts = json!({ "mode": "formdata", "formdata": [{ "key": name, "value": value("multipart"), "type": "text" }] });
        for (mode, body) in [("j", raw), ("f", form), ("m", parts)] {
            items.push(json!({ "name": format!("Body {mode} {at}"), "request": post(&format!("{mode}/{at}"), body) }));
        }
    }
    let text = format!("hello {}", planted.live("text body"));
    let xml = format!("<a><password>{}</password></a>", planted.named("XML body"));
    let key = planted.live("key of JSON");
    let keyed = json!({ key: 1 }).to_string();
    let json = json!({ "raw": { "language": "json" } });
    for (at, (raw, options)) in
        [(text, json!({})), (xml, json!({ "raw": { "language": "xml" } })), (keyed, json)]
            .into_iter()
            .enumerate()
    {
        let body = json!({ "mode": "raw", "raw": raw, "options": options });
        items.push(
            json!({ "name": format!("Raw {at}"), "request": post(&format!("r/{at}"), body) }),
        );
    }
    let variables = json!({ "p": planted.live("GraphQL variable") }).to_string();
    let query =
        format!("mutation {{ login(with: \"{}\") {{ id }} }}", planted.live("GraphQL document"));
    let body = json!({ "mode": "graphql", "graphql": { "query": query, "variables": variables } });
    items.push(json!({ "name": "GraphQL", "request": post("g", body) }));
}

fn signed(planted: &mut Planted, items: &mut Vec<Value>) {
    for (kind, part) in [
        ("bearer", "token"),
        ("basic", "password"),
        ("apikey", "value"),
        ("oauth2", "accessToken"),
        ("oauth2", "clientSecret"),
        ("digest", "password"),
        ("awsv4", "secretKey"),
        ("awsv4", "sessionToken"),
        ("hawk", "authKey"),
        ("ntlm", "password"),
        ("oauth1", "consumerSecret"),
        ("oauth1", "tokenSecret"),
        ("jwt", "secret"),
        ("edgegrid", "clientSecret"),
        ("asap", "privateKey"),
    ] {
        let secret = planted.named(&format!("auth {kind}.{part}"));
        let auth = json!({ "type": kind, kind: [{ "key": part, "value": secret }] });
        let name = format!("Auth {kind} {part}");
        items.push(
            json!({ "name": name, "request": with(get(format!("a/{kind}/{part}")), "auth", auth) }),
        );
    }
}

fn said(planted: &mut Planted, items: &mut Vec<Value>) {
    let original = json!({
        "method": "POST", "url": format!("https://a.example.com/o?q={}", planted.live("query of a saved request")),
        "header": [{ "key": "Authorization", "value": planted.named("header of a saved request") }],
        "body": { "mode": "raw", "raw": json!({ "a": planted.live("body of a saved request") }).to_string() }
    });
    let body = json!({ "token": planted.named("token in a saved response"), "plain": planted.live("saved response") });
    let response = json!({
        "name": planted.live("name of a saved response"), "code": 200, "originalRequest": original, "body": body.to_string(),
        "header": [{ "key": "Set-Cookie", "value": planted.named("header of a saved response") }, { "key": "Content-Type", "value": "application/json" }],
        "cookie": [{ "name": "s", "value": planted.named("saved cookie") }]
    });
    let script = format!("pm.environment.set('t', '{}')", planted.live("script"));
    let event = json!([{ "listen": "prerequest", "script": { "exec": [script] } }]);
    let about = format!(
        "Use `{}`, or {}.",
        planted.live("code in a description"),
        planted.live("description")
    );
    let described = json!([{ "key": "X-A", "value": "1", "description": planted.live("description of a header") }]);
    let request = with(with(get("o".to_owned()), "description", json!(about)), "header", described);
    items.push(
        json!({ "name": "Saved", "event": event, "request": request, "response": [response] }),
    );
    let table =
        format!("<table><tr><td>{}</td></tr></table>", planted.live("table in a description"));
    let pem = planted.keep("private key", "MIIEowIBAAKCAQEA7example".to_owned());
    let pem = format!("-----BEGIN RSA PRIVATE KEY-----\n{pem}\n-----END RSA PRIVATE KEY-----");
    let curl =
        format!("curl -u x https://me:{}@a.example.com", planted.named("URL in a description"));
    let link = format!("[x](https://a.example.com/{})", planted.live("link in a description"));
    let basic = planted.keep("Basic in a description", "b3BlbjpzZXNhbWUxMjM=".to_owned());
    let text = format!("{table}\n\n{pem}\n\n{curl}\n\n{link}\n\nAuthorization: Basic {basic}");
    let inner =
        json!({ "name": planted.live("name of a request"), "request": get("n".to_owned()) });
    items.push(json!({ "name": format!("F {}", planted.live("name of a folder")), "description": text, "item": [inner] }));
}

fn collection(planted: &mut Planted) -> String {
    let mut items = Vec::new();
    for plant in [headers, urls, bodies, signed, said] {
        plant(planted, &mut items);
    }
    let base = format!("https://b.example.com/{}", planted.live("base URL"));
    items.push(json!({ "name": "Base", "request": { "method": "GET", "url": "{{baseUrl}}/z" } }));
    let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
    let info = json!({ "name": format!("Leaks {}", planted.live("name")), "description": planted.live("description of the collection"), "schema": schema });
    let variables = json!([
        { "key": "tok", "value": planted.live("variable") }, { "key": "baseUrl", "value": base },
        { "key": "s", "type": "secret", "value": planted.named("secret variable") }
    ]);
    let auth = json!({ "type": "bearer", "bearer": [{ "key": "token", "value": planted.named("bearer of all") }] });
    json!({ "info": info, "item": items, "variable": variables, "auth": auth }).to_string()
}

#[test]
fn nothing_planted_comes_out() {
    let mut planted = Planted::default();
    let spec = collection(&mut planted);
    let count = planted.0.len();
    assert!(count >= 121, "{count}");
    let input =
        Input { spec_name: "leaks.json", spec: &spec, package: Some("leaks"), ..Input::default() };
    let made = generate(&input).unwrap();
    let mut out: Vec<(String, String)> = Vec::new();
    for (path, file) in &made.files.0 {
        out.push((path.to_string(), file.clone()));
    }
    out.push(("the lock".to_owned(), made.lock.lines().collect::<Vec<_>>().join("\n")));
    out.push(("the account".to_owned(), made.account.to_string()));
    for found in &made.diagnostics {
        out.push((format!("finding {}", found.code), found.render("leaks.json", &spec)));
    }
    for stage in [Stage::Overlay, Stage::Name] {
        out.push((format!("{stage:?}"), pipeline::dump(&input, stage).unwrap().0));
    }
    let mut leaks = Vec::new();
    for (place, secret) in &planted.0 {
        // A name may have come through the naming of items: in another case, without its signs.
        let squeezed = |text: &str| text.to_ascii_lowercase().replace(['_', '-'], "");
        let holds = |(_, text): &&(String, String)| squeezed(text).contains(&squeezed(secret));
        leaks.extend(out.iter().find(holds).map(|(where_, _)| format!("{place}: in {where_}")));
    }
    assert!(leaks.is_empty(), "{} of {}\n{}", leaks.len(), planted.0.len(), leaks.join("\n"));
    let live = made.diagnostics.iter().filter(|it| it.code == "postman::secret").count();
    assert!(live >= 40 && made.diagnostics.iter().all(|it| it.origin.span.is_some()), "{live}");
}
