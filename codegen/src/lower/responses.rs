//! Saved responses: status, media type and body as samples of responses.

use super::body;
use crate::draft::{Sample, SavedResponse};
use crate::postman::{FieldValue, Response};

/// The saved responses of a request.
pub(super) fn responses(responses: &[Response]) -> Vec<SavedResponse> {
    responses.iter().map(response).collect()
}

fn response(response: &Response) -> SavedResponse {
    let header = response.headers.iter().find(|f| f.name.eq_ignore_ascii_case("content-type"));
    let declared = header.and_then(|field| match &field.value {
        FieldValue::Text(text) => Some(body::media_type(text)).filter(|text| !text.is_empty()),
        FieldValue::Absent | FieldValue::Null => None,
        FieldValue::Scalar(_) | FieldValue::Json(_) => None,
    });
    SavedResponse {
        status: response.status.filter(|status| (100..600).contains(status)),
        media_type: declared.or_else(|| by_language(response.language.as_deref()?)),
        body: Sample { text: response.body.clone(), origin: response.body_origin.clone() },
    }
}

fn by_language(language: &str) -> Option<String> {
    Some(match language.to_ascii_lowercase().as_str() {
        "json" => "application/json".into(),
        "xml" => "application/xml".into(),
        "html" => "text/html".into(),
        "text" | "plain" => "text/plain".into(),
        _ => return None,
    })
}
