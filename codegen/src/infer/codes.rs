//! Codes of standards that stand as keys where the keys are data: languages and currencies.

/// Languages of ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Languages whose codes are names of fields as well: among few keys they tell nothing.
const WORDS: [&str; 11] = ["am", "as", "id", "is", "it", "my", "no", "or", "so", "to", "st"];

/// Currencies of ISO 4217 that are in use.
const CURRENCIES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG";

/// Whether all keys are codes of languages, with or without a region (`en`, `pt-BR`), one of them no name of a field.
pub(crate) fn are_languages<'k>(keys: impl Iterator<Item = &'k str>) -> bool {
    let mut telling = false;
    for key in keys {
        let (language, region) = key
            .split_once(['-', '_'])
            .map_or((key, None), |(language, region)| (language, Some(region)));
        let fits = |region: &str| {
            let letters = region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase());
            letters || region.len() == 3 && region.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !is_one(LANGUAGES, language) || !region.is_none_or(fits) {
            return false;
        }
        telling |= region.is_some() || !WORDS.contains(&language);
    }
    telling
}

/// Whether all keys are codes of currencies.
pub(crate) fn are_currencies<'k>(mut keys: impl Iterator<Item = &'k str>) -> bool {
    keys.all(|key| is_one(CURRENCIES, key))
}

/// Whether `key` is one of `codes`, all of which are equally long.
fn is_one(codes: &str, key: &str) -> bool {
    codes.find(' ') == Some(key.len()) && codes.split(' ').any(|code| code == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_as_keys() {
        let languages = |keys: &[&str]| are_languages(keys.iter().copied());
        assert!(
            languages(&["en", "de"]) && languages(&["pt-BR", "es_419"]) && languages(&["en", "id"])
        );
        assert!(!languages(&["id", "to"]) && !languages(&["en", "url"]) && !languages(&["EN"]));
        let currencies = |keys: &[&str]| are_currencies(keys.iter().copied());
        assert!(currencies(&["USD", "JPY"]));
        assert!(!currencies(&["USD", "URL"]) && !currencies(&["usd"]));
    }
}
