//! Media types by the extension of a file's name, as Postman's table has them; knows nothing of the file's bytes.

/// A media type a line, with the extensions that stand for it: one text is quicker to compile than a table.
const KNOWN: &str = "\
application/atom+xml atom
application/epub+zip epub
application/geo+json geojson
application/gpx+xml gpx
application/gzip gz
application/java-archive jar
application/javascript js mjs
application/json json map
application/ld+json jsonld
application/manifest+json webmanifest
application/mbox mbox
application/msword doc
application/pdf pdf
application/pkix-cert cer
application/postscript ai eps ps
application/rls-services+xml rs
application/rss+xml rss
application/rtf rtf
application/toml toml
application/ttml+xml ttml
application/vnd.android.package-archive apk
application/vnd.apple.keynote key
application/vnd.apple.mpegurl m3u8
application/vnd.google-earth.kml+xml kml
application/vnd.google-earth.kmz kmz
application/vnd.ms-excel xls
application/vnd.ms-excel.sheet.binary.macroenabled.12 xlsb
application/vnd.ms-excel.sheet.macroenabled.12 xlsm
application/vnd.ms-fontobject eot
application/vnd.ms-outlook msg
application/vnd.ms-powerpoint ppt
application/vnd.ms-word.document.macroenabled.12 docm
application/vnd.oasis.opendocument.presentation odp
application/vnd.oasis.opendocument.spreadsheet ods
application/vnd.oasis.opendocument.text odt
application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
application/vnd.rar rar
application/vnd.visio vsd
application/wasm wasm
application/wsdl+xml wsdl
application/x-7z-compressed 7z
application/x-apple-diskimage dmg
application/x-bzip2 bz2
application/x-debian-package deb
application/x-httpd-php php
application/x-iso9660-image iso
application/x-msdos-program exe
application/x-msdownload bat msi
application/x-perl pl
application/x-pkcs12 p12 pfx
application/x-pkcs7-certificates p7b
application/x-redhat-package-manager rpm
application/x-sh sh
application/x-shockwave-flash swf
application/x-sql sql
application/x-subrip srt
application/x-tar tar
application/x-virtualbox-ova ova
application/x-x509-ca-cert crt der pem
application/xhtml+xml xhtml
application/xml xml xsd xsl
application/xml-dtd dtd
application/xslt+xml xslt
application/zip zip
audio/midi mid
audio/mp4 m4a
audio/mpeg mp3
audio/ogg oga ogg opus
audio/wave wav
audio/webm weba
audio/x-aac aac
audio/x-flac flac
audio/x-mpegurl m3u
audio/x-ms-wma wma
font/otf otf
font/ttf ttf
font/woff woff
font/woff2 woff2
image/avif avif
image/bmp bmp
image/gif gif
image/heic heic
image/heif heif
image/jp2 jp2
image/jpeg jpe jpeg jpg
image/png png
image/svg+xml svg
image/tiff tif tiff
image/vnd.adobe.photoshop psd
image/vnd.dwg dwg
image/vnd.microsoft.icon ico
image/webp webp
message/rfc822 eml
model/gltf+json gltf
model/gltf-binary glb
model/obj obj
model/stl stl
text/calendar ics
text/css css
text/csv csv
text/html htm html
text/jsx jsx
text/less less
text/markdown markdown md
text/plain conf def in ini list log text txt
text/tab-separated-values tsv
text/vtt vtt
text/x-c c cpp h
text/x-java-source java
text/x-lua lua
text/x-sass sass
text/x-scss scss
text/x-vcard vcf
text/yaml yaml yml
video/3gpp 3gp
video/mp2t ts
video/mp4 mp4
video/mpeg mpeg mpg
video/ogg ogv
video/quicktime mov
video/webm webm
video/x-flv flv
video/x-m4v m4v
video/x-matroska mkv
video/x-ms-wmv wmv
video/x-msvideo avi";

/// The media type that a file's extension stands for, in any case; `None` where it stands for none.
pub(crate) fn by_extension(file_name: &str) -> Option<&'static str> {
    let (_, extension) = file_name.rsplit_once('.')?;
    let extension = extension.to_ascii_lowercase();
    KNOWN.lines().find_map(|line| {
        let (media_type, extensions) = line.split_once(' ')?;
        extensions.split(' ').any(|known| known == extension).then_some(media_type)
    })
}
